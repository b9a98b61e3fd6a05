import Model
import TestSupport
import Testing

@Suite("Versions")
struct VersionTests {
  @Test(
    "are ordered as their scheme says",
    arguments: [
      (
        VersionScheme.semver,
        [
          "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
        ]
      ),
      (.calver, ["2025.1", "2025.04", "2025.4.1", "2025.10-rc9", "2025.10-rc10", "2025.10", "2025.10.1", "2026.1"]),
      (.dated, ["20241231", "2025-01-01", "2025-01-01.1", "2025-01-01.2", "2025-02-01"]),
      (
        .pep440,
        [
          "1.0.dev1", "1.0a1.dev1", "1.0a1", "1.0a2", "1.0b1", "1.0rc1.dev2", "1.0rc1", "1.0", "1.0.post1.dev1",
          "1.0.post1", "1.1.dev1", "1.1", "1!0.5",
        ]
      ),
      (.numeric, ["1", "1.1", "1.2", "1.10", "2", "10"]),
    ])
  func order(scheme: VersionScheme, ascending: [String]) throws {
    let versions = try ascending.map { try #require(Version($0, scheme: scheme), "\($0) parses") }
    for (lower, higher) in zip(versions, versions.dropFirst()) {
      #expect(lower.precedes(higher), "\(lower.text) comes before \(higher.text)")
      #expect(!higher.precedes(lower))
    }
    #expect(versions.reversed().sorted() == versions)
  }

  @Test(
    "that are not of their scheme do not parse",
    arguments: [
      (
        VersionScheme.semver,
        ["1.2", "01.2.3", "1.2.3-01", "1.2.3-", "v1.2.3", "1.2.3.4", "", "1.2.x", "1.2.3+", "1.2.-3"]
      ),
      (.calver, ["2.10.0", "2025", "2025.99", "2025.4.x"]),
      (.dated, ["2026-02-30", "2026-2-3", "20261301", "2026-01-01.x"]),
      (.pep440, ["1.0-x", "1.0+", "1.0+a..b", "one", "1.0.", "1..0"]),
      (.numeric, ["1.", ".1", "1.0-rc1", "", "99999999999999999999"]),
    ])
  func refusal(scheme: VersionScheme, texts: [String]) {
    for text in texts { #expect(Version(text, scheme: scheme) == nil, "\(text) is no \(scheme.rawValue)") }
  }

  @Test("of equal precedence are told apart by their bytes alone")
  func equalPrecedence() throws {
    let plain = try #require(Version("1.0.0", scheme: .semver))
    let built = try #require(Version("1.0.0+build.7", scheme: .semver))
    #expect(plain.hasSamePrecedence(as: built))
    #expect(plain != built)
    #expect(plain < built)
    let short = try #require(Version("1.0", scheme: .numeric))
    let long = try #require(Version("1.0.0", scheme: .numeric))
    #expect(short.hasSamePrecedence(as: long))
  }

  @Test(
    "of PEP 440 may be spelt in several ways",
    arguments: [
      ("1.0alpha1", "1.0a1"), ("1.0-c2", "1.0rc2"), ("V1.0", "1.0"), ("1.0-1", "1.0.post1"), ("1.0_dev_3", "1.0.dev3"),
    ])
  func spellings(written: String, normal: String) throws {
    let a = try #require(Version(written, scheme: .pep440))
    let b = try #require(Version(normal, scheme: .pep440))
    #expect(a.hasSamePrecedence(as: b))
  }

  @Test("before their final version are pre-releases")
  func preReleases() throws {
    for (text, scheme, expected) in [
      ("1.0.0-rc.1", VersionScheme.semver, true), ("1.0.0", .semver, false), ("1.0.post1", .pep440, false),
      ("1.0.dev1", .pep440, true), ("2026.4-beta", .calver, true), ("2026.4", .calver, false),
    ] {
      #expect(try #require(Version(text, scheme: scheme)).isPreRelease == expected, "\(text)")
    }
  }

  @Test("have one total order, whatever their texts")
  func totalOrder() {
    var random = SeededGenerator(seed: 7)
    for scheme in VersionScheme.allCases {
      let texts = (0..<4000).map { _ in randomVersion(using: &random) }
      let versions = texts.compactMap { Version($0, scheme: scheme) }.prefix(30)
      for a in versions {
        for b in versions {
          #expect([a < b, b < a, a == b].count { $0 } == 1, "\(a.text) and \(b.text)")
          for c in versions where a < b && b < c { #expect(a < c, "\(a.text) < \(b.text) < \(c.text)") }
        }
      }
    }
  }

  private func randomVersion(using random: inout SeededGenerator) -> String {
    let pieces = [
      "0", "1", "2", "10", "2026", "04", ".", ".", ".", "-", "rc", "a", "b", "dev", "post", "+x", "-alpha.1",
    ]
    return (0..<Int.random(in: 1...7, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }.joined()
  }
}
