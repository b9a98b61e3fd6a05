package import Diagnostics
package import Model

/// How far a ledger shows that somebody wrote an entry themselves: one of three levels, never mixed up in its words.
package struct Standing: Hashable, Sendable {
  package var level: ProofLevel
  /// Such as `stated in the record`, without a full stop.
  package var title: String
  /// What shows it, or why it is not higher, without a full stop; `nil` where nobody asked Git.
  package var note: String?

  fileprivate init(_ level: ProofLevel, _ title: String, _ note: String? = nil) {
    (self.level, self.title, self.note) = (level, title, note)
  }
}

extension Judgement {
  /// The highest of the levels for which Git was asked.
  ///
  /// - Parameters:
  ///   - person: The id of the one whose entry it is said to be.
  ///   - place: Where the entry stands.
  package func standing(of person: String, at place: SourceLocation) -> Standing {
    let git = testimony
    guard git.asked.contains(.origins) else { return Standing(.record, "stated in the record") }
    func proof(_ level: ProofLevel) -> Proof {
      facts.proof(that: person, wrote: place, by: facts.ledger.asOf, level: level, in: git)
    }
    if git.asked.contains(.originSignatures), case .shown(let words) = proof(.signedGit) {
      return Standing(.signedGit, "proven: signed by that person", words)
    }
    switch proof(.git) {
    case .shown(let words):
      if case .commit(let origin)? = git.origins[place], facts.identities.person(origin.commit.author) == person {
        return Standing(.git, "stated in a commit authored by that person", words)
      }
      return Standing(.git, "stated in a trailer of the merge that brought it", words)
    case .refuted(let words, _): return Standing(.record, "stated in the record only", "it \(words)")
    case .unknown(let reason, _):
      return Standing(.record, "stated in the record", "nobody can tell whether Git shows more, for \(reason)")
    }
  }
}
