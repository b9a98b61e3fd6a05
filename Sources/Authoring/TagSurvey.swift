package import Model

/// What the tags of a repository say about its products: which patterns they follow, and how versions are written.
package struct TagSurvey: Hashable, Sendable {
  /// Tags of one pattern.
  package struct Series: Hashable, Sendable {
    /// What stands before the version, such as `v` or `gateway-v`.
    package var prefix: String
    /// How the tag is named without version and words such as `v` or `release`; empty for the repository's own.
    package var name: String
    package var versioning: VersionScheme
    /// The tags that are versions.
    package var tags: [String]
    /// Tags that look like the others but are no versions.
    package var unreadable: [String]

    package var pattern: String { prefix + "{version}" }

    /// The name of a package in a scope, such as `@scope/name`; `nil` for any other tags.
    package var scopedName: String? {
      guard prefix.hasPrefix("@"), prefix.hasSuffix("@"), prefix.contains("/") else { return nil }
      return String(prefix.dropLast())
    }

    /// The highest version among the tags.
    package var newest: Version? { tags.compactMap { Version($0.dropFirst(prefix.count), scheme: versioning) }.max() }
  }

  /// Those of the repository itself first, then by name; of one name, the largest first.
  package private(set) var series: [Series]
  /// Series that are too small, or look like something else than releases.
  package private(set) var ignored: [Series]

  package init(_ tags: [Tag]) {
    var years: [String: [String: Int]] = [:]
    var strays: [String] = []
    for tag in tags {
      if let prefix = TagSurvey.prefix(of: tag.name) {
        years[prefix, default: [:]][tag.name] = tag.date.utcDate.year
      } else {
        strays.append(tag.name)
      }
    }
    var found = years.map { prefix, years in
      TagSurvey.series(prefix, years: years, strays: strays.filter { TagSurvey.resembles($0, prefix) })
    }
    found.sort { a, b in
      if a.name != b.name { return a.name < b.name }
      return a.tags.count == b.tags.count ? a.prefix < b.prefix : a.tags.count > b.tags.count
    }
    let hasOwn = found.contains { $0.name.isEmpty }
    series = found.filter { TagSurvey.isProduct($0, besidesOwn: hasOwn) }
    ignored = found.filter { !TagSurvey.isProduct($0, besidesOwn: hasOwn) }
    dropRepeated()
  }

  /// What stands before the version in a tag; `nil` when it holds none.
  ///
  /// The version begins at the first digit from which on the rest is a version of some scheme, so that `log4j-1.2` is
  /// 1.2 of `log4j`.
  private static func prefix(of tag: String) -> String? {
    let bytes = Array(tag.utf8)
    for index in bytes.indices where isDigit(bytes[index]) && (index == 0 || !isDigit(bytes[index - 1])) {
      if index > 0, bytes[index - 1] == UInt8(ascii: ".") { continue }
      let rest = String(decoding: bytes[index...], as: UTF8.self)
      if VersionScheme.allCases.contains(where: { Version(rest, scheme: $0) != nil }) {
        return String(decoding: bytes[..<index], as: UTF8.self)
      }
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether a tag that holds no version begins like those of a series.
  private static func resembles(_ tag: String, _ prefix: String) -> Bool {
    tag.hasPrefix(prefix) && tag.utf8.dropFirst(prefix.utf8.count).first.map(isDigit) ?? false
  }

  private static func series(_ prefix: String, years: [String: Int], strays: [String]) -> Series {
    let tags = years.keys.sorted()
    func fits(_ tag: String, _ scheme: VersionScheme) -> Bool {
      guard let version = Version(tag.dropFirst(prefix.count), scheme: scheme) else { return false }
      // Any pair of small numbers could be a year and a month: it is one only if the tag is from that year.
      guard scheme == .calver, let year = version.numbers.first, let tagged = years[tag] else { return true }
      return abs(Int(year < 100 ? year + 2000 : year) - tagged) <= 1
    }
    var best = (scheme: VersionScheme.semver, count: -1)
    for scheme in strictestFirst {
      let count = tags.count { fits($0, scheme) }
      if count > best.count { best = (scheme, count) }
    }
    return Series(
      prefix: prefix, name: name(of: prefix), versioning: best.scheme, tags: tags.filter { fits($0, best.scheme) },
      unreadable: (tags.filter { !fits($0, best.scheme) } + strays).sorted())
  }

  private static let strictestFirst: [VersionScheme] = [.semver, .dated, .calver, .numeric, .pep440]

  /// The prefix without separators, and without words that only say that a version follows.
  private static func name(of prefix: String) -> String {
    let separators: Set<Character> = ["-", "_", "/", "@", ".", " ", "+", "="]
    var parts = prefix.split { separators.contains($0) }.map(String.init)
    let fillers = ["v", "ver", "version", "rel", "release", "releases", "r", "tag", "tags"]
    while let last = parts.last, fillers.contains(last.lowercased()) { parts.removeLast() }
    while let first = parts.first, ["rel", "release", "releases", "tags"].contains(first.lowercased()) {
      parts.removeFirst()
    }
    return parts.joined(separator: "-")
  }

  private static func isProduct(_ series: Series, besidesOwn hasOwn: Bool) -> Bool {
    let words = series.name.lowercased().split(separator: "-")
    let temporary = ["archive", "backup", "before", "build", "ci", "nightly", "old", "snapshot", "test", "tmp", "wip"]
    if words.contains(where: { temporary.contains(String($0)) }) { return false }
    return series.name.isEmpty || !hasOwn || series.tags.count >= 3
  }

  /// Of two series with one name that share versions, as `1.0` and `v1.0` do, the larger is meant.
  private mutating func dropRepeated() {
    var seen: [String: Set<Substring>] = [:]
    var kept: [Series] = []
    for series in series {
      let versions = Set(series.tags.map { $0.dropFirst(series.prefix.count) })
      if let others = seen[series.name], !others.isDisjoint(with: versions) {
        ignored.append(series)
      } else {
        seen[series.name, default: []].formUnion(versions)
        kept.append(series)
      }
    }
    series = kept
  }
}
