import Diagnostics
import Model

/// The commits that a release brings, as far as Git can tell.
enum ChangesInGit {
  /// Of all sources, those of each newest first.
  case known([ReleasedChange])
  case unknown(Reason)
}

extension RuleCase {
  var changesInGit: ChangesInGit {
    let sources = ledger.git.commits[release.id] ?? []
    func unknown(_ text: String, at place: SourceLocation? = nil, help: String) -> ChangesInGit {
      .unknown(Reason(text, at: place ?? self.place, help: help))
    }
    guard !sources.isEmpty else {
      return unknown("its product names no `sources`", at: product.location, help: "add `sources` to the product")
    }
    var changes: [ReleasedChange] = []
    for source in sources {
      if let obstacle = source.obstacle {
        return unknown("nobody can tell which commits \(name) brings, for \(obstacle.words)", help: obstacle.cure)
      }
      if let stated = source.stated, !source.isKnown {
        return unknown(
          "Git has no commit `\(stated.value)`", at: stated.location,
          help: "correct the commit, or fetch the branch that has it")
      }
      guard let found = source.changes else {
        if source.stated == nil, source.tag == nil {
          // A release of several sources need not touch each.
          if sources.count > 1 { continue }
          return unknown("nobody says which commit \(name) is", help: "add `commit`, or tag it")
        }
        return unknown(
          "nobody says which commit the release before \(name) is", help: "add its `commit`, or tag it")
      }
      changes += found
    }
    return .known(changes)
  }
}
