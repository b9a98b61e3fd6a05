import Diagnostics
import Model

extension Rule {
  private static let trailers = Parameter<Bool>.flag(
    "trailers", default: true, "Whether `Reviewed-by:` and `Approved-by:` in a commit or its merge count.")
  private static let allow = Parameter<[Located<String>]>.texts(
    "allow", "Subjects of commits that need no review, with `*` for anything, such as `chore(deps):*`.")

  static let changesReviewed = Rule(
    "changes-reviewed",
    title: "each commit was reviewed by someone other than its author",
    why: "What only its author has looked at carries the mistakes that one person overlooks, and any that one intends.",
    appliesTo: """
      Releases whose commit Git knows. Merges that add nothing and commits that touch only the content folder are left \
      alone. A review export in the evidence counts, and so do trailers, which Git does not authenticate.
      """,
    fix: """
      Add an export of the reviews to `evidence`, or have reviewers named in `Reviewed-by:` trailers of the commits or \
      of the merges that bring them.
      """,
    due: .candidate, parameters: [trailers, allow], asks: .commits,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "one of its commits has no `Reviewed-by:`, and no export knows a review of it"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "the merge that brought its commits has the trailer `Reviewed-by: Ana <ana@harbor.example>`")
  ) { release in
    let allowed = release[allow].map { Wildcard($0.value) }
    let changes: [ReleasedChange]
    switch release.changesInGit {
    case .known(let known):
      changes = known.filter { change in
        change.countsAsAuthorship && !allowed.contains { $0.matches(change.commit.subject) }
      }
    case .unknown(let reason): return .unverifiable(reason, need: reason.help ?? "fetch the whole history")
    }
    let exports = release.reviewExports
    var (byExport, byTrailer) = (0, 0)
    var open: [ReleasedChange] = []
    for change in changes {
      if exports.contains(where: { release.shows(review: change, $0) }) {
        byExport += 1
      } else if release[trailers], release.hasReviewTrailer(change) {
        byTrailer += 1
      } else {
        open.append(change)
      }
    }
    guard let first = open.first else { return .passed(words(byExport, byTrailer), at: release.place) }
    let rest = open.count > 1 ? " and of \(open.count - 1) more" : ""
    return .failed(
      "nothing shows a review of commit `\(first.commit.id.prefix(10))` by someone else than its author\(rest)",
      at: release.place,
      notes: open.dropFirst().prefix(9).map { Diagnostic.Note("nor of `\($0.commit.id.prefix(10))`", at: nil) },
      help: "add the export of its review to `evidence`, or have it reviewed")
  }

  private static func words(_ byExport: Int, _ byTrailer: Int) -> String {
    let parts = [
      byExport > 0 ? "\(byExport) commits were reviewed, as an export shows" : nil,
      byTrailer > 0 ? "\(byTrailer) commits were reviewed, as trailers state; Git does not authenticate them" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? "it brings no commits that need a review" : parts.joined(separator: "; ")
  }
}

extension RuleCase {
  fileprivate var reviewExports: [ReviewExport] {
    release.evidence.compactMap { entry in
      guard case .reviews(let export) = reading(of: entry)?.file?.payload else { return nil }
      return export
    }
  }

  /// Whether the export has a review of the commit that stands, by none of those whom Git names as its authors.
  fileprivate func shows(review change: ReleasedChange, _ export: ReviewExport) -> Bool {
    guard let reviewed = export.change(of: change.commit.id) else { return false }
    return reviewed.standingApprovals.contains { review in
      guard let email = review.by.email else { return true }
      return isSomebodyElse(Commit.Identity(name: review.by.name ?? "", email: email), than: change.commit)
    }
  }

  fileprivate func hasReviewTrailer(_ change: ReleasedChange) -> Bool {
    let trailers = change.commit.trailers + (change.merge?.trailers ?? [])
    return trailers.contains { trailer in
      ["reviewed-by", "approved-by"].contains(trailer.key.lowercased())
        && isSomebodyElse(trailer.identity, than: change.commit)
    }
  }

  private func isSomebodyElse(_ reviewer: Commit.Identity, than commit: Commit) -> Bool {
    let people = facts.identities
    guard !reviewer.email.isEmpty, !people.isBot(reviewer.email) else { return false }
    return !commit.authors.contains { author in
      if author.email.lowercased() == reviewer.email.lowercased() { return true }
      guard let person = people.person(author) else { return false }
      return people.person(reviewer) == person
    }
  }
}
