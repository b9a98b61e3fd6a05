/// What nobody outside may know yet: the names of vulnerabilities and changes that are under embargo at a moment.
package struct Embargo: Sendable {
  /// Ids and aliases of vulnerabilities, in lower case, sorted.
  package let names: [String]
  /// What the changes are, on whatever line.
  package let changes: Set<String>
  private let matcher: NameMatcher

  /// - Parameter moment: The as-of or, in a preview, the clock.
  package init(_ ledger: Ledger, at moment: Moment) {
    var names = Set<String>()
    var changes = Set<String>()
    func add(_ change: Change) {
      changes.formUnion([change.identity, change.id])
      names.formUnion(change.references.lazy.filter(Embargo.isVulnerabilityID).map { $0.lowercased() })
    }
    func addHeld(of release: borrowing Release) {
      let isWhole = release.embargoUntil.map { $0 > moment } ?? false
      for vulnerability in release.security where isWhole || vulnerability.embargoUntil.map({ $0 > moment }) ?? false {
        names.formUnion(([vulnerability.id] + vulnerability.aliases).map { $0.lowercased() })
      }
      for place in release.changes.indices
      where isWhole || release.changes[place].embargoUntil.map({ $0 > moment }) ?? false {
        add(release.changes[place])
      }
    }
    for shelf in ledger.shelves {
      let releases = shelf.releases.span
      for place in releases.indices { addHeld(of: releases[place]) }
    }
    for fragment in ledger.fragments where fragment.change.embargoUntil.map({ $0 > moment }) ?? false {
      add(fragment.change)
    }
    self.names = names.filter { !$0.isEmpty }.sorted()
    self.changes = changes
    matcher = NameMatcher(self.names)
  }

  /// Whether a reference names a vulnerability, so that it is as secret as the change that it stands at.
  package static func isVulnerabilityID(_ reference: String) -> Bool {
    let reference = reference.uppercased()
    return ["CVE-", "GHSA-", "OSV-"].contains { reference.hasPrefix($0) }
  }

  package var isEmpty: Bool { names.isEmpty && changes.isEmpty }

  /// Whether one of the names stands in the text.
  package func isNamed(in text: String?) -> Bool { text.map { matcher.isNamed(in: $0) } ?? false }

  package func isNamed(in texts: [String]) -> Bool { !matcher.isEmpty && texts.contains { isNamed(in: $0) } }

  /// Whether a text, its source or one of its headings names something.
  package func isNamed(in prose: Prose?) -> Bool {
    guard let prose, !matcher.isEmpty else { return false }
    let text = prose.open ?? prose.whole
    return isNamed(in: text.plainText) || isNamed(in: text.markdown) || isNamed(in: text.headings.map(\.anchor))
  }
}
