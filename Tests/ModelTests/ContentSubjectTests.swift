import Model
import Testing

@Suite("What a file of the content is about") struct ContentSubjectTests {
  @Test(
    "its place tells",
    arguments: [
      ("content/gazette.yml", "site"), ("content/products/gw.yml", "product gw"),
      ("content/releases/gw/1.0.0.yml", "record gw 1.0.0"), ("content/releases/gw/1.0.0.md", "notes gw 1.0.0"),
      ("content/releases/gw/1.0.0.d/a.yml", "part gw 1.0.0"), ("content/changes/gw/x.md", "change gw"),
      ("content/evidence/gw/1.0.0/unit.xml", "evidence gw 1.0.0"), ("content/evidence/unit.xml", "evidence"),
      ("content/events/2026/x.ndjson", "events"), ("content/incidents/i.yml", "incident"),
      ("content/incidents/i.md", "notes"), ("content/metrics/gw.csv", "metrics gw"), ("content/policy/a.yml", "policy"),
      ("content/waivers/w.yml", "waiver"), ("content/eol/node.json", "end-of-life"), ("content/other/x", "other"),
      ("keys/ci.pem", "key"), ("content/releases", "record"),
    ])
  func words(path: String, words: String) {
    let subject = ContentSubject(path, in: "content")
    #expect(
      [subject.kind.rawValue, subject.product, subject.version].compactMap { $0 }.joined(separator: " ") == words)
  }
}
