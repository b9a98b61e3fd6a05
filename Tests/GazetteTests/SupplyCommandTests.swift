import Foundation
import Testing

/// What changed in what a product is made of, in the terminal and on the page.
@Suite("Components, by the command") struct SupplyCommandTests {
  private static func list(_ components: String) -> String {
    #"{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [\#(components)]}"#
  }

  private func repository(audience: String = "public") throws -> TemporaryRepository {
    let repository = try SmallSite.repository()
    try repository.write(
      "title: Harbor\nurl: https://releases.harbor.example/\npublish: {evidence: full}\n", to: "content/gazette.yml")
    for (version, components) in [
      ("1.0.0", #"{"type": "library", "name": "left", "version": "1.0.0", "purl": "pkg:npm/left@1.0.0"}"#),
      ("1.1.0", #"{"type": "library", "name": "left", "version": "1.2.0", "purl": "pkg:npm/left@1.2.0"}"#),
    ] {
      try repository.write(
        """
        status: released
        released: 2024-01-01
        evidence: [{id: sbom, kind: sbom, audience: \(audience), path: content/evidence/gw/\(version)/sbom.json}]

        """, to: "content/releases/gw/\(version).yml")
      try repository.write(Self.list(components), to: "content/evidence/gw/\(version)/sbom.json")
    }
    try repository.commit("List components")
    return repository
  }

  @Test("the command and the page say the same, to the public from public evidence only") func audiences() throws {
    for (audience, isShown) in [("public", true), ("internal", false)] {
      let repository = try repository(audience: audience)
      let text = try repository.gazette("diff", "gw", "1.0.0", "1.1.0")
      #expect(text.status == 0, "\(text.errors)")
      #expect(text.output.contains("~ component     left 1.0.0 → 1.2.0") == isShown, "\(text.output)")
      let all = try repository.gazette("diff", "gw", "1.0.0", "1.1.0", "--audience", "internal", "--format", "json")
      let json = try #require(try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [String: Any])
      #expect(json["vulnerabilities"] is NSNull)
      #expect((json["components"] as? [String: Any])?["unchanged"] as? Int == 0)
      #expect((json["releases"] as? [String])?.contains("1.1.0") == true)
      #expect(try repository.gazette("build", "--audience", "all").status == 0)
      for site in ["public", "internal"] {
        let page = try #require(repository.text("_site/\(site)/products/gw/1.1.0/index.html"))
        #expect(page.contains("What it is made of") == (isShown || site == "internal"))
        #expect(page.contains("1 changed, 0 as before") == (isShown || site == "internal"))
      }
    }
  }
}
