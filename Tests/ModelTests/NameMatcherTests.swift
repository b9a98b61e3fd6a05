import Model
import Testing

@Suite("Names under embargo in texts") struct NameMatcherTests {
  private let matcher = NameMatcher(["CVE-2026-12", "ghsa-ab", ""])

  @Test(
    "a name stands in a text in whatever case, also where something else goes on",
    arguments: [
      "CVE-2026-12", "see cve-2026-12.", "https://x.example/CVE-2026-12b", "CVE-2026-123, CVE-2026-12", "2GHSA-AB",
      "(Ghsa-Ab)", "ÜGHSA-ab9", "xCVE-2026-12", "GHSA-abc",
    ])
  func named(text: String) {
    #expect(matcher.isNamed(in: text))
    #expect(matcher.isNamed(in: Array(text.utf8)))
  }

  @Test(
    "a name that goes on is another",
    arguments: ["", "CVE-2026-123", "CVE-2026-1", "CVE 2026 12", "CVE-2026-123x"])
  func other(text: String) {
    #expect(!matcher.isNamed(in: text))
  }

  @Test("no names are found nowhere") func none() { #expect(!NameMatcher([""]).isNamed(in: "a")) }
}
