import Diagnostics
import Model
import Pages
import Testing

/// Secrets of the sample ledger, planted in every format and encoding.
@Suite("The leak check") struct LeakCheckTests {
  private let check: LeakCheck

  init() async throws {
    var full = try sampleLedger()
    var hidden = Vulnerability(id: "CVE-2026-9999", at: place())
    hidden.embargoUntil = Moment("2026-12-01T00:00Z")
    full.shelves[0].releases[1].security.append(hidden)
    check = await LeakCheck(full: full, public: full.facts(for: .public), paths: [], slices: 2)
  }

  private static let secrets: [(path: String, text: String)] = [
    ("a/index.html", "<p>See H&#65;RB-2041</p>"),
    ("a/index.html", "<p>See <b>HA</b>RB-2041</p>"),
    ("a/index.html", "<p title=\"HARB&#x2d;2041\">x</p>"),
    ("a/index.html", "<a href=\"https://tracker.harbor.example/x\">x</a>"),
    ("a/index.html", "<a href=\"https://tracker%2Eharbor.example/x\">x</a>"),
    ("a/index.html", "<!-- HARB-2041 -->"),
    ("a/index.html", "<p>ana&commat;harbor.example</p>"),
    ("a/index.html", "<p id=\"cve-2026-9999\">x</p>"),
    ("a/index.html", "<p>We rebuilt the\n<em>key</em> store <code>after</code> the   audit of last spring.</p>"),
    (
      "feed.atom",
      "<content>&lt;p&gt;We rebuilt &lt;b&gt;the&lt;/b&gt; key store after the audit of&lt;/p&gt;</content>"
    ),
    ("feed.atom", "<content>&lt;a href=&quot;https://tracker.harbor.example&quot;&gt;</content>"),
    ("sitemap.xml", "<loc>https://x.example/CVE-2026-9999/</loc>"),
    ("feed.json", #"{"content_html":"\u003cp\u003eHARB\u002d2041\u003c/p\u003e"}"#),
    ("feed.json", #"{"content_html":"\u003cb\u003eCVE-\u003c/b\u003e2026-9999"}"#),
    ("api/v1/x.json", #"{"a":"ana\u0040harbor.example"}"#),
    ("api/v1/x.json", #"{"a":"We rebuilt the key\nstore after the audit"}"#),
    ("api/v1/x.json", #"{"https://tracker.harbor.example":1}"#),
    ("search/index/terms-ha.js", #"gazette({"terms":"ha","postings":{"harb-2041":"1||"}});"#),
    ("search/index/terms-cv.js", #"gazette({"terms":"cv","postings":{"cve-2026-9999":"1||"}});"#),
    ("search/index/documents-0.js", #"gazette({"rows":[["x","HARB-2041"]]});"#),
    ("calendar/all.ics", "SUMMARY:See HA\r\n RB-2041\r\n"),
    ("calendar/all.ics", "DESCRIPTION:We rebuilt the key\\nstore after\\, the aud\r\n it of last\r\n"),
    ("a/notes.md", "See HARB\\-2041"),
    ("a/notes.md", "We *rebuilt* the **key** store after the audit"),
    ("icon.svg", "<svg><text>HARB<tspan>-2041</tspan></text></svg>"),
    ("a/picture.png", "\u{89}PNG tEXtComment\u{0}ana@harbor.example"),
    ("a/picture.jpg", "H\u{0}A\u{0}R\u{0}B\u{0}-\u{0}2\u{0}0\u{0}4\u{0}1\u{0}"),
    ("security/CVE-2026-9999.json", "{}"),
    ("products/gateway/HARB~2d2041/index.html", "<p>x</p>"),
    ("robots.txt", "Disallow: /ana@harbor.example"),
    ("404.html", "<p data-x='https:&#47;&#47;tracker.harbor.example'>x</p>"),
  ]

  @Test("what waivers, policies, gates, builds and statements say is as internal as any text")
  func governanceTexts() async throws {
    var full = try sampleLedger()
    let words = ["waiver", "compensation", "rule", "gate", "runner", "label", "statement", "report"].map {
      "the \($0) says what nobody outside of this house should ever read"
    }
    var waiver = Waiver(
      id: located("w"), rule: located("r"), product: located("gateway"), reason: words[0], approvedBy: located("ana"),
      approvedAt: try day("2026-10-01"), expires: try day("2026-12-01"), at: place())
    waiver.compensating = words[1]
    full.policy.waivers = [waiver]
    var variant = RuleVariant(at: place())
    variant.parameters = [ParameterEntry(name: located("why"), value: located(.list([located(.scalar(words[2]))])))]
    var file = PolicyFile(path: "content/policy/p.yml")
    file.rules = [RuleEntry(id: located("r"), variants: [variant])]
    full.policy.files = [file]
    var gate = GateVerdict(located(.bypassed), at: try day("2026-10-01"), location: place())
    gate.reason = words[3]
    full.shelves[0].releases[1].gates = [gate]
    full.shelves[0].releases[1].build = BuildRun(at: place())
    full.shelves[0].releases[1].build?.runner = words[4]
    full.shelves[0].releases[1].labels = [words[5]]
    full.shelves[0].releases[1].evidence.append(EvidenceEntry(id: located("vex"), at: place()))
    var statement = VEXStatement(vulnerability: "CVE-2026-1", status: .notAffected)
    statement.impact = words[6]
    var document = VEXStatements(document: nil)
    document.statements = [statement]
    full.evidence[full.shelves[0].releases[1].id, "vex"] = .read(
      EvidenceFile(path: "vex.json", size: 1, sha256: "ab", format: .openvex, payload: .vex(document)))
    var incident = Incident(id: "i", title: "I", at: place())
    incident.reports = [Incident.OutsideReport(to: words[7])]
    full.incidents = [incident]
    let check = await LeakCheck(full: full, public: full.facts(for: .public), paths: [], slices: 2)
    for text in words {
      #expect(check.leaks(in: Array("<p>\(text)</p>".utf8), path: "a/index.html").map(\.code) == ["L006"], "\(text)")
    }
  }

  @Test("a secret is found in every format and encoding", arguments: secrets.indices)
  func planted(index: Int) {
    let (path, text) = LeakCheckTests.secrets[index]
    #expect(!check.leaks(in: Array(text.utf8), path: path).isEmpty, "\(path): \(text)")
  }

  @Test(
    "what only looks alike is none",
    arguments: [
      "<p>HARB-x, harbour, CVE-2026-99990, ana at harbor.example</p>",
      "<p>We rebuilt the key store after the fire.</p>",
      "<p>Customers asked for this.</p>",
    ])
  func harmless(text: String) {
    #expect(check.leaks(in: Array(text.utf8), path: "a/index.html").map(\.message) == [])
  }

  @Test("the site's own addresses and public files are no secrets, even in an internal text; internal files are")
  func ownAddresses() async throws {
    var full = try sampleLedger()
    full.site.url = "https://releases.harbor.example.com/"
    let root = "https://releases.harbor.example.com/"
    let file = "https://files.harbor.example.com/gateway/stable/2/4/0/gateway.tar.gz"
    let secret = "https://files.harbor.example.com/gateway/staging/debug/2/4/0/gateway.tar.gz"
    var open = Artifact(name: "gateway.tar.gz", at: place())
    open.url = file
    var hidden = Artifact(name: "debug.tar.gz", at: place())
    hidden.url = secret
    hidden.audience = .internal
    full.shelves[0].releases[0].artifacts = [open, hidden]
    let routes = await SitePlan(full.facts(for: .public), gazetteVersion: "1", slices: 1).routes
    let own = routes.map { root + $0.address }
    full.shelves[0].releases[0].reason = Located("See \(own.joined(separator: " and ")) and \(file)", at: place())
    let check = await LeakCheck(full: full, public: full.facts(for: .public), paths: routes.map(\.path), slices: 2)
    for (address, count) in own.map({ ($0, 0) }) + [(file, 0), (secret, 1)] {
      let leaks = check.leaks(in: Array("<a href=\"\(address)\">x</a>".utf8), path: "a/index.html")
      #expect(leaks.count == count, "\(address): \(leaks.map(\.message))")
    }
  }

  @Test("an image with compressed text is named")
  func compressedText() {
    let chunk: [UInt8] = [0, 0, 0, 4] + Array("zTXt".utf8) + [1, 2, 3, 4, 0, 0, 0, 0]
    let leaks = check.leaks(in: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + chunk, path: "a.png")
    #expect(leaks.map(\.code) == ["L007"])
  }

  @Test("a site without secrets is not read at all")
  func trivial() async throws {
    let ledger = Ledger(site: Site(title: "x"), asOf: Moment(seconds: 0))
    #expect(await LeakCheck(full: ledger, public: ledger.facts(for: .public), paths: [], slices: 2).isTrivial)
  }
}
