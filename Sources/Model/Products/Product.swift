package import Diagnostics

/// Something that is released.
package struct Product: Sendable {
  package enum Kind: String, CaseIterable, Sendable { case service, package, application, firmware }

  package var id: ProductID
  package var name: String
  package var summary: Prose?
  package var team: String?
  package var kind: Kind?
  package var audience = Audience.public
  package var labels: [String] = []
  /// Whether planned releases may be public.
  package var showsRoadmap = false
  /// Ids that it had before; their pages lead here.
  package var formerly: [String] = []
  package var versioning = VersionScheme.semver
  package var sources: [SourceRepository] = []
  package var lines: [ReleaseLine] = []
  package var dependsOn: [Located<String>] = []
  /// Versions that an upgrade must not skip.
  package var upgradeStops: [Located<String>] = []
  package var train: Located<String>?
  /// The id of the guide page that says how it is looked after.
  package var supportPolicy: Located<String>?
  /// The file it was read from, or gazette.yml.
  package var location: SourceLocation

  package init(id: ProductID, name: String, at location: SourceLocation) {
    (self.id, self.name, self.location) = (id, name, location)
  }
}

/// Where a product's commits and tags are.
package struct SourceRepository: Hashable, Sendable {
  package enum Repository: Hashable, Sendable {
    /// The repository of the content itself.
    case checkout
    /// A submodule, by its path in the checkout.
    case submodule(path: String)
    /// A name that `--source NAME=DIR` binds.
    case named(String)
  }

  package var id: String
  /// Only commits that touch this folder count; `.` for all.
  package var path = "."
  package var exclude: [String] = []
  package var repository = Repository.checkout
  /// Such as `gateway-v{version}`; `nil` when its releases have no tags.
  package var tags: TagPattern?
  package var branches: [String] = []
  /// The changelog's path in the repository.
  package var changelog: Located<String>?
  /// Whether each matching tag is a release even without a record.
  package var discoversTags = false
  package var location: SourceLocation

  package init(id: String, at location: SourceLocation) {
    (self.id, self.location) = (id, location)
  }
}

/// How a tag's name holds a version: text with `{version}` in it once.
package struct TagPattern: Hashable, Sendable {
  package var prefix: String
  package var suffix: String

  /// - Returns: `nil` unless `{version}` stands in the text exactly once.
  package init?(_ text: String) {
    guard let range = text.firstRange(of: "{version}") else { return nil }
    prefix = String(text[..<range.lowerBound])
    suffix = String(text[range.upperBound...])
    guard !suffix.contains("{version}") else { return nil }
  }

  /// The version's text in a tag's name, or `nil` when the tag is not of this pattern.
  package func version(in tag: String) -> Substring? {
    guard tag.utf8.count > prefix.utf8.count + suffix.utf8.count, tag.hasPrefix(prefix), tag.hasSuffix(suffix) else {
      return nil
    }
    return tag.dropFirst(prefix.count).dropLast(suffix.count)
  }

  package func tag(of version: String) -> String { prefix + version + suffix }
}

extension SourceRepository {
  /// Whether every commit of the repository is one of the source.
  package var isWholeRepository: Bool { path == "." && exclude.isEmpty }
}
