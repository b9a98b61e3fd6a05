import Model
import Testing

@testable import Ingest

struct CycloneDXTests {
  @Test("components inside of others, null members and both shapes of tools are read")
  func shapes() throws {
    let report = try readEvidence(
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": null, "version": 1,
       "metadata": {"timestamp": "2026-10-19T12:00:00+02:00", "tools": {"components": [null, {"name": "syft", "version": "1.2"}]},
        "component": {"bom-ref": "us", "type": "application", "name": "gateway", "version": "2.4.0",
          "hashes": [{"alg": "SHA-256", "content": "AB12"}], "pedigree": {"commits": [{"uid": "c0ffee"}]}}},
       "components": [
         null,
         {"bom-ref": "a", "name": "outer", "group": "org", "version": null, "licenses": null, "components": [
           {"bom-ref": "b", "name": "inner", "version": "1", "purl": "pkg:npm/inner@1", "licenses": [
             {"license": {"id": "MIT"}}, {"license": {"name": "Ours"}}, {"expression": "MIT OR X"}, {"license": {}}, null]}]}],
       "dependencies": [{"ref": "us", "dependsOn": ["a", null, "nowhere"]}, {"ref": "a", "dependsOn": ["b"]}, {"ref": "b"}]}
      """, as: .cyclonedx)
    let list = try #require(report.components)
    #expect(list.specification == "CycloneDX 1.6")
    #expect(list.components.map(\.displayName) == ["org/outer", "inner"])
    #expect(list.components.map(\.depth) == [0, 1])
    #expect(list.components[0].version == nil)
    #expect(list.components[1].licences.map(\.text) == ["MIT", "Ours", "MIT OR X"])
    #expect(list.components[1].licences.map(\.kind) == [.expression, .name, .expression])
    #expect(list.dependencies == [.init(component: nil, needs: [0]), .init(component: 0, needs: [1])])
    #expect(report.tool == EvidenceTool(name: "syft", version: "1.2"))
    #expect(report.producedAt == Moment("2026-10-19T10:00:00Z"))
    #expect(
      report.subjects == [
        EvidenceSubject(name: "gateway", commit: "c0ffee", digests: [ContentDigest(algorithm: "sha256", hex: "ab12")])
      ])
    let old =
      #"{"bomFormat": "CycloneDX", "specVersion": "1.4", "metadata": {"tools": [{"vendor": "v", "name": "cdx"}]}}"#
    #expect(try readEvidence(old, as: .cyclonedx).tool == EvidenceTool(name: "cdx"))
  }

  @Test("a vulnerability counts for each component that it affects, and its analysis is a statement on them")
  func vulnerabilities() throws {
    let report = try readEvidence(
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
        {"bom-ref": "x", "name": "left", "version": "1", "purl": "pkg:npm/left@1"}],
       "vulnerabilities": [
        {"id": "CVE-2026-1", "references": [{"id": "GHSA-a-b-c"}],
         "ratings": [{"severity": "low", "score": 9.8, "method": "CVSSv31"}, {"severity": "high"}, {"score": 10, "method": "OWASP"}],
         "analysis": {"state": "not_affected", "justification": "code_not_reachable", "detail": "never called"},
         "affects": [{"ref": "x"}, {"ref": "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg:npm/other@2"}]},
        {"id": "CVE-2026-2", "analysis": {"state": "in_triage"}}, {"id": "CVE-2026-3", "rejected": "2026-01-01T00:00:00Z"},
        {"id": "CVE-2026-4", "analysis": {"state": "false_positive"}, "affects": [{"ref": "x"}]}]}
      """, as: .cyclonedx)
    let list = try #require(report.components)
    #expect(list.vulnerabilities.map(\.package) == ["left", "pkg:npm/other@2", "", "", "left"])
    #expect(list.vulnerabilities[0].severity == .high)
    #expect(list.vulnerabilities[0].score == 9.8)
    #expect(list.vulnerabilities[0].aliases == ["GHSA-a-b-c"])
    #expect(list.vulnerabilities[3].withdrawn != nil)
    #expect(list.statements.map(\.status) == [.notAffected, .underInvestigation, .notAffected])
    #expect(list.statements[0].products.map(\.names) == [["pkg:npm/left@1"], ["pkg:npm/other@2"]])
    #expect(list.statements[2].excuses)
    let picture = VulnerabilityPicture(scanned: list.vulnerabilities, statements: list.statements)
    #expect(picture.live.map(\.id) == ["CVE-2026-2"])
  }

  @Test("what is not as its format says is refused, with its place")
  func refused() {
    let head = #"{"bomFormat": "CycloneDX", "specVersion": "1.6","#
    #expect(
      refusal(of: head + "\n \"components\": [{\"name\": \"a\"}, {\"name\": 7}]}")
        == "E003 2:41 does not have a text in `name`")
    #expect(
      refusal(of: head + "\n\"components\": [{\"version\": \"1\"}]}")
        == "E003 2:16 lacks the member `name` in `components`")
    #expect(refusal(of: head + #""components": {}}"#)?.hasPrefix("E003 ") == true)
    let future = #"{"bomFormat": "CycloneDX", "specVersion": "2.0", "components": []}"#
    #expect(refusal(of: future) == "E050 is CycloneDX `2.0`, which Gazette does not read")
    let deep = String(repeating: #"{"name": "a", "components": ["#, count: 80) + String(repeating: "]}", count: 80)
    #expect(
      refusal(of: head + "\"components\": [" + deep + "]}")
        == "E004 has components inside of one another more than 64 deep")
  }
}

