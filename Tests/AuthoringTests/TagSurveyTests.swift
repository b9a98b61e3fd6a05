import Authoring
import Model
import Testing

@Suite("What tags say about products") struct TagSurveyTests {
  private func survey(_ names: [String], year: Int = 2024) -> TagSurvey {
    let date = Moment("\(year)-06-01T00:00Z") ?? Moment(seconds: 0)
    return TagSurvey(
      names.map { Tag(name: $0, commit: String(repeating: "a", count: 40), isAnnotated: true, date: date, subject: "") }
    )
  }

  @Test(
    "the pattern and the strictest versioning that fits all tags",
    arguments: [
      (["v1.0.0", "v1.1.0-rc.1", "v2.0.0"], "v{version}", VersionScheme.semver),
      (["1.0.0", "1.1.0"], "{version}", .semver),
      (["release-1.2", "release-1.10"], "release-{version}", .numeric),
      (["REL_1.2", "REL_1.10"], "REL_{version}", .numeric),
      (["v1.0.0", "v1.1"], "v{version}", .numeric),
      (["1.0", "1.1rc1", "1.1.post1"], "{version}", .pep440),
      (["2024.04.1", "2023.12.0"], "{version}", .calver),
      (["24.4", "23.10"], "{version}", .calver),
      (["14.4", "13.10"], "{version}", .numeric),
      (["2024-04-01", "2024-04-02"], "{version}", .dated),
      (["20240401", "20240402.2"], "{version}", .dated),
      (["release/v3.0.0"], "release/v{version}", .semver),
    ])
  func pattern(tags: [String], pattern: String, versioning: VersionScheme) {
    let series = survey(tags).series
    #expect(series.map(\.pattern) == [pattern])
    #expect(series.first?.versioning == versioning)
    #expect(series.first?.name == "")
    #expect(series.first?.unreadable == [])
  }

  @Test(
    "names before the version are products",
    arguments: [
      ("gateway-v1.0.0", "gateway"), ("log4j-1.2.0", "log4j"), ("@scope/pkg@1.0.0", "scope-pkg"),
      ("s3-client-v1.2.0", "s3-client"), ("cmd/tool/v1.0.0", "cmd-tool"), ("rel/log4j-2.0.0", "log4j"),
    ])
  func names(tag: String, name: String) {
    #expect(survey([tag]).series.map(\.name) == [name])
  }

  @Test("several products are told apart, and the repository's own comes first") func monorepo() {
    let series = survey(["auth-v1.0.0", "auth-v1.1.0", "auth-v1.2.0", "v9.0.0", "web@2.0.0", "web@2.0.1", "web@2.1.0"])
      .series
    #expect(series.map(\.name) == ["", "auth", "web"])
  }

  @Test("one stray tag beside the repository's own is no product") func stray() {
    let survey = survey(["v1.0.0", "v1.1.0", "before-2.0.0", "demo-1.0.0"])
    #expect(survey.series.map(\.name) == [""])
    #expect(survey.ignored.flatMap(\.tags).sorted() == ["before-2.0.0", "demo-1.0.0"])
  }

  @Test("a tag that looks like the others but is no version is kept apart") func unreadable() {
    let series = survey(["v1.0.0", "v1.1.0", "v1.next", "latest"]).series
    #expect(series.first?.unreadable == ["v1.next"])
    #expect(series.first?.tags == ["v1.0.0", "v1.1.0"])
  }

  @Test("two ways to tag are two series, unless they repeat each other") func prefixesChange() {
    #expect(survey(["1.0.0", "1.1.0", "v2.0.0"]).series.map(\.prefix) == ["", "v"])
    #expect(survey(["1.0.0", "v1.0.0", "v2.0.0"]).series.map(\.prefix) == ["v"])
  }

  @Test("no tags are no series") func none() {
    #expect(survey([]).series == [])
    #expect(survey(["latest", "stable"]).series == [])
  }
}
