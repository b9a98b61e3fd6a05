import Foundation
import Testing

/// What a customer gets to see, read byte by byte and decoded as a curious one would.
@Suite("The public output") struct PublicOutputTests {
  /// Each stands in exactly one place of the content that the public must not see.
  private static let secrets = [
    "Zelda Quux", "zelda.quux@harbor.example", "wrap-the-gizmo", "frobnicated", "HARB-4711", "tracker.harbor.example",
    "CVE-2098-12345", "GHSA-aaaa-bbbb-cccc", "overflowed-parser", "grommets", "Xylophone", "xylo", "hushed-page",
    "Whispering",
    "2.9.9", "Sealed envelope", "marginalia", "bollards", "inc-gremlin", "Gremlins", "rollout-77", "/ci/hushed",
  ]

  private static func event(_ id: String, of release: String, at time: String) -> String {
    #"{"context": {"version": "0.4.1", "id": "\#(id)", "source": "/ci/hushed", "#
      + #""type": "dev.cdevents.service.deployed.0.1.1", "timestamp": "\#(time)"}, "#
      + #""subject": {"id": "s", "content": {"environment": {"id": "live"}, "artifactId": "pkg:generic/\#(release)"}}}"#
  }

  private func repository() throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": """
      title: Harbor
      url: https://releases.harbor.example/
      private: {links: ['https://tracker.harbor.example/'], patterns: ['HARB-\\d+']}
      publish: {metrics: full}
      environments: [{id: live, name: Live, production: true}]
      metrics: {availability: {unit: '%', objective: 99.9}}
      people: {zelda: {name: Zelda Quux, emails: [zelda.quux@harbor.example], public: false}}
      """,
      "content/products/gw.yml": "name: Gateway\nsource: {tags: 'v{version}', discover: true}\n",
      "content/products/xylo.yml": "name: Xylophone\naudience: internal\n",
      "content/releases/xylo/1.0.0.yml": "status: released\nreleased: 2023-01-01\n",
      "content/releases/gw/1.0.0.yml": "status: released\nreleased: 2023-01-01\n",
      "content/releases/gw/1.1.0.yml": """
      status: released
      released: 2023-01-02
      owner: zelda
      reason: The grommets were late (HARB-4711)
      changes:
        - {id: open, kind: fix, text: A fix for everybody}
        - {id: wrap-the-gizmo, kind: internal, text: The gizmo is frobnicated, audience: internal}
        - {id: overflowed-parser, kind: security, text: 'CVE-2098-12345: no bollards', embargo_until: 2098-01-01T00:00Z}
      security:
        - {id: CVE-2098-12345, aliases: [GHSA-aaaa-bbbb-cccc], severity: high, summary: Bollards, embargo_until: 2098-01-01T00:00Z}
      approvals: [{by: zelda, role: qa, at: 2023-01-02, decision: approved}]
      """,
      "content/releases/gw/1.1.0.md": """
      Hello everybody.

