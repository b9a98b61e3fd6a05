import Diagnostics
import Foundation
import Model
import Testing

@testable import Ingest

struct SupplyChainHostileTests {
  private static let markup = #"<script>alert(1)</script><img src=x onerror=a>&lt;'\u0022"#

  /// One of each format, with markup in every text that may be anything.
  private static let samples: [String] = {
    let m = markup
    let statement =
      #"{"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "\#(m)", "digest": {"\#(m)": "\#(m)"}}], "predicateType": "https://slsa.dev/provenance/v1", "predicate": {"runDetails": {"builder": {"id": "\#(m)"}}}}"#
    return [
      #"{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"name": "\#(m)"}, "tools": [{"name": "\#(m)"}]}, "components": [{"name": "\#(m)", "version": "\#(m)", "purl": "\#(m)", "licenses": [{"license": {"name": "\#(m)"}}], "hashes": [{"alg": "\#(m)", "content": "\#(m)"}]}], "vulnerabilities": [{"id": "\#(m)", "description": "\#(m)", "analysis": {"state": "not_affected", "detail": "\#(m)"}, "affects": [{"ref": "\#(m)"}]}]}"#,
      #"{"spdxVersion": "SPDX-2.3", "creationInfo": {"creators": ["Tool: \#(m)"]}, "packages": [{"SPDXID": "\#(m)", "name": "\#(m)", "licenseDeclared": "\#(m)", "versionInfo": "\#(m)"}]}"#,
      #"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [{"type": "SpdxDocument", "spdxId": "\#(m)"}, {"type": "software_Package", "spdxId": "b", "name": "\#(m)"}]}"#,
      #"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "\#(m)", "statements": [{"vulnerability": {"name": "\#(m)"}, "status": "affected", "action_statement": "\#(m)", "products": [{"@id": "\#(m)"}]}]}"#,
      #"{"document": {"csaf_version": "2.0", "tracking": {"id": "\#(m)"}}, "vulnerabilities": [{"cve": "\#(m)", "product_status": {"fixed": ["\#(m)"]}}]}"#,
      statement,
      #"{"payloadType": "application/vnd.in-toto+json", "payload": "\#(Data(statement.utf8).base64EncodedString())", "signatures": [{"sig": "\#(m)", "cert": "\#(m)"}]}"#,
      #"{"id": "\#(m)", "modified": "\#(m)", "affected": [{"package": {"name": "\#(m)", "ecosystem": "npm"}}], "summary": "\#(m)"}"#,
      #"{"results": [{"source": {"path": "\#(m)"}, "packages": [{"package": {"name": "\#(m)", "version": "\#(m)"}, "vulnerabilities": [{"id": "\#(m)"}], "groups": [{"ids": ["\#(m)"], "max_severity": "\#(m)"}]}]}]}"#,
      #"{"SchemaVersion": 2, "ArtifactName": "\#(m)", "Results": [{"Vulnerabilities": [{"VulnerabilityID": "\#(m)", "PkgName": "\#(m)", "Title": "\#(m)", "Severity": "\#(m)"}]}]}"#,
      #"{"matches": [{"vulnerability": {"id": "\#(m)", "severity": "\#(m)"}, "artifact": {"name": "\#(m)"}}], "descriptor": {"name": "grype"}, "source": {"target": "\#(m)"}}"#,
      #"{"number": 1, "title": "\#(m)", "author": {"login": "\#(m)"}, "reviews": [{"author": {"login": "\#(m)"}, "state": "APPROVED", "commit": {"oid": "\#(m)"}}]}"#,
      #"{"iid": 1, "title": "\#(m)", "author": {"username": "\#(m)"}, "approved_by": [{"user": {"name": "\#(m)"}, "approved_at": "\#(m)"}]}"#,
      #"{"commit": "\#(m)", "by": "\#(m)", "decision": "approved"}"#,
      #"{"context": {"id": "\#(m)", "source": "\#(m)", "type": "dev.cdevents.service.deployed.0.1.0", "timestamp": "2026-10-20T09:12:00Z"}, "subject": {"id": "\#(m)", "content": {"environment": {"id": "\#(m)"}}}}"#,
    ]
  }()

  @Test("markup in any text stays the text that it is")
  func markup() throws {
    for sample in SupplyChainHostileTests.samples {
      let report = try #require(try readEvidence(Array(sample.utf8)), "\(sample)").report
      let shown = "\(report)".lowercased()
      #expect(shown.contains("<script>alert(1)</script>"), "\(sample)")
      #expect(!shown.contains("&amp;lt;"))
    }
  }

  @Test("a file that breaks off anywhere is refused, never half read")
  func truncated() throws {
    for sample in SupplyChainHostileTests.samples {
      let bytes = Array(sample.utf8)
      for length in stride(from: 1, to: bytes.count, by: 7) {
        do throws(EvidenceProblem) {
          // Too little to tell what it was going to be is no evidence either.
          if let read = try readEvidence(Array(bytes[..<length])) { Issue.record("\(length) of \(sample): \(read)") }
        } catch {
          #expect(error.code.id == "E002", "\(length) of \(sample)")
        }
      }
    }
  }

  @Test("flipped bytes give a report or a reason, and never a trap")
  func flipped() {
    var seed: UInt64 = 7
    for sample in SupplyChainHostileTests.samples {
      for _ in 0..<40 {
        var bytes = Array(sample.utf8)
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(seed >> 33) % bytes.count
        bytes[place] = UInt8(truncatingIfNeeded: seed >> 24)
        do throws(EvidenceProblem) { _ = try readEvidence(bytes) } catch { #expect(!error.reason.isEmpty) }
      }
    }
  }

  @Test("a hundred thousand opening brackets are refused")
  func nested() {
    for head in [
      #"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": "#,
      #"{"document": {"csaf_version": "2.0"}, "product_tree": "#,
    ] {
      #expect(refusal(of: head + String(repeating: "[", count: 100_000))?.contains("nested deeper") == true)
      #expect(
        refusal(of: head + String(repeating: #"{"branches":["#, count: 100_000))?.contains("nested deeper") == true)
    }
  }
}
