import Diagnostics
import Foundation
import Ingest
import Model
import TestSupport
import Testing

/// What is in each real changelog, counted by scripts of a few lines over the headings and bullets outside fences, not
/// with the reader.
struct RealChangelog: Sendable, CustomTestStringConvertible {
  var file: String
  var scheme: VersionScheme
  /// Sections with a version.
  var sections: Int
  var first: String
  var last: String
  var dated: Int
  var unreleased: Int
  /// Items below headings that say what they are, without those that say `None.`
  var entries: Int

  var testDescription: String { file }

  static let all = [
    RealChangelog(
      file: "olivierlacan__keep-a-changelog__CHANGELOG.md", scheme: .semver, sections: 16, first: "2.0.0",
      last: "0.0.1",
      dated: 16, unreleased: 1, entries: 122),
    RealChangelog(
      file: "a0x8o__kubernetes__CHANGELOG-1.10.md", scheme: .semver, sections: 22, first: "1.10.13",
      last: "1.10.0-alpha.1",
      dated: 0, unreleased: 0, entries: 873),
    RealChangelog(
      file: "angular__components__CHANGELOG.md", scheme: .semver, sections: 290, first: "22.2.0-next.2", last: "12.0.0",
      dated: 290, unreleased: 0, entries: 149),
    RealChangelog(
      file: "brandingowls__nodejs-postgresql__CHANGELOG_V18.md", scheme: .semver, sections: 24, first: "18.17.1",
      last: "18.0.0",
      dated: 24, unreleased: 0, entries: 187),
    RealChangelog(
      file: "kedacore__keda__CHANGELOG.md", scheme: .semver, sections: 50, first: "2.20.2", last: "1.0.0",
      dated: 0, unreleased: 1, entries: 1036),
    RealChangelog(
      file: "swiftpp__swift__CHANGELOG.md", scheme: .numeric, sections: 13, first: "5.1", last: "1.0",
      dated: 0, unreleased: 1, entries: 0),
    RealChangelog(
      file: "vitejs__vite__CHANGELOG.md", scheme: .semver, sections: 125, first: "8.2.2", last: "6.0.0-beta.0",
      dated: 125, unreleased: 0, entries: 1232),
    RealChangelog(
      file: "withastro__astro__CHANGELOG.md", scheme: .semver, sections: 251, first: "7.2.4", last: "5.0.0-alpha.0",
      dated: 0, unreleased: 0, entries: 1555),
  ]
}

@Suite("Real changelogs", .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
struct RealChangelogTests {
  @Test("every section, date and change of a real changelog is found", arguments: RealChangelog.all)
  func counts(of changelog: RealChangelog) throws {
    let folder = try #require(SharedData.folder).appending(path: "changelogs")
    let text = try String(contentsOf: folder.appending(path: changelog.file), encoding: .utf8)
    var report = Report()
    let sections = Changelog.read(
      MarkdownSource(text, at: SourceLocation(file: "CHANGELOG.md")), scheme: changelog.scheme, into: &report)
    let released = sections.filter { $0.version != nil }
    #expect(released.count == changelog.sections)
    #expect(released.first?.version?.value == changelog.first)
    #expect(released.last?.version?.value == changelog.last)
    #expect(released.count { $0.date != nil } == changelog.dated)
    #expect(sections.count - released.count == changelog.unreleased)
    #expect(sections.reduce(0) { $0 + $1.changes.entries.count } == changelog.entries)

    // Every line is in one section at most, and the place of each section is right.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for section in sections where !section.body.text.isEmpty {
      let first = section.body.text.prefix { $0 != "\n" }
      #expect(lines[section.body.location.line - 1] == first)
      for entry in section.changes.entries {
        let words = entry.text.text.prefix { $0 != "\n" }
        let line = lines[entry.text.location.line - 1]
        // A pull request that stood before the words stands behind them.
        let link = words.firstRange(of: " ([#")?.lowerBound ?? words.endIndex
        #expect(line.hasSuffix(words) || (line.contains("Thanks [@") && line.contains(words[..<link])))
      }
      #expect(Set(section.changes.entries.map(\.id)).count == section.changes.entries.count)
    }
  }
}
