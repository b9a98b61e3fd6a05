import Model
import Testing

@testable import Ingest

struct OpenVEXTests {
  @Test("a statement has the time of its document where it has none, and both shapes of names are read")
  func inherited() throws {
    let report = try readEvidence(
      """
      {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "urn:vex", "author": "us", "version": 3,
       "timestamp": "2026-10-01T00:00:00Z", "statements": [
        {"vulnerability": {"name": "CVE-2026-1", "aliases": ["GHSA-a-b-c", null]}, "status": "not_affected",
         "justification": "component_not_present", "timestamp": "2026-10-02T00:00:00.123456789+02:00",
         "products": [{"@id": "pkg:oci/us", "identifiers": {"purl": "pkg:oci/us@1", "cpe23": "cpe:x"},
           "subcomponents": [{"@id": "pkg:npm/a@1"}]}]},
        {"vulnerability": "CVE-2026-2", "status": "affected", "action_statement": "wait", "products": ["pkg:oci/us"]}]}
      """, as: .openvex)
    let vex = try #require(report.vex)
    #expect(vex.version == "3")
    #expect(vex.statements.map(\.vulnerability) == ["CVE-2026-1", "CVE-2026-2"])
    #expect(vex.statements.map { $0.at?.iso } == ["2026-10-01T22:00:00Z", "2026-10-01T00:00:00Z"])
    #expect(vex.statements[0].aliases == ["GHSA-a-b-c"])
    #expect(
      vex.statements[0].products == [
        VEXProduct(names: ["pkg:oci/us", "cpe:x", "pkg:oci/us@1"], components: ["pkg:npm/a@1"])
      ])
    #expect(vex.statements[1].products == [VEXProduct(names: ["pkg:oci/us"])])
    #expect(report.remarks.isEmpty)
  }

  @Test("not affected without a reason is remarked upon at its place and excuses nothing")
  func unjustified() throws {
    let report = try readEvidence(
      """
      {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [
        {"vulnerability": {"name": "CVE-2026-1"}, "status": "fixed"},
        {"vulnerability": {"name": "CVE-2026-2"},
         "status": "not_affected"}]}
      """, as: .openvex)
    #expect(report.vex?.statements.map(\.excuses) == [true, false])
    #expect(report.remarks.map(\.reason) == ["says that `CVE-2026-2` does not affect, and not why"])
    #expect(report.remarks.map(\.place) == [.init(line: 4, column: 14)])
  }

  @Test("a status that is none is refused")
  func unknownStatus() {
    let text = """
      {"@context": "https://openvex.dev/ns/v0.2.0",
       "statements": [{"vulnerability": "CVE-1", "status": "fine"}]}
      """
    #expect(refusal(of: text) == "E003 2:54 has an unusable value in `status`")
  }
}

struct CSAFTests {
  @Test("product ids resolve through branches, relationships and groups")
  func products() throws {
    let report = try readEvidence(
      """
      {"document": {"csaf_version": "2.0", "publisher": {"name": "us"},
        "tracking": {"id": "A-1", "version": "2", "current_release_date": "2026-10-01T00:00:00Z",
         "generator": {"engine": {"name": "maker", "version": "1"}}}},
       "product_tree": {
        "branches": [{"branches": [{"product": {"product_id": "P1", "name": "Gateway 2.4",
          "product_identification_helper": {"purl": "pkg:oci/us@2.4"}}}]}],
        "full_product_names": [{"product_id": "L1", "name": "left", "product_identification_helper": {"purl": "pkg:npm/left@1"}}],
        "relationships": [{"product_reference": "L1", "relates_to_product_reference": "P1",
          "full_product_name": {"product_id": "L1:P1", "name": "left in Gateway"}}],
        "product_groups": [{"group_id": "G", "product_ids": ["P1", "L1:P1"]}]},
       "vulnerabilities": [{"cve": "CVE-2026-1",
        "ids": [{"text": "https://bugs.example.org/1"}, {"text": "US-1"}],
        "product_status": {"known_not_affected": ["P1", "L1:P1"], "known_affected": ["P9"], "recommended": ["P1"]},
        "flags": [{"label": "component_not_present", "product_ids": ["L1:P1"]}],
        "threats": [{"category": "impact", "details": "Not reachable", "group_ids": ["G"]}],
        "remediations": [{"category": "vendor_fix", "details": "Update", "product_ids": ["P9"]}]}]}
      """, as: .csaf)
    let statements = try #require(report.vex).statements
    #expect(statements.map(\.status) == [.affected, .notAffected, .notAffected])
    #expect(statements.map(\.action) == ["Update", nil, nil])
    #expect(statements.map(\.justification) == [nil, nil, "component_not_present"])
    #expect(statements[1].impact == "Not reachable")
    #expect(statements[1].products == [VEXProduct(names: ["pkg:oci/us@2.4", "Gateway 2.4", "P1"])])
    #expect(
      statements[2].products == [
        VEXProduct(
          names: ["left in Gateway", "L1:P1", "pkg:oci/us@2.4", "Gateway 2.4", "P1"],
          components: ["pkg:npm/left@1", "left", "L1"])
      ])
    #expect(statements.allSatisfy { $0.aliases == ["US-1"] })
    #expect(report.remarks.map(\.reason) == ["speaks of the product `P9`, which its product tree lacks"])
    #expect(report.tool == EvidenceTool(name: "maker", version: "1"))
  }

  @Test("an advisory of another version is refused")
  func version() {
    #expect(refusal(of: #"{"document": {"csaf_version": "3.0"}}"#) == "E050 is CSAF `3.0`, which Gazette does not read")
  }
}
