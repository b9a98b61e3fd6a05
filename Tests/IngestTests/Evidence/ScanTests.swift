import Model
import Testing

@testable import Ingest

struct ScanTests {
  @Test("entries of OSV count for each package; withdrawn ones are kept as that")
  func osv() throws {
    let report = try readEvidence(
      """
      [{"id": "GHSA-a-b-c", "modified": "2026-10-01T00:00:00Z", "aliases": ["CVE-2026-1"], "summary": "s",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
        "affected": [{"package": {"ecosystem": "npm", "name": "@x/a"}, "ranges": [{"events": [{"introduced": "0"}, {"fixed": "2"}]}]},
          {"package": {"ecosystem": "Maven", "name": "g:b"}}, {"package": {"ecosystem": "Maven", "name": "g:b"}}]},
       {"id": "OSV-2", "modified": "2026-10-02T00:00:00Z", "withdrawn": "2026-10-02T00:00:00Z", "affected": [],
        "database_specific": {"severity": "MODERATE", "cvss": {"score": 5}}}, null]
      """, as: .osv)
    let found = try #require(report.scan).vulnerabilities
    #expect(found.map(\.purl) == ["pkg:npm/@x/a", "pkg:maven/g/b", nil])
    #expect(found.map(\.score) == [9.8, 9.8, nil])
    #expect(found.map(\.severity) == [.critical, .critical, .medium])
    #expect(found[0].fixedIn == ["2"])
    #expect(found.map(\.isLive) == [true, true, false])
  }

