import Model
import Testing

struct ReviewExportTests {
  private let ana = ReviewPerson(login: "ana")
  private let ben = ReviewPerson(login: "ben")

  private func change(_ reviews: [ChangeReview]) -> ReviewedChange {
    var change = ReviewedChange(id: "#1")
    change.authors = [ana]
    change.head = "c2"
    change.lastPush = Moment(seconds: 100)
    change.merged = ["squashed"]
    change.reviews = reviews
    return change
  }

  @Test("an approval of the last commit by somebody else counts")
  func counts() {
    #expect(change([ChangeReview(by: ben, decision: .approved, commit: "c2")]).standingApprovals.map(\.by) == [ben])
    #expect(change([ChangeReview(by: ben, decision: .approved, at: Moment(seconds: 100))]).standingApprovals.count == 1)
  }

  @Test("a review before the last push, by the author, by a bot or of unknown state does not count")
  func doesNotCount() {
    let reviews = [
      ChangeReview(by: ben, decision: .approved, commit: "c1"),
      ChangeReview(by: ben, decision: .approved, at: Moment(seconds: 200), commit: "c1"),
      ChangeReview(by: ben, decision: .approved, at: Moment(seconds: 99)),
      ChangeReview(by: ReviewPerson(login: "ANA"), decision: .approved, commit: "c2"),
      ChangeReview(by: ReviewPerson(login: "helper[bot]"), decision: .approved, commit: "c2"),
      ChangeReview(by: ben, decision: .approved), ChangeReview(by: ben, decision: .commented, commit: "c2"),
    ]
    for review in reviews { #expect(change([review]).standingApprovals.isEmpty, "\(review)") }
  }

  @Test("an approval that its author took back does not count, whatever the order in the file")
  func takenBack() {
    let approved = ChangeReview(by: ben, decision: .approved, at: Moment(seconds: 150), commit: "c2")
    for decision in [ChangeReview.Decision.changesRequested, .dismissed] {
      let later = ChangeReview(by: ben, decision: decision, at: Moment(seconds: 160), commit: "c2")
      #expect(change([approved, later]).standingApprovals.isEmpty)
      #expect(change([later, approved]).standingApprovals.isEmpty)
      #expect(change([approved, ChangeReview(by: ben, decision: decision)]).standingApprovals.isEmpty)
    }
    let comment = ChangeReview(by: ben, decision: .commented, at: Moment(seconds: 170))
    #expect(change([approved, comment]).standingApprovals.count == 1)
  }

  @Test("a change is found by its own commits, its head and what it was squashed to")
  func found() {
    var change = change([])
    change.commits = ["c1", "c2"]
    let export = ReviewExport([change])
    #expect(["c1", "c2", "squashed"].allSatisfy { export.change(of: $0)?.id == "#1" })
    #expect(export.change(of: "c3") == nil)
  }
}
