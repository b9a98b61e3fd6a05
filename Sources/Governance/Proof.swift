import Diagnostics
import Model

/// How far Git shows that somebody wrote an entry themselves. The three levels are never mixed up in its words.
enum Proof {
  /// The words complete "`dana` approved …, ".
  case shown(String)
  /// Git shows something else. The words complete "the approval by `dana` ".
  case refuted(String, help: String)
  /// Nobody can tell. The words complete "… how far Git shows it, for ".
  case unknown(String, need: String)
}

extension RuleCase {
  /// - Parameters:
  ///   - person: The id of the one whose entry it is said to be.
  ///   - place: Where the entry stands.
  ///   - moment: What was committed later does not count.
  func proof(that person: String, wrote place: SourceLocation, by moment: Moment) -> Proof {
    facts.proof(
      that: person, wrote: place, by: moment, level: setting.provenBy, in: facts.ledger.git)
  }
}

extension LedgerFacts {
  func proof(
    that person: String, wrote place: SourceLocation, by moment: Moment, level: ProofLevel, in git: GitTestimony
  ) -> Proof {
    if level == .record { return .shown("as stated in the record") }
    if let obstacle = git.obstacle { return .unknown(obstacle.words, need: obstacle.cure) }
    switch git.origins[place] {
    case nil: return .unknown("the history of `\(place.file)` does not tell", need: "commit the file")
    case .uncommitted:
      return .refuted("stands in no commit", help: "let `\(person)` commit it")
    case .commit(let origin):
      return level == .git ? authored(origin, person, by: moment) : signed(origin, person, by: moment)
    }
  }

  private func authored(_ origin: EntryCommit, _ person: String, by moment: Moment) -> Proof {
    let commit = CommitMark(origin.commit)
    if identities.person(origin.commit.author) == person {
      guard origin.commit.committed <= moment else { return late(origin.commit) }
      return .shown("as stated in commit `\(commit.name)`, whose author they are; Git does not authenticate that")
    }
    let voucher = origin.vouchers.first { identities.person($0.identity) == person }
    if let voucher, let merge = origin.merge ?? (origin.commit.isMerge ? origin.commit : nil) {
      guard merge.committed <= moment else { return late(merge) }
      return .shown(
        "as stated in the trailer `\(voucher.key)` of the merge `\(CommitMark(merge).name)`; "
          + "Git does not authenticate that"
      )
    }
    return .refuted("was added by somebody else: " + words(for: origin.commit), help: advice(person))
  }

  private func signed(_ origin: EntryCommit, _ person: String, by moment: Moment) -> Proof {
    let commit = CommitMark(origin.commit)
    switch origin.signature {
    case nil: return .unknown("nobody checked the signature of commit `\(commit.name)`", need: "run it again")
    case .unverifiable(let reason, let need): return .unknown(reason, need: need)
    case .good(let address, let signer):
      guard signer == person else {
        let who = signer.map { "`\($0)`" } ?? "`\(address)`, an address that nobody had before that change"
        return .refuted("was added in commit `\(commit.name)`, which is signed by \(who)", help: advice(person))
      }
      // Who signs for others writes nothing of their own, but a bot's name under it makes it the bot's.
      guard !identities.isBot(origin.commit.author.email) else {
        return .refuted("was added by a bot: " + words(for: origin.commit), help: advice(person))
      }
      guard origin.commit.committed <= moment else { return late(origin.commit) }
      return .shown("proven by their signature under commit `\(commit.name)`")
    case .unlisted:
      return .refuted(
        "was added in commit `\(commit.name)`, signed with a key that was not listed before that change",
        help: "list the key in a change of its own first, and let `\(person)` approve in a later one")
    case .bad:
      return .refuted("was added in commit `\(commit.name)`, whose signature is bad", help: advice(person))
    case .unsigned:
      return .refuted(
        "was added in commit `\(commit.name)`, which is not signed",
        help: "let `\(person)` sign the commit that adds it")
    }
  }

  private func late(_ commit: Commit) -> Proof {
    .refuted(
      "was committed after it was due, on " + ledger.site.zone.words(for: commit.committed),
      help: "next time, commit it earlier")
  }

  private func words(for commit: Commit) -> String {
    let who = identities.person(commit.author).map { "`\($0)`" } ?? "`\(commit.author.email)`"
    let kind = identities.isBot(commit.author.email) ? ", a bot," : ""
    let squashed = commit.authors.count > 1 ? "; after a squash nothing is left of who wrote which line" : ""
    return "\(who)\(kind) is the author of commit `\(CommitMark(commit).name)`\(squashed)"
  }

  private func advice(_ person: String) -> String {
    "let `\(person)` commit it, from an address that `people` lists, and keep that commit when you merge"
  }
}