struct SPDXTests {
  @Test("NOASSERTION and NONE are not licences, and the package that the document describes is its subject")
  func document() throws {
    let text = """
      {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "documentNamespace": "https://example.org/a",
       "creationInfo": {"created": "2026-10-19T10:00:00Z", "creators": ["Organization: us", "Tool: syft-1.6.0"]},
       "packages": [
        {"SPDXID": "SPDXRef-us", "name": "gateway", "versionInfo": "NOASSERTION",
         "downloadLocation": "git+https://example.org/gateway@0123456789abcdef0123456789abcdef01234567",
         "checksums": [{"algorithm": "SHA256", "checksumValue": "ab"}]},
        {"SPDXID": "SPDXRef-a", "name": "a", "versionInfo": "1", "licenseConcluded": "NOASSERTION", "licenseDeclared": "MIT",
         "externalRefs": [{"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:a"},
          {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]},
        {"SPDXID": "SPDXRef-b", "name": "b", "licenseConcluded": "NONE", "licenseDeclared": "MIT AND X"}],
       "relationships": [
        {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-us"},
        {"spdxElementId": "SPDXRef-us", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"},
        {"spdxElementId": "SPDXRef-b", "relationshipType": "RUNTIME_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-a"}]}
      """
    let report = try readEvidence(text, as: .spdx)
    let list = try #require(report.components)
    #expect(list.subject?.name == "gateway")
    #expect(list.subject?.version == nil)
    #expect(list.components.map(\.name) == ["a", "b"])
    #expect(list.components[0].purl == "pkg:npm/a@1")
    #expect(list.components.map { $0.effectiveLicences.map(\.text) } == [["MIT"], ["NONE"]])
    #expect(list.dependencies == [.init(component: nil, needs: [0]), .init(component: 0, needs: [1])])
    #expect(report.tool == EvidenceTool(name: "syft", version: "1.6.0"))
    #expect(report.subjects.first?.commit == "0123456789abcdef0123456789abcdef01234567")

    var little: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { little += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)] }
    let wide = try #require(try readEvidence(little))
    #expect(wide.report.components == list)
    #expect(refusal(of: #"{"spdxVersion": "SPDX-1.2"}"#) == "E050 is `SPDX-1.2`, which Gazette does not read")
  }

  @Test("the elements of a graph are found by their ids, or where they stand")
  func graph() throws {
    let report = try readEvidence(
      """
      {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
       {"type": "CreationInfo", "@id": "_:c", "created": "2026-10-19T10:00:00Z", "createdUsing": ["urn:tool"]},
       {"type": "Tool", "spdxId": "urn:tool", "name": "maker"},
       {"type": "SpdxDocument", "spdxId": "urn:doc", "creationInfo": "_:c", "rootElement": ["urn:bom"]},
       {"type": "software_Sbom", "spdxId": "urn:bom", "rootElement": ["urn:us"]},
       {"type": "software_Package", "spdxId": "urn:us", "name": "gateway", "verifiedUsing": ["_:h"]},
       {"type": "Hash", "@id": "_:h", "algorithm": "sha256", "hashValue": "ab"},
       {"type": "software_Package", "spdxId": "urn:a", "name": "a", "software_packageVersion": "1",
        "externalIdentifier": [{"type": "ExternalIdentifier", "externalIdentifierType": "packageUrl", "identifier": "pkg:npm/a@1"}],
        "verifiedUsing": [{"type": "Hash", "algorithm": "sha512", "hashValue": "cd"}]},
       {"type": "software_Package", "spdxId": "urn:b", "name": "b", "software_packageUrl": "pkg:npm/b@2"},
       {"type": "Relationship", "spdxId": "urn:r1", "from": "urn:us", "to": ["urn:a", "urn:b"], "relationshipType": "dependsOn"},
       {"type": "Relationship", "spdxId": "urn:r2", "from": "urn:a", "to": ["urn:mit"], "relationshipType": "hasDeclaredLicense"},
       {"type": "Relationship", "spdxId": "urn:r3", "from": "urn:a",
        "to": ["https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion"], "relationshipType": "hasConcludedLicense"},
       {"type": "Relationship", "spdxId": "urn:r4", "from": "urn:b", "to": ["https://spdx.org/licenses/Zlib"],
        "relationshipType": "hasConcludedLicense"},
       {"type": "simplelicensing_LicenseExpression", "spdxId": "urn:mit", "simplelicensing_licenseExpression": "MIT"}]}
      """, as: .spdx)
    let list = try #require(report.components)
    #expect(list.specification == "SPDX 3.0.1")
    #expect(list.subject?.digests == [ContentDigest(algorithm: "sha256", hex: "ab")])
    #expect(list.components.map(\.purl) == ["pkg:npm/a@1", "pkg:npm/b@2"])
    #expect(list.components[0].digests == [ContentDigest(algorithm: "sha512", hex: "cd")])
    #expect(list.components.map { $0.effectiveLicences.map(\.text) } == [["MIT"], ["Zlib"]])
    #expect(list.dependencies == [.init(component: nil, needs: [0, 1])])
    #expect(report.producedAt == Moment("2026-10-19T10:00:00Z"))
    #expect(report.tool?.name == "maker")
  }
}
