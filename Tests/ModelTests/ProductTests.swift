import Diagnostics
import Model
import Testing

@Suite("Products")
struct ProductTests {
  @Test("A tag's version is what stands between prefix and suffix")
  func tagPatterns() throws {
    let pattern = try #require(TagPattern("gateway-v{version}-final"))
    #expect(pattern.version(in: "gateway-v2.4.0-final") == "2.4.0")
    #expect(pattern.version(in: "gateway-v-final") == nil)
    #expect(pattern.version(in: "v2.4.0") == nil)
    #expect(pattern.tag(of: "1.0") == "gateway-v1.0-final")
    #expect(TagPattern("v{version}{version}") == nil)
    #expect(TagPattern("v1") == nil)
  }

  @Test(
    "A star stands for any run of characters",
    arguments: [
      ("2.*", "2.10", true), ("2.*", "20.1", false), ("*", "", true), ("*[bot]@*", "x[bot]@y", true),
      ("a*b*c", "abbbc", true), ("a*b*c", "abb", false), ("", "", true), ("", "a", false),
    ])
  func globs(pattern: String, text: String, expected: Bool) {
    #expect(matches(glob: pattern, text) == expected)
  }

  @Test("A line goes from active to ended, each last day included")
  func phases() throws {
    var line = ReleaseLine(id: "2", match: "2.*", at: SourceLocation(file: "p.yml"))
    line.released = CivilDate("2025-03-04")
    line.activeUntil = CivilDate("2026-09-30")
    line.securityUntil = CivilDate("2027-09-30")
    let expected: [(String, ReleaseLine.Phase)] = [
      ("2025-03-03", .upcoming), ("2025-03-04", .active), ("2026-09-30", .active), ("2026-10-01", .security),
      ("2027-09-30", .security), ("2027-10-01", .ended),
    ]
    for (day, phase) in expected {
      let moment = try #require(Moment("\(day)T12:00Z"))
      #expect(line.phase(at: moment, in: .utc) == phase, "\(day)")
    }
    let change = line.nextChange(at: try #require(Moment("2026-11-02T09:00Z")), in: .utc)
    #expect(change?.date.iso == "2027-10-01")
    #expect(change?.phase == .ended)
  }

  @Test(
    "Ids are lower-case words",
    arguments: [
      ("gateway", true), ("2", true), ("a-b", true), ("", false), ("-a", false), ("A", false), ("a/b", false),
      ("a.b", false), ("gаteway", false),
    ])
  func identifiers(text: String, expected: Bool) {
    #expect(isIdentifier(text) == expected)
  }
}
