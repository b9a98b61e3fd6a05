import Diagnostics
import Governance
import Model
import Templates

/// Something that was promised after a review or an incident.
struct Promise {
  enum Source {
    case release(ReleaseID)
    case incident(Incident)
  }

  var action: FollowUpAction
  var source: Source
}

extension Edition {
  /// What was promised after reviews, newest releases first, and after incidents.
  var promises: [Promise] {
    byDate.flatMap { position in
      let release = self.release(at: position)
      return (release.review?.actions ?? []).map { Promise(action: $0, source: .release(release.id)) }
    } + incidents.flatMap { incident in incident.actions.map { Promise(action: $0, source: .incident(incident)) } }
  }

  func isOverdue(_ action: FollowUpAction) -> Bool {
    guard action.done == nil, let due = action.due?.value else { return false }
    return due.end(in: zone) <= ledger.asOf
  }
}

/// What was learnt from releases, and what came of the promises.
struct ReviewsPage {
  let scope: PageScope

  /// How many reviews are listed.
  private static let listed = 500

  private var edition: Edition { scope.edition }

  var page: Page {
    let promises = edition.promises
    let open = promises.filter { $0.action.done == nil }
    let overdue = open.count { edition.isOverdue($0.action) }
    let reviewed = edition.byDate.filter { edition.release(at: $0).review != nil }
    return scope.registerPage(
      "reviews", title: "Reviews", description: "Reviews of releases, and what came of their promises.",
      lead: "\(Wording.countGrouped(reviewed.count, "release was", "releases were")) reviewed. Of "
        + "\(Wording.countGrouped(promises.count, "promise", "promises")), after incidents too, \(open.count) "
        + "\(open.count == 1 ? "is" : "are") open" + (overdue > 0 ? ", \(overdue) of them overdue." : "."),
      sections: [
        RegisterSection("Open actions", id: "actions", isWide: true, [actions(open)]),
        RegisterSection("Not reviewed", id: "missing", isWide: true, [unreviewed]),
        RegisterSection("Reviews", id: "reviews", isWide: true, [reviews(reviewed)]),
      ])
  }

  /// Overdue ones first, then by the day they are due.
  private func actions(_ open: [Promise]) -> RegisterSection.Block {
    let sorted = open.enumerated().sorted { a, b in
      let (x, y) = (due(a.element), due(b.element))
      return x == y ? a.offset < b.offset : x < y
    }.map(\.element)
    var table = Table(
      "Open actions", [.init("Action"), .init("State"), .init("Due"), .init("Owner"), .init("Promised after")])
    for promise in sorted {
      table.add([
        Cell(promise.action.text),
        edition.isOverdue(promise.action) ? Cell("overdue", chip: "failed") : Cell("open", chip: "open"),
        scope.cell(promise.action.due), scope.cell(promise.action.owner), scope.cell(promise.source),
      ])
    }
    return RegisterSection.Block(table: table, missing: "No action is open.")
  }

  private func due(_ promise: Promise) -> Int { promise.action.due?.value.end(in: edition.zone).seconds ?? .max }

  /// What the rule about reviews finds missing or expects.
  private var unreviewed: RegisterSection.Block {
    var table = Table(
      "Releases without the review that they need", [.init("Release"), .init("The rule"), .init("Why")])
    let outcomes = edition.judgement?.outcomes(of: "reviewed-after") ?? []
    for outcome in outcomes where outcome.isBroken || outcome.result == .waived || outcome.result == .pending {
      table.add([
        scope.cell(outcome.release), Cell(outcome.result.words, chip: outcome.result.rawValue),
        Cell(outcome.reasons.first.map { Wording.plain($0.text) }).marked(
          outcome.dueAt.map { "due by \(edition.zone.words(for: $0))" }),
      ])
    }
    let isAsked = edition.judgement?.rules.contains { $0.id == "reviewed-after" } ?? false
    return RegisterSection.Block(
      table: table,
      missing: isAsked
        ? "Every release that the rule reviewed-after asks about was reviewed." : "No rule asks for reviews.")
  }

  private func reviews(_ positions: [ReleasePosition]) -> RegisterSection.Block {
    var table = Table(
      "Reviews", [.init("Release"), .init("Reviewed"), .init("Went well"), .init("To improve"), .init("Actions")])
    for position in positions.prefix(ReviewsPage.listed) {
      let release = edition.release(at: position)
      guard let review = release.review else { continue }
      let done = review.actions.count { $0.done != nil }
      var reviewed = scope.cell(review.at)
      if let by = review.by { reviewed.notes.append("by \(scope.person(by.value) ?? by.value)") }
      table.add([
        scope.cell(release.id), reviewed, Cell(review.wentWell), Cell(review.improve),
        review.actions.isEmpty ? Cell("none", style: "none") : Cell("\(done) of \(review.actions.count) done"),
      ])
    }
    let rest = positions.count - ReviewsPage.listed
    return RegisterSection.Block(
      note: rest > 0
        ? "The newest \(ReviewsPage.listed); the other \(Wording.grouped(rest)) are in their dossiers." : nil,
      table: table, missing: "No review is recorded.")
  }
}

extension PageScope {
  /// What a promise was made after.
  func cell(_ source: Promise.Source) -> Cell {
    switch source {
    case .release(let id): cell(id)
    case .incident(let incident): cell(incident)
    }
  }

  func cell(_ incident: Incident) -> Cell {
    Cell(incident.title, link: link(to: edition.route(of: .incident(incident.id))), notes: [incident.id])
  }
}