      > [!INTERNAL]
      > Some marginalia, see https://tracker.harbor.example/browse/HARB-4711
      """,
      "content/releases/gw/2.9.9.yml": """
      status: released
      released: 2023-01-03
      title: Sealed envelope
      embargo_until: 2098-01-01T00:00Z
      """,
      "content/events/a.ndjson": [
        Self.event("rollout-77", of: "gw@1.1.0", at: "2023-01-02T10:00:00Z"),
        Self.event("rollout-78", of: "gw@2.9.9", at: "2023-01-03T10:00:00Z"),
        Self.event("rollout-79", of: "xylo@1.0.0", at: "2023-01-03T10:00:00Z"),
      ].joined(separator: "\n"),
      "content/incidents/inc-gremlin.yml": """
      title: Gremlins
      products: [gw, xylo]
      caused_by: {product: gw, version: 1.1.0}
      detected: 2023-01-02T11:00Z
      resolved: 2023-01-02T12:00Z
      """,
      "content/metrics/gw.csv": "date,metric,value\n2023-01-02,availability,99.5\n",
      "content/metrics/xylo.csv": "date,metric,value\n2023-01-02,availability,12.25\n",
      "content/pages/hushed-page.md": "---\ntitle: Whispering\naudience: internal\n---\nText\n",
      "content/pages/open.md": "---\ntitle: Open\n---\nSee [the other](hushed-page.md).\n",
    ])
    try repository.commit("Release")
    return repository
  }

  /// The text as it stands, and as readers of HTML, addresses and JSON would have it.
  private func readings(of text: String) -> [String] {
    var plain = text
    for (escape, character) in [
      ("&#64;", "@"), ("&#x40;", "@"), ("%40", "@"), ("\\u0040", "@"), ("\\/", "/"), ("&#x2F;", "/"), ("&#47;", "/"),
      ("%2F", "/"),
      ("&#45;", "-"), ("%2D", "-"), ("%20", " "), ("&nbsp;", " "), ("\\n", " "),
    ] { plain = plain.replacingOccurrences(of: escape, with: character) }
    var isTag = false
    let untagged = plain.filter { character in
      if character == "<" { isTag = true }
      defer { if character == ">" { isTag = false } }
      return !isTag
    }
    return [text, plain, untagged, plain.removingPercentEncoding ?? ""].map { $0.lowercased() }
  }

  private func check(_ text: String, of name: String) {
    let readings = readings(of: text)
    for secret in Self.secrets where readings.contains(where: { $0.contains(secret.lowercased()) }) {
      Issue.record("\(name) holds `\(secret)`")
    }
  }

  @Test(
    "no file and no file name of the public site holds anything private, also in a preview", arguments: [false, true])
  func site(isPreview: Bool) throws {
    let repository = try repository()
    let options = isPreview ? ["--as-of", "2099-01-01T00:00Z", "--preview"] : []
    let outcome = try GazetteProcess.run(["build", "--audience", "all"] + options, in: repository.path)
    #expect(outcome.status == 0, "\(outcome.output)")
    let files = repository.contents(of: "_site/public")
    #expect(files.count > 20)
    #expect(files["metrics/gw/deployment-frequency.csv"] != nil && files["metrics/gw/measured-availability.csv"] != nil)
    #expect(!files.keys.contains { $0.hasPrefix("metrics/xylo") })
    for (name, bytes) in files {
      check(name, of: name)
      check(String(decoding: bytes, as: UTF8.self), of: name)
    }
    // The internal site has them all, so the words above are the right ones.
    let internalSite = repository.contents(of: "_site/internal").map {
      $0.key + String(decoding: $0.value, as: UTF8.self)
    }
    .joined(separator: "\n").lowercased()
    for secret in ["wrap-the-gizmo", "frobnicated", "cve-2098-12345", "xylophone", "whispering", "sealed envelope"] {
      #expect(internalSite.contains(secret), "\(secret)")
    }
  }

  @Test(
    "notes and diff hold back what the site holds back, also in a preview and in what they suggest",
    arguments: [
      ["notes", "gw", "1.0.0..1.1.0"], ["notes", "gw", "1.0.0..1.1.0", "--format", "json"],
      ["notes", "gw", "1.0.0..1.1.0", "--format", "html"], ["diff", "gw", "1.0.0", "1.1.0"],
      ["diff", "gw", "1.0.0", "1.1.0", "--format", "json"], ["build", "--plan"],
      ["notes", "gw", "1.0.0..1.9.9"], ["diff", "zzz", "1.0.0", "1.1.0"],
    ])
  func commands(arguments: [String]) throws {
    let repository = try repository()
    for options in [[], ["--as-of", "2099-01-01T00:00Z", "--preview"]] {
      let outcome = try GazetteProcess.run(arguments + options, in: repository.path)
      check(outcome.output + outcome.errors, of: arguments.joined(separator: " "))
      #expect(!(outcome.output + outcome.errors).isEmpty)
    }
  }

  @Test(
    "another folder, time zone, locale, home and number of jobs give the same bytes, and a second build writes nothing")
  func sameBytes() throws {
    let first = try repository()
    let second = try repository()
    #expect(
      try first.gazette("build", "--audience", "all", "--jobs", "1", environment: ["TZ": "Asia/Tokyo", "LC_ALL": "C"])
        .status == 0)
    let other = try second.shell(
      "umask 077; find . -exec touch -d 2001-01-01 {} +; cd content/products; exec \"$0\" build --audience all --jobs 64 --output ../../_site",
      environment: ["TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent"])
    #expect(other.status == 0, "\(other.errors)")
    let bytes = first.contents(of: "_site")
    #expect(bytes.count > 40)
    #expect(bytes == second.contents(of: "_site"))

    let again = try first.shell(
      "find _site -type f -exec touch -d 2001-01-01 {} +; \"$0\" build --audience all --jobs 2 > /dev/null; find _site -type f -newermt 2002-01-01"
    )
    #expect(again.output == "")
    #expect(first.contents(of: "_site") == bytes)
  }
}
