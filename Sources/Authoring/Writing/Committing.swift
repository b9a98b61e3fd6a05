import Diagnostics
import Ingest
package import Model

extension OpenContent {
  private var identities: Identities { Identities(records.site.people, bots: records.site.bots) }

  /// The person who commits here; `nil` for somebody whom the site does not know, and for bots.
  package func person(committing identity: Commit.Identity?) -> Person? {
    guard let identity, let id = identities.person(identity) else { return nil }
    return records.site.people.first { $0.id == id }
  }

  /// Refuses a decision in a role that its maker does not hold then, for it would not count.
  package func require(_ person: Person, toHold role: String, at: When) throws(Refusal) {
    let held = person.roles(on: at.date(in: records.site.zone))
    guard !held.contains(role) else { return }
    let all = held.isEmpty ? "" : "; `\(person.id)` holds " + held.map { "`\($0)`" }.joined(separator: ", ")
    throw Refusal(
      "`\(person.id)` does not hold `\(role)`" + all,
      help: nearest(to: role, among: held).map { "did you mean `\($0)`?" }
        ?? "name somebody who holds it, or correct the roles of `\(person.id)` in \(path("gazette.yml"))")
  }

  /// Refuses a commit of a decision by anyone else: an approval is the commit that added it.
  package func require(
    _ person: Person, toCommitAs author: Commit.Identity, _ committer: Commit.Identity
  ) throws(Refusal) {
    for (identity, noun) in [(author, "author"), (committer, "committer")] {
      let found = identities.person(identity)
      guard found != person.id else { continue }
      let owner = found.map { "the address of `\($0)`" } ?? "an address of nobody in `people`"
      let whose = identities.isBot(identity.email) ? "a bot's address" : owner
      throw Refusal(
        "the \(noun) would be `\(identity.email)`, \(whose), and the approval is `\(person.id)`'s",
        help: "let `\(person.id)` run this: an approval counts as theirs only in a commit of theirs")
    }
  }
}