  @Test(
    "the base score of a vector is that of the specification",
    arguments: [
      ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8), ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10),
      ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1), ("CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", 1.8),
      ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N/E:P/RL:O", 6.4),
      ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0),
      ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", nil), ("AV:N/AC:L/Au:N/C:P/I:P/A:P", nil), ("CVSS:4.0/AV:N", nil),
      ("", nil),
    ] as [(String, Double?)])
  func baseScore(_ vector: String, _ score: Double?) {
    #expect(CVSS3.baseScore(of: vector) == score)
  }

  @Test("OSV-Scanner's groups give aliases and severity; code that is not called is suppressed")
  func osvScanner() throws {
    let report = try readEvidence(
      """
      {"results": [{"source": {"path": "go.mod", "type": "lockfile"}, "packages": [{
         "package": {"name": "github.com/x/a", "version": "1.0", "ecosystem": "Go"},
         "vulnerabilities": [{"id": "GO-2026-1"}, {"id": "GHSA-a-b-c"}, {"id": "GO-2026-2"}],
         "groups": [{"ids": ["GHSA-a-b-c", "GO-2026-1"], "aliases": null, "max_severity": "7.5"},
           {"ids": ["GO-2026-2"], "max_severity": "", "experimental_analysis": {"GO-2026-2": {"called": false}}}]}]}],
       "experimental_config": {"licenses": {"summary": false}}}
      """, as: .osvScanner)
    let found = try #require(report.scan).vulnerabilities
    #expect(found.map(\.aliases) == [["GHSA-a-b-c"], ["GO-2026-1"], []])
    #expect(found.map(\.severity) == [.high, .high, nil])
    #expect(found.map(\.purl) == Array(repeating: "pkg:golang/github.com/x/a@1.0", count: 3))
    #expect(found[2].suppression?.reason == "the vulnerable code is not called")
    #expect(try readEvidence(#"{"results": []}"#, as: .osvScanner).scan?.vulnerabilities.isEmpty == true)
    #expect(try readEvidence(Array(#"{"results": [], "errors": []}"#.utf8)) == nil)
  }

  @Test("a clean report of Trivy has no results, and what was ignored is kept as that")
  func trivy() throws {
    let clean = #"{"SchemaVersion": 2, "ArtifactName": "a", "CreatedAt": "2026-10-19T10:00:00.5+02:00"}"#
    #expect(try readEvidence(clean, as: .trivy).scan?.vulnerabilities.isEmpty == true)
    #expect(try readEvidence(clean, as: .trivy).producedAt == Moment("2026-10-19T08:00:00Z"))
    let report = try readEvidence(
      """
      {"SchemaVersion": 2, "Trivy": {"Version": "0.60"}, "ArtifactName": "us:2.4",
       "Metadata": {"ImageID": "sha256:ab", "RepoDigests": ["example.org/us@sha256:cd"]},
       "Results": [{"Target": "t", "Packages": [{}, {}], "Vulnerabilities": null},
        {"Vulnerabilities": [{"VulnerabilityID": "CVE-2026-1", "VendorIDs": ["DSA-1"], "PkgName": "a", "InstalledVersion": "1",
           "FixedVersion": "1.1, 1.2", "Severity": "UNKNOWN", "SeveritySource": "ghsa",
           "PkgIdentifier": {"PURL": "pkg:deb/debian/a@1?arch=x"}, "CVSS": {"nvd": {"V2Score": 10, "V3Score": 9.8}, "ghsa": {"V3Score": 5}}}],
         "Misconfigurations": [{"Status": "FAIL"}, {"Status": "PASS"}], "Secrets": [{}],
         "ExperimentalModifiedFindings": [
           {"Type": "vulnerability", "Status": "not_affected", "Statement": "fine", "Source": "a.vex",
            "Finding": {"VulnerabilityID": "CVE-2026-2", "PkgName": "a"}},
           {"Type": "misconfiguration", "Status": "ignored", "Finding": {"ID": "X"}}]}]}
      """, as: .trivy)
    let scan = try #require(report.scan)
    #expect(scan.packages == 2)
    #expect(scan.otherFindings == 2)
    #expect(scan.vulnerabilities.map(\.id) == ["CVE-2026-1", "CVE-2026-2"])
    #expect(scan.vulnerabilities[0].aliases.isEmpty)
    #expect(scan.vulnerabilities[0].severity == nil)
    #expect(scan.vulnerabilities[0].score == 5)
    #expect(scan.vulnerabilities[0].fixedIn == ["1.1", "1.2"])
    #expect(scan.vulnerabilities[0].coordinate == "pkg:deb/debian/a")
    #expect(scan.vulnerabilities[1].suppression == .init(source: "a.vex: not affected", reason: "fine"))
    #expect(report.subjects.first?.digests.map(\.hex) == ["ab", "cd"])
    #expect(
      refusal(of: #"{"SchemaVersion": 1, "ArtifactName": "a"}"#)
        == "E050 is a report of Trivy in schema 1, which Gazette does not read")
  }

  @Test("Grype's ignored matches are kept as that, and an advisory of a distribution is no alias")
  func grype() throws {
    let report = try readEvidence(
      """
      {"matches": [
        {"vulnerability": {"id": "GHSA-a-b-c", "severity": "High", "fix": {"versions": ["2"], "state": "fixed"},
           "cvss": [{"version": "2.0", "metrics": {"baseScore": 10}}, {"version": "3.1", "metrics": {"baseScore": 7.1}}]},
         "relatedVulnerabilities": [{"id": "CVE-2026-1"}], "artifact": {"name": "a", "version": "1", "purl": "pkg:npm/a@1"}},
        {"vulnerability": {"id": "RHSA-2026:1", "severity": "Negligible"}, "relatedVulnerabilities": [{"id": "CVE-2026-2"}],
         "artifact": {"name": "b", "version": "1", "purl": ""}}],
       "ignoredMatches": [{"vulnerability": {"id": "CVE-2026-3"}, "artifact": {"name": "c"},
         "appliedIgnoreRules": [{"vex-status": "not_affected", "vex-justification": "component_not_present"}]}],
       "source": {"type": "image", "target": {"userInput": "us:2.4", "imageID": "sha256:ab", "repoDigests": ["us@sha256:cd"]}},
       "descriptor": {"name": "grype", "version": "0.90", "timestamp": "2026-10-19T10:00:00Z",
         "db": {"status": {"built": "2026-10-18T00:00:00Z"}}}}
      """, as: .grype)
    let scan = try #require(report.scan)
    #expect(scan.dataAsOf == Moment("2026-10-18T00:00:00Z"))
    #expect(scan.vulnerabilities.map(\.aliases) == [["CVE-2026-1"], [], []])
    #expect(scan.vulnerabilities.map(\.score) == [7.1, nil, nil])
    #expect(scan.vulnerabilities.map(\.severity) == [.high, .negligible, nil])
    #expect(scan.vulnerabilities[2].suppression == .init(source: "VEX", reason: "not_affected; component_not_present"))
    #expect(report.subjects.first?.digests.map(\.hex) == ["ab", "cd"])
  }
}
