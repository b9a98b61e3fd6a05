package import Diagnostics

/// What a customer needs to install a release: files, dependencies, the way up and down.
package struct Artifact: Hashable, Sendable {
  package var name: String
  package var url: String?
  /// Such as `sha256:` and 64 hexadecimal digits.
  package var digest: String?
  /// In bytes.
  package var size: Int?
  /// A package URL. - Source: the package-url specification.
  package var purl: String?
  package var audience = Audience.public
  package var location: SourceLocation

  package init(name: String, at location: SourceLocation) {
    (self.name, self.location) = (name, location)
  }
}

package struct ReleaseDependency: Hashable, Sendable {
  package var product: Located<String>
  /// Such as `>=3.1`.
  package var version: String?
  package var location: SourceLocation

  package init(product: Located<String>, version: String?, at location: SourceLocation) {
    (self.product, self.version, self.location) = (product, version, location)
  }
}

package struct Upgrade: Hashable, Sendable {
  package enum Downgrade: String, CaseIterable, Sendable {
    case supported
    case dataLoss = "data-loss"
    case unsupported
  }

  /// The id of a guide page.
  package var guide: Located<String>?
  /// Such as `>=2.2`.
  package var from: String?
  package var downgrade: Downgrade?

  package init() {}
}

package struct Compatibility: Hashable, Sendable {
  package var name: String
  package var versions: String
  package init(name: String, versions: String) {
    (self.name, self.versions) = (name, versions)
  }
}
