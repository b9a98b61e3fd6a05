import Diagnostics
import Governance
import Model
import Testing

/// What rules say of evidence beyond their examples: nothing there, nothing in it, not to be read, of something else.
@Suite("Rules that judge evidence") struct EvidenceRulesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var rule: String
    var setting = "{}"
    /// Each file with the rest of its entry; a name alone where there is none.
    var files: [(name: String, entry: String, text: String?)] = []
    var record = ""
    var more: [String: String] = [:]
    /// Whether the entries say that they are of the day before the release.
    var isDated = true
    var result: Outcome.Result
    /// What the reasons contain.
    var words: String

    var testDescription: String { name }
  }

  private static let passing = "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>"
  private static let commit = "3f2a9c1d5e7b8a6f4c2d1e0b9a8f7c6d5e4b3a21"
  private static let digest = String(repeating: "5f", count: 32)

  private static func sbom(_ components: String, metadata: String = "") -> String {
    "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \(metadata)\"components\": [\(components)]}"
  }

  private static func trivy(_ vulnerability: String, at moment: String = "2026-10-19T10:00:00Z") -> String {
    """
    {"SchemaVersion": 2, "CreatedAt": "\(moment)", "ArtifactName": "gateway",
     "Results": [{"Vulnerabilities": [\(vulnerability)]}]}
    """
  }

  private static let hashed = """
    "metadata": {"component": {"name": "g", "hashes": [{"alg": "SHA-256", "content": "\(digest)"}]}},
    """

  private static let unrated = "{\"VulnerabilityID\": \"CVE-2026-2\", \"PkgName\": \"p\", \"Severity\": \"UNKNOWN\"}"
  private static let high = "{\"VulnerabilityID\": \"CVE-2026-1\", \"PkgName\": \"p\", \"Severity\": \"HIGH\"}"

  private static func vex(at moment: String) -> String {
    """
    {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://harbor.example/vex/1", "author": "Dana", "version": 1,
     "timestamp": "\(moment)", "statements": [{"vulnerability": {"name": "CVE-2026-1"},
     "products": [{"@id": "gateway"}], "status": "not_affected", "justification": "component_not_present"}]}
    """
  }

  private static let advisory = """
    {"schema_version": "1.7.0", "id": "HARBOR-1", "aliases": ["CVE-2026-1"], "modified": "2026-10-19T10:00:00Z",
     "affected": [{"package": {"ecosystem": "Harbor", "name": "gateway"}}],
     "database_specific": {"severity": "CRITICAL"}}
    """

  private static let earlierScan = [
    "releases/gateway/2.3.1.yml": """
    status: released
    released: 2026-09-01T09:00Z
    evidence: [{id: scan, kind: scan, path: content/evidence/old.json}]

    """, "evidence/old.json": trivy(high, at: "2026-08-30T10:00:00Z"),
  ]

  private static func ofGateway(_ name: String) -> String {
    "\"metadata\": {\"component\": {\"name\": \"\(name)\", \"version\": \"2.4.0\"}}, "
  }

  private static let purl = "{\"name\": \"a\", \"version\": \"1\", \"purl\": \"pkg:npm/a@1\"}"

  private static let sarif = """
    {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{"tool": {"driver": {
      "name": "lint", "rules": [{"id": "sql", "properties": {"security-severity": "9.8"}}]}},
      "results": [{"ruleId": "sql", "ruleIndex": 0, "level": "error", "message": {"text": "Injection"}}]}]}
    """

  static let cases: [Case] = [
    Case(
      name: "a page that is called a bill of materials", rule: "evidence-present", setting: "{kinds: [sbom]}",
      files: [("readme.md", "kind: sbom", "# Read me\n")], result: .failed, words: "holds nothing of the kind"),
    Case(
      name: "an empty report of tests", rule: "evidence-present",
      files: [("u.xml", "kind: tests", "<testsuite name=\"s\"/>")], result: .failed, words: "holds nothing of the kind"),
    Case(
      name: "a report that came after it was due", rule: "evidence-present",
      files: [("u.xml", "kind: tests, at: 2026-10-25", passing)], result: .failed, words: "after it was due"),
    Case(
      name: "a report of tests that holds components", rule: "tests-passed",
      files: [("s.json", "kind: tests", sbom(purl))], result: .unverifiable, words: "holds something else"),
    Case(
      name: "a bill of materials of another product", rule: "sbom-complete",
      files: [("s.json", "kind: sbom", sbom(purl, metadata: ofGateway("auth")))], result: .unverifiable,
      words: "does not say of which artifact"),
    Case(
      name: "a bill of materials without the bytes that the record has", rule: "sbom-complete",
      files: [("s.json", "kind: sbom", sbom(purl, metadata: ofGateway("gateway")))],
      record: "artifacts: [{name: g, digest: 'sha256:\(digest)'}]", result: .unverifiable,
      words: "does not say of which artifact"),
    Case(
      name: "a vulnerability that static analysis found", rule: "vulnerabilities-acceptable",
      files: [("t.json", "kind: scan", trivy("")), ("l.sarif", "kind: scan", sarif)], result: .failed,
      words: "`sql` in"),
    Case(
      name: "a statement on a control that came too late", rule: "control-evidenced",
      setting: "{controls: [CC7.2], within: P7D}",
      files: [("c.txt", "controls: [CC7.2], by: ana, at: 2026-10-31", "Watched\n")], result: .failed,
      words: "has no evidence"),
    Case(name: "no tests", rule: "tests-passed", result: .failed, words: "has no report of tests"),
    Case(
      name: "a report without cases", rule: "tests-passed",
      files: [("u.xml", "kind: tests", "<testsuite name=\"s\"/>")],
      result: .failed, words: "has no test case"),
    Case(
      name: "only skipped tests", rule: "tests-passed",
      files: [("u.xml", "kind: tests", "<testsuite><testcase name=\"a\"><skipped/></testcase></testsuite>")],
      result: .failed, words: "only tests that were skipped"),
    Case(
      name: "fewer tests than asked", rule: "tests-passed", setting: "{min_cases: 2}",
      files: [("u.xml", "kind: tests", passing)], result: .failed, words: "the policy asks for 2"),
    Case(
      name: "more skipped than allowed", rule: "tests-passed", setting: "{max_skipped: 0}",
      files: [
        (
          "u.xml", "kind: tests",
          "<testsuite><testcase name=\"a\"/><testcase name=\"b\"><skipped/></testcase></testsuite>"
        )
      ], result: .failed, words: "1 test did not run"),
    Case(
      name: "tests elsewhere", rule: "tests-passed", files: [("u.xml", "kind: tests", nil)], result: .unverifiable,
      words: "kept elsewhere"),
    Case(
      name: "tests beside tests elsewhere", rule: "tests-passed",
      files: [("a.xml", "kind: tests", passing), ("u.xml", "kind: tests", nil)], result: .unverifiable,
      words: "kept elsewhere"),
    Case(
      name: "tests of the day after", rule: "tests-passed",
      files: [("u.xml", "kind: tests, at: 2026-10-21T08:00Z", passing)], result: .failed, words: "does not count"),
    Case(
      name: "another file than the pinned one", rule: "tests-passed",
      files: [("u.xml", "kind: tests, sha256: \(digest)", passing)], result: .unverifiable, words: "the record pins"),
    Case(
      name: "a pinned file that was edited", rule: "evidence-unchanged",
      files: [("u.xml", "kind: tests, sha256: \(digest)", passing)], result: .failed, words: "the record pins"),
    Case(
      name: "a report tied to nothing", rule: "evidence-matches", files: [("u.xml", "at: 2026-10-19", passing)],
      result: .unverifiable, words: "nothing ties"),
    Case(
      name: "a report of a commit where the release has none", rule: "evidence-matches",
      files: [("u.xml", "commit: \(commit), at: 2026-10-19", passing)], result: .unverifiable,
      words: "nothing ties"),
    Case(
      name: "a report of nobody knows when", rule: "evidence-matches",
      files: [("u.xml", "commit: \(commit.prefix(10))", passing)], record: "commit: \(commit)", isDated: false,
      result: .unverifiable, words: "nothing says when"),
    Case(
      name: "tests of nobody knows when", rule: "tests-passed", files: [("u.xml", "kind: tests", passing)],
      isDated: false, result: .unverifiable, words: "may have come too late"),
    Case(
      name: "tests of nobody knows when that failed", rule: "tests-passed",
      files: [("u.xml", "kind: tests", "<testsuite><testcase name=\"a\"><failure/></testcase></testsuite>")],
      isDated: false, result: .failed, words: "1 of 1 test"),
    Case(
      name: "a report of nobody knows when, present", rule: "evidence-present",
      files: [("u.xml", "kind: tests", passing)], isDated: false, result: .unverifiable, words: "may have come too late"
    ),
    Case(
      name: "a statement on a control of nobody knows when", rule: "control-evidenced",
      setting: "{controls: [CC7.2], within: P7D}", files: [("c.txt", "controls: [CC7.2], by: ana", "Watched\n")],
      isDated: false, result: .unverifiable, words: "may have come too late"),
    Case(
      name: "an excuse of nobody knows when", rule: "vulnerabilities-acceptable",
      files: [
        ("t.json", "kind: scan", trivy(high)),
        ("v.json", "kind: vex", vex(at: "").replacing("\"timestamp\": \"\", ", with: "")),
      ], isDated: false, result: .failed, words: "`CVE-2026-1` in `p` is high"),
    Case(
      name: "one report under two names", rule: "tests-passed", setting: "{min_cases: 2}",
      files: [("u.xml", "kind: tests", passing), ("v.xml", "kind: tests", passing)], result: .failed,
      words: "the policy asks for 2"),
    Case(
      name: "reports without pinned digests, which are one thing", rule: "evidence-unchanged",
      files: [("u.xml", "kind: tests", passing), ("v.xml", "kind: tests", passing), ("w.xml", "kind: tests", passing)],
      result: .failed, words: "3 entries of evidence have no pinned digest"),
    Case(
      name: "a report of last year", rule: "evidence-matches", setting: "{max_age: P30D}",
      files: [("u.xml", "commit: \(commit), at: 2025-10-19", passing)], record: "commit: \(commit)", result: .failed,
      words: "more than 30 days before"),
    Case(
      name: "a report of the day after beside one in time", rule: "evidence-matches",
      files: [
        ("u.xml", "commit: \(commit), at: 2026-10-19", passing),
        ("v.xml", "commit: \(commit), at: 2026-10-25", passing),
      ], record: "commit: \(commit)", result: .passed, words: "left aside"),
    Case(
      name: "a report of the day after alone", rule: "evidence-matches",
      files: [("v.xml", "commit: \(commit), at: 2026-10-25", passing)], record: "commit: \(commit)", result: .failed,
      words: "after it was due"),
    Case(
      name: "no evidence to match", rule: "evidence-matches", result: .notApplicable, words: "no evidence"),
    Case(
      name: "a list of the artifact", rule: "evidence-matches",
      files: [
        (
          "s.json", "kind: sbom, at: 2026-10-19",
          sbom(
            "{\"name\": \"a\"}",
            metadata:
              hashed
          )
        )
      ], record: "artifacts: [{name: g, digest: 'sha256:\(digest)'}]", result: .passed, words: "by digest"),
    Case(
      name: "more lines than a number holds", rule: "coverage-sufficient", setting: "{min: 0.5}",
      files: [
        (
          "c.info", "kind: coverage",
          String(repeating: "SF:a.c\nLF:9223372036854775807\nLH:9223372036854775807\nend_of_record\n", count: 2)
        )
      ], result: .passed, words: "are covered"),
    Case(
      name: "coverage of nothing", rule: "coverage-sufficient",
      files: [("c.info", "kind: coverage", "TN:\nSF:a.c\nLF:0\nLH:0\nend_of_record\n")], result: .failed,
      words: "shows nothing"),
    Case(
      name: "measured without limits", rule: "performance-within-limits",
      files: [("p.csv", "kind: performance", "metric,value\nlatency,3\n")], result: .failed, words: "against a limit"),
    Case(
      name: "a metric that nobody measured", rule: "performance-within-limits", setting: "{metrics: [memory]}",
      files: [("p.csv", "kind: performance", "metric,value,unit,limit\nlatency,3,ms,4\n")], result: .failed,
      words: "nothing measures `memory`"),
    Case(
      name: "an empty bill of materials", rule: "sbom-complete", files: [("s.json", "kind: sbom", sbom(""))],
      result: .failed, words: "lists no component"),
    Case(
      name: "a bill of materials of nothing in particular", rule: "sbom-complete",
      files: [("s.json", "kind: sbom", sbom("{\"name\": \"a\", \"version\": \"1\", \"purl\": \"pkg:npm/a@1\"}"))],
      result: .unverifiable, words: "does not say of which artifact"),
    Case(
      name: "a bill of materials of the version before", rule: "sbom-complete",
      files: [
        (
          "s.json", "kind: sbom",
          sbom(
            "{\"name\": \"a\", \"version\": \"1\", \"purl\": \"pkg:npm/a@1\"}",
            metadata: "\"metadata\": {\"component\": {\"name\": \"gateway\", \"version\": \"2.3.1\"}}, ")
        )
      ], result: .failed, words: "of the version `2.3.1`"),
    Case(
      name: "licences without a list", rule: "licences-allowed", result: .unverifiable, words: "does not say which"),
    Case(
      name: "only licences that nobody can tell", rule: "licences-allowed", setting: "{allowed: [MIT]}",
      files: [("s.json", "kind: sbom", sbom("{\"name\": \"a\"}"))], result: .failed, words: "nobody can tell"),
    Case(
      name: "one licence that nobody can tell", rule: "licences-allowed", setting: "{allowed: [MIT]}",
      files: [
        (
          "s.json", "kind: sbom",
          sbom("{\"name\": \"a\"}, {\"name\": \"b\", \"licenses\": [{\"license\": {\"id\": \"MIT\"}}]}")
        )
      ], result: .passed, words: "nobody can tell that of `a`"),
    Case(
      name: "no ends of life to look at", rule: "components-allowed",
      files: [("s.json", "kind: sbom", sbom("{\"name\": \"a\", \"version\": \"1\"}"))], result: .unverifiable,
      words: "no file in `content/eol`"),
    Case(
      name: "a component on the deny list", rule: "components-allowed",
      setting: "{deny: ['a@1.*'], ends_of_life: false}",
      files: [("s.json", "kind: sbom", sbom("{\"name\": \"a\", \"version\": \"1.2\"}"))], result: .failed,
      words: "on the deny list: `a 1.2`"),
    Case(
      name: "a component on the deny list, in other letters", rule: "components-allowed",
      setting: "{deny: ['Log4j-Core'], ends_of_life: false}",
      files: [("s.json", "kind: sbom", sbom("{\"name\": \"log4j-core\", \"version\": \"2\"}"))], result: .failed,
      words: "on the deny list"),
    Case(
      name: "a cycle that the list does not know", rule: "components-allowed",
      files: [("s.json", "kind: sbom", sbom("{\"name\": \"a\", \"version\": \"9.1\"}"))],
      more: ["eol/a.json": "[{\"cycle\": \"8\", \"eol\": false}]"], result: .unverifiable, words: "does not say when"),
    Case(
      name: "no scan", rule: "vulnerabilities-acceptable",
      files: [("v.json", "kind: vex", vex(at: "2026-10-19T10:00:00Z"))],
      result: .failed, words: "has no scan"),
    Case(
      name: "a vulnerability that nobody rated", rule: "vulnerabilities-acceptable",
      files: [("t.json", "kind: scan", trivy(unrated))], result: .failed, words: "is rated by nobody"),
    Case(
      name: "a vulnerability as bad as accepted", rule: "vulnerabilities-acceptable", setting: "{max_severity: high}",
      files: [("t.json", "kind: scan", trivy(high))], result: .passed, words: "nothing that counts is above high"),
    Case(
      name: "the advisory of what it fixes", rule: "vulnerabilities-acceptable",
      files: [("t.json", "kind: scan", trivy("")), ("a.json", "kind: advisory, at: 2026-10-19", advisory)],
      result: .passed, words: "nothing that counts"),
    Case(
      name: "a scan after it went out", rule: "vulnerabilities-acceptable",
      files: [("t.json", "kind: scan", trivy(high, at: "2026-10-28T10:00:00Z"))], result: .failed,
      words: "does not count"),
    Case(
      name: "an excuse in time", rule: "vulnerabilities-acceptable",
      files: [("t.json", "kind: scan", trivy(high)), ("v.json", "kind: vex", vex(at: "2026-10-19T10:00:00Z"))],
      result: .passed, words: "VEX says not affected: component not present"),
    Case(
      name: "an excuse after it went out", rule: "vulnerabilities-acceptable",
      files: [("t.json", "kind: scan", trivy(high)), ("v.json", "kind: vex", vex(at: "2026-10-28T10:00:00Z"))],
      result: .failed, words: "`CVE-2026-1` in `p` is high"),
    Case(
      name: "data of nobody knows when", rule: "vulnerabilities-acceptable", setting: "{max_data_age: P7D}",
      files: [("t.json", "kind: scan", trivy(""))], result: .unverifiable, words: "how old"),
    Case(
      name: "a fix that nobody names", rule: "security-disclosed",
      files: [("t.json", "kind: scan", trivy(""))], more: earlierScan, result: .failed,
      words: "fixes `CVE-2026-1`, high, in `p`"),
    Case(
      name: "a fix that is named", rule: "security-disclosed",
      files: [("t.json", "kind: scan", trivy(""))],
      record: "security: [{id: GHSA-aaaa-bbbb-cccc, aliases: [cve-2026-1], severity: high}]", more: earlierScan,
      result: .passed, words: "nothing was fixed that it does not name"),
    Case(
      name: "a vulnerability that is still there", rule: "security-disclosed",
      files: [("t.json", "kind: scan", trivy(high))], more: earlierScan, result: .passed, words: "it fixes nothing"),
    Case(
      name: "a scan elsewhere to compare with", rule: "security-disclosed",
      files: [("t.json", "kind: scan", nil)], more: earlierScan, result: .unverifiable, words: "kept elsewhere"),
    Case(
      name: "no scan to compare with", rule: "security-disclosed", more: earlierScan, result: .notApplicable,
      words: "no scan"),
    Case(
      name: "no artifact to prove", rule: "provenance-verified", result: .failed, words: "names no artifact"),
    Case(
      name: "an artifact that nobody speaks of", rule: "provenance-verified",
      record: "artifacts: [{name: g, digest: 'sha256:\(digest)'}]", result: .failed, words: "nothing attests"),
  ]

  @Test("fail closed, and take what came too late for nothing", arguments: cases) func judged(example: Case)
    async throws
  {
    var files = example.more
    var entries = ""
    for (index, file) in example.files.enumerated() {
      var fields = file.entry.isEmpty ? "" : ", " + file.entry
      if example.isDated, !fields.contains("at: ") { fields += ", at: 2026-10-19" }
      let place =
        file.text == nil
        ? "url: 'https://evidence.harbor.example/\(file.name)', sha256: \(Self.digest)"
        : "path: content/evidence/\(file.name)"
      entries += "  - {id: e\(index), \(place)\(fields)}\n"
      files["evidence/\(file.name)"] = file.text
    }
    files["releases/gateway/2.4.0.yml"] =
      "status: released\nreleased: 2026-10-20T09:42Z\n" + example.record + "\n"
      + (entries.isEmpty ? "" : "evidence:\n" + entries)
    files["policy/p.yml"] = "rules: {\(example.rule): \(example.setting)}\n"
    let (judgement, report) = try await ExampleCheckout.judge(files)
    #expect(report.diagnostics.filter { $0.severity == .error } == [])
    let outcome = try #require(judgement?[ReleaseID(product: ProductID("gateway"), version: "2.4.0"), example.rule])
    let reasons = outcome.reasons.map(\.text)
    #expect(outcome.result == example.result, "\(reasons)")
    #expect(reasons.contains { $0.contains(example.words) }, "\(reasons)")
  }
}
