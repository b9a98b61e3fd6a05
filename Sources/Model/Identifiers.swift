/// The id of a product: the name of its file in `products/`.
package struct ProductID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }

  package static func < (a: ProductID, b: ProductID) -> Bool { precedesInBytes(a.text, b.text) }
}

/// Names one release: a product and the text of a version.
package struct ReleaseID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let product: ProductID
  package let version: String

  package init(product: ProductID, version: String) {
    self.product = product
    self.version = version
  }

  /// Such as `gateway 2.4.0`.
  package var description: String { "\(product) \(version)" }

  /// By product, then the bytes of the version; this is not the order of versions.
  package static func < (a: ReleaseID, b: ReleaseID) -> Bool {
    a.product == b.product ? precedesInBytes(a.version, b.version) : a.product < b.product
  }
}

/// Whether the text is an id: `[a-z0-9][a-z0-9-]*`, at most 64 bytes.
package func isIdentifier(_ text: some StringProtocol) -> Bool {
  guard let first = text.utf8.first, first != UInt8(ascii: "-"), text.utf8.count <= 64 else { return false }
  return text.utf8.allSatisfy {
    ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-")
  }
}
