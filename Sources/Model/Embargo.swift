/// What nobody outside may know yet: the names of vulnerabilities and changes that are under embargo at a moment.
package struct Embargo: Hashable, Sendable {
  /// Ids and aliases of vulnerabilities, in lower case, sorted.
  package let names: [String]
  /// What the changes are, on whatever line.
  package let changes: Set<String>
  private let patterns: [[UInt8]]

  /// - Parameter moment: The as-of or, in a preview, the clock.
  package init(_ ledger: Ledger, at moment: Moment) {
    var names = Set<String>()
    var changes = Set<String>()
    func add(_ change: Change) {
      changes.formUnion([change.identity, change.id])
      names.formUnion(change.references.lazy.filter(Embargo.isVulnerabilityID).map { $0.lowercased() })
    }
    for release in ledger.shelves.lazy.flatMap(\.releases) {
      let isWhole = release.embargoUntil.map { $0 > moment } ?? false
      for vulnerability in release.security where isWhole || vulnerability.embargoUntil.map({ $0 > moment }) ?? false {
        names.formUnion(([vulnerability.id] + vulnerability.aliases).map { $0.lowercased() })
      }
      for change in release.changes where isWhole || change.embargoUntil.map({ $0 > moment }) ?? false { add(change) }
    }
    for fragment in ledger.fragments where fragment.change.embargoUntil.map({ $0 > moment }) ?? false {
      add(fragment.change)
    }
    self.names = names.filter { !$0.isEmpty }.sorted()
    self.changes = changes
    patterns = self.names.map { Array($0.utf8) }
  }

  /// Whether a reference names a vulnerability, so that it is as secret as the change that it stands at.
  package static func isVulnerabilityID(_ reference: String) -> Bool {
    let reference = reference.uppercased()
    return ["CVE-", "GHSA-", "OSV-"].contains { reference.hasPrefix($0) }
  }

  package var isEmpty: Bool { names.isEmpty && changes.isEmpty }

  /// Whether one of the names stands in the text as a word of its own, in whatever case.
  package func isNamed(in text: String?) -> Bool {
    guard let text, !patterns.isEmpty else { return false }
    var copy = text
    return copy.withUTF8 { bytes in patterns.contains { contains($0, in: bytes) } }
  }

  package func isNamed(in texts: [String]) -> Bool { !patterns.isEmpty && texts.contains { isNamed(in: $0) } }

  /// Whether a text, its source or one of its headings names something.
  package func isNamed(in prose: Prose?) -> Bool {
    guard let prose, !patterns.isEmpty else { return false }
    let text = prose.open ?? prose.whole
    return isNamed(in: text.plainText) || isNamed(in: text.markdown) || isNamed(in: text.headings.map(\.anchor))
  }

  private func contains(_ pattern: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    for start in 0...(bytes.count - pattern.count) where lowered(bytes[start]) == first {
      guard start == 0 || !isWordByte(bytes[start - 1]) else { continue }
      let end = start + pattern.count
      guard end == bytes.count || !isWordByte(bytes[end]) else { continue }
      if pattern.indices.allSatisfy({ lowered(bytes[start + $0]) == pattern[$0] }) { return true }
    }
    return false
  }

  private func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (lowered(byte) >= 0x61 && lowered(byte) <= 0x7A)
  }
}
