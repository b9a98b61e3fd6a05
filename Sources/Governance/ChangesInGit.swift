import Diagnostics
import Model

/// The commits that a release brings, as far as Git can tell.
enum ChangesInGit {
  /// Of all sources, those of each newest first.
  case known([ReleasedChange])
  case unknown(Reason, need: String)
}

extension RuleCase {
  var changesInGit: ChangesInGit { facts.changesInGit(of: release, product) }
}

extension LedgerFacts {
  func changesInGit(of release: Release, _ product: Product) -> ChangesInGit {
    let sources = ledger.git.commits[release.id] ?? []
    let name = "`\(release.version.text)`"
    func unknown(_ text: String, at place: SourceLocation? = nil, need: String) -> ChangesInGit {
      .unknown(Reason(text, at: place ?? release.location, help: need), need: need)
    }
    if let obstacle = ledger.git.obstacle, sources.isEmpty {
      return unknown("nobody can tell which commits \(name) brings, for \(obstacle.words)", need: obstacle.cure)
    }
    guard !sources.isEmpty else {
      return unknown("its product names no `sources`", at: product.location, need: "add `sources` to the product")
    }
    var changes: [ReleasedChange] = []
    var isSomewhere = false
    for source in sources {
      if let obstacle = source.obstacle {
        return unknown("nobody can tell which commits \(name) brings, for \(obstacle.words)", need: obstacle.cure)
      }
      if let stated = source.stated, !source.isKnown {
        return unknown(
          "Git has no commit `\(stated.value)`", at: stated.location,
          need: "correct the commit, or fetch the branch that has it")
      }
      // A release of several sources need not touch each.
      guard source.stated != nil || source.tag != nil else { continue }
      isSomewhere = true
      guard let found = source.changes else {
        return unknown("nobody says which commit the release before \(name) is", need: "add its `commit`, or tag it")
      }
      if source.isBehindPrevious {
        return unknown(
          "the commit of \(name) stands before that of the release it follows",
          need: "correct its `commit`, or `previous`")
      }
      changes += found
    }
    guard isSomewhere else { return unknown("nobody says which commit \(name) is", need: "add `commit`, or tag it") }
    return .known(changes)
  }
}
