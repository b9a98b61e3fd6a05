/// What happened to the content, as Git tells it: who put which fact into which file, when, in which commit.
package struct ContentLog: Sendable {
  /// The oldest first; every commit of HEAD's history that touched the content, and every merge that published some.
  package var entries: [ContentLogEntry] = []

  package init() {}
}

/// One commit of the content's history.
package struct ContentLogEntry: Sendable {
  /// Whether a commit carries a signature, and what is known of it.
  package enum Signature: Hashable, Sendable {
    case unsigned
    /// It has one of that kind, such as `SSH`, which nobody asked to have checked.
    case unchecked(kind: String)
    case checked(CommitSignature)
  }

  package var commit: Commit
  package var signature: Signature
  /// How many files the merge brought to HEAD's first-parent history; `nil` for what is no merge there.
  package var published: Int?
  /// What it wrote itself, by the bytes of the paths; of a merge only what none of its parents has.
  package var files: [ContentLogFile]

  package init(commit: Commit, signature: Signature, published: Int?, files: [ContentLogFile]) {
    (self.commit, self.signature, self.published, self.files) = (commit, signature, published, files)
  }
}

/// What a commit did to a file.
package struct ContentLogFile: Hashable, Sendable {
  package enum Change: String, Hashable, Sendable { case added, changed, removed }

  package var path: String
  package var change: Change
  package var subject: ContentSubject
  /// What became of the fields of a YAML file, such as `approvals: added dana (security, approved)`.
  package var facts: [String]

  package init(path: String, change: Change, subject: ContentSubject, facts: [String]) {
    (self.path, self.change, self.subject, self.facts) = (path, change, subject, facts)
  }
}

/// What a file of the content is about, by where it lies.
package struct ContentSubject: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case site, product, record, part, notes, change, evidence, events, incident, exercise, metrics, calendar, policy
    case waiver, flags
    case endOfLife = "end-of-life"
    case page, key, other
  }

  package var kind: Kind
  /// The id in the path.
  package var product: String?
  package var version: String?

  /// - Parameters:
  ///   - path: Relative to the checkout.
  ///   - content: The content folder.
  package init(_ path: String, in content: String) {
    guard path.hasPrefix(content + "/") else {
      kind = .key
      return
    }
    let steps = path.dropFirst(content.count + 1).split(separator: "/").map(String.init)
    kind = ContentSubject.folders[steps[0]] ?? .other
    guard steps.count > 1 else { return }
    switch kind {
    case .product: product = ContentSubject.stem(of: steps[1])
    case .change where steps.count > 2: product = steps[1]
    case .evidence where steps.count > 3: (product, version) = (steps[1], steps[2])
    case .record where steps.count > 2:
      (product, version) = (steps[1], ContentSubject.stem(of: steps[2]))
      if steps[2].hasSuffix(".md") { kind = .notes }
      if steps.count > 3 { kind = .part }
    case .incident where path.hasSuffix(".md"): kind = .notes
    case .metrics: product = ContentSubject.stem(of: steps[1])
    default: break
    }
  }

  private static let folders: [String: Kind] = [
    "gazette.yml": .site, "calendar.yml": .calendar, "flags.yml": .flags, "products": .product, "releases": .record,
    "changes": .change, "evidence": .evidence, "events": .events, "incidents": .incident, "exercises": .exercise,
    "metrics": .metrics, "policy": .policy, "waivers": .waiver, "eol": .endOfLife, "pages": .page, "keys": .key,
  ]

  /// The name without its last ending.
  private static func stem(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
  }
}
