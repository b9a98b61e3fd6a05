import Crypto
import Foundation
import Model
import Testing

@testable import Ingest

struct InTotoTests {
  private func statement(
    _ type: String, _ predicate: String, subject: String = #"{"name": "a", "digest": {"sha256": "AB"}}"#
  ) -> String {
    #"{"_type": "https://in-toto.io/Statement/v1", "subject": [\#(subject)], "predicateType": "\#(type)", "predicate": \#(predicate)}"#
  }

  private func envelope(_ payload: String, type: String = "application/vnd.in-toto+json") -> String {
    let base64 = Data(payload.utf8).base64EncodedString()
    return #"{"payloadType": "\#(type)", "payload": "\#(base64)", "signatures": [{"keyid": "", "sig": "AAAA"}]}"#
  }

  @Test("provenance of SLSA v1 tells builder, time and sources; null means unset")
  func build() throws {
    let text = statement(
      "https://slsa.dev/provenance/v1",
      """
      {"buildDefinition": {"buildType": "t", "externalParameters": {"x": [1]}, "internalParameters": null, "resolvedDependencies": [
         {"uri": "git+https://example.org/a@refs/heads/main", "digest": {"gitCommit": "C0FFEE"}}, {"uri": "pkg:npm/x@1"}, null]},
       "runDetails": {"builder": {"id": "https://example.org/builder"}, "byproducts": null,
        "metadata": {"invocationId": null, "startedOn": "2026-10-19T10:00:00Z", "finishedOn": "2026-10-19T10:05:00Z"}}}
      """)
    for text in [text, envelope(text)] {
      let report = try readEvidence(text, as: .inToto)
      guard case .build(let build)? = report.provenance?.statements.first?.predicate else { throw Unrecognised() }
      #expect(build.builder == "https://example.org/builder")
      #expect(build.commits == ["c0ffee"])
      #expect(build.materials.count == 2)
      #expect(build.invocation == nil)
      #expect(report.producedAt == Moment("2026-10-19T10:05:00Z"))
      #expect(
        report.subjects == [
          EvidenceSubject(name: "a", commit: "c0ffee", digests: [ContentDigest(algorithm: "sha256", hex: "ab")])
        ])
    }
  }

  @Test("in provenance v0.2 the source is where the build's configuration came from")
  func build02() throws {
    let report = try readEvidence(
      statement(
        "https://slsa.dev/provenance/v0.2",
        """
        {"builder": {"id": "b"}, "buildType": "t", "invocation": {"configSource": {"uri": "git+x", "digest": {"sha1": "aa"}}},
         "metadata": {"buildInvocationId": "7", "buildFinishedOn": null, "completeness": {"materials": false}},
         "materials": [{"uri": "git+tools", "digest": {"sha1": "bb"}}, {"uri": "git+x", "digest": {"sha1": "aa"}}]}
        """), as: .inToto)
    #expect(report.subjects.map(\.commit) == ["aa"])
    guard case .build(let build)? = report.provenance?.statements.first?.predicate else { throw Unrecognised() }
    #expect(build.commits == ["bb", "aa"])
    #expect(build.invocation == "7")
  }

  @Test("a summary passes only when it says PASSED")
  func summary() throws {
    for (word, hasPassed) in [("PASSED", true), ("FAILED", false), ("passed?", false)] {
      let text = statement(
        "https://slsa.dev/verification_summary/v1",
        """
        {"verifier": {"id": "v"}, "timeVerified": "2026-10-19T10:00:00Z", "resourceUri": "r", "policy": {"uri": "p"},
         "verificationResult": "\(word)", "verifiedLevels": ["SLSA_BUILD_LEVEL_3"]}
        """)
      let report = try readEvidence(text, as: .inToto)
      guard case .verification(let summary)? = report.provenance?.statements.first?.predicate else {
        throw Unrecognised()
      }
      #expect(summary.hasPassed == hasPassed)
      #expect(summary.levels == ["SLSA_BUILD_LEVEL_3"])
    }
  }

  @Test("results of tests and scans and the name of a release are read; other predicates are kept by their type")
  func others() throws {
    let tests = statement(
      "https://in-toto.io/attestation/test-result/v0.1",
      #"{"result": "WARNED", "passedTests": ["a"], "warnedTests": ["b"]}"#)
    let scan = statement(
      "https://in-toto.io/attestation/vulns/v0.1",
      """
      {"scanner": {"uri": "s", "db": {"lastUpdate": "2026-10-18T00:00:00Z"}, "result": [
        {"id": "CVE-2026-1", "severity": [{"method": "nvd", "score": "medium"}, {"method": "CVSS", "score": 9.1}]}, {"id": "CVE-2026-2"}]},
       "metadata": {"scanFinishedOn": "2026-10-19T00:00:00Z"}}
      """)
    let release = statement(
      "https://in-toto.io/attestation/release/v0.1", #"{"purl": "pkg:npm/a@1", "releaseId": "7"}"#)
    let other = statement("https://example.org/x", "[1]")
    let report = try readEvidence([tests, scan, release, envelope(other)].joined(separator: "\n") + "\n", as: .inToto)
    let statements = try #require(report.provenance).statements
    #expect(statements.count == 4)
    guard case .tests(let result) = statements[0].predicate, case .vulnerabilities(let found) = statements[1].predicate,
      case .release(let named) = statements[2].predicate, case .other = statements[3].predicate
    else { throw Unrecognised() }
    #expect(result.result == .warned)
    #expect(found.dataAsOf == Moment("2026-10-18T00:00:00Z"))
    #expect(found.vulnerabilities.map(\.severity) == [.medium, nil])
    #expect(found.vulnerabilities[0].score == 9.1)
    #expect(named == AttestedRelease(purl: "pkg:npm/a@1", id: "7"))
    #expect(statements[3].predicateType == "https://example.org/x")
    #expect(report.subjects.count == 1)
    #expect(report.signed.map(\.signatures.count) == [0, 0, 0, 1])
  }

  @Test("what is no statement is a signed document of its type, and its signature is checked all the same")
  func document() throws {
    let key = P256.Signing.PrivateKey()
    let signed = SignedContent.preAuthentication(type: "text/x; a=\u{1}", payload: Array("{".utf8))
    let signature = try key.signature(for: signed).derRepresentation.base64EncodedString()
    let text = """
      {"payloadType": "text/x; a=\\u0001", "payload": "ew==", "signatures": [{"sig": "\(signature)"}]}
      """
    for (pem, result) in [
      (key.publicKey.pemRepresentation, SignatureResult.verified(key: "k")),
      (P256.Signing.PrivateKey().publicKey.pemRepresentation, .fails(reason: "it does not fit the key k")),
    ] {
      var report = try readEvidence(text, as: .inToto)
      report.verify(with: try VerificationKeys(pems: ["k": pem]))
      let attestation = try #require(report.provenance?.statements.first)
      #expect(attestation.predicate == .document)
      #expect(attestation.predicateType?.hasPrefix("text/x; a=") == true)
      #expect(attestation.signatures == 1)
      #expect(attestation.signature == result)
    }
    #expect(refusal(of: envelope("{}", type: "text/x").replacing("e30=", with: "*"))?.contains("no base64") == true)
  }

  @Test("what is no statement is refused, with the reason")
  func refused() throws {
    let twice = Data(statement("t", "{}").utf8).base64EncodedString()
    let cases = [
      (envelope(twice), "E002 has a payload that is base64 of base64"),
      (envelope("{"), "E002 has a payload that breaks off within its JSON text"),
      (envelope(#"{"_type": "link"}"#), "E003 has a payload of the type `link`, which is no statement of in-toto"),
      (
        #"{"payloadType": "application/vnd.in-toto+json", "payload": "*", "signatures": []}"#,
        "E002 has a payload that is no base64"
      ),
      (
        statement("https://in-toto.io/attestation/test-result/v0.1", #"{"result": "GREEN"}"#),
        "E003 has the result `GREEN`, which is none of `PASSED`, `WARNED`, `FAILED`"
      ),
      (
        envelope(#"{"_type": "https://in-toto.io/Statement/v1", "predicateType": "t"}"#),
        "E003 has a payload that lacks the member `subject`"
      ),
    ]
    for (text, reason) in cases {
      let words = try #require(refusal(of: text)).split(separator: " ", maxSplits: 2).map(String.init)
      #expect(words[0] + " " + words[2] == reason)
      let payload = text.utf8.firstRange(of: Array(#""payload": "#.utf8))?.upperBound
      let column = payload.map { text.utf8.distance(from: text.startIndex, to: $0) + 1 } ?? 1
      #expect(words[1] == "1:\(column)")
    }
  }
}
