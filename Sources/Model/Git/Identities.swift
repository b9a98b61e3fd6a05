/// Who stands behind the names and addresses that Git knows. Addresses compare without case.
package struct Identities: Sendable {
  private var people: [String: String] = [:]
  private var logins: [String: String] = [:]
  private let bots: [Wildcard]

  package init(_ people: [Person], bots: [String] = []) {
    self.bots = bots.map(Wildcard.init)
    for person in people {
      for address in person.emails where self.people[address.lowercased()] == nil {
        self.people[address.lowercased()] = person.id
      }
      for login in person.logins where logins[login.lowercased()] == nil { logins[login.lowercased()] = person.id }
    }
    for person in people where logins[person.id] == nil { logins[person.id] = person.id }
  }

  /// The id of the person who has the address; nobody for one of a bot.
  package func person(at address: String) -> String? {
    isBot(address) ? nil : people[address.lowercased()]
  }

  package func person(_ identity: Commit.Identity) -> String? { person(at: identity.email) }

  /// Whoever a review names by address or login, or by the id that `people` gives them; nobody for a bot.
  package func person(of reviewer: ReviewPerson) -> String? {
    guard !reviewer.isBot else { return nil }
    return reviewer.email.flatMap { person(at: $0) }
      ?? reviewer.login.flatMap { isBot($0) ? nil : logins[$0.lowercased()] }
  }

  /// Whether the address is one of an automatic author, by the site's patterns, in which `*` stands for anything.
  package func isBot(_ address: String) -> Bool {
    bots.contains { $0.matches(address) }
  }
}

extension Commit {
  package var isMerge: Bool { parents.count > 1 }

  /// The author and those whom `Co-authored-by` names.
  package var authors: [Identity] {
    [author] + trailers.filter { $0.key.lowercased() == "co-authored-by" }.map(\.identity)
  }
}

extension Commit.Trailer {
  /// Whether it names somebody who approved or reviewed.
  package var isApproval: Bool { ["approved-by", "reviewed-by"].contains(key.lowercased()) }

  /// `Name <address>` taken apart; what has no address is a name, and a bare address is one.
  package var identity: Commit.Identity {
    guard let open = value.utf8.lastIndex(of: UInt8(ascii: "<")),
      let close = value.utf8.lastIndex(of: UInt8(ascii: ">")),
      open < close
    else {
      return value.utf8.contains(UInt8(ascii: "@"))
        ? Commit.Identity(name: value, email: value) : Commit.Identity(name: value, email: "")
    }
    var name = value[..<open]
    while name.last == " " { name = name.dropLast() }
    let address = value[value.index(after: open)..<close]
    return Commit.Identity(name: String(name), email: String(address))
  }
}
