import Diagnostics
import Export
import Foundation
import Governance
import Model
import Testing

@Suite("The verdict of a release") struct VerdictTests {
  private struct Read: Decodable {
    struct Subject: Decodable {
      var name: String
      var digest: [String: String]
    }
    struct Predicate: Decodable {
      struct Verifier: Decodable { var id: String }
      struct Policy: Decodable {
        var uri: String
        var digest: [String: String]
      }
      var verifier: Verifier
      var timeVerified: String
      var resourceUri: String
      var policy: Policy
      var verificationResult: String
      var verifiedLevels: [String]
    }
    var _type: String
    var predicateType: String
    var subject: [Subject]
    var predicate: Predicate
  }

  private func verdict(_ release: Release, isOpen: Bool = true) throws -> ReleaseVerdict {
    ReleaseVerdict(
      release, to: DeploymentEnvironment(id: "eu-production", name: "Production", isProduction: true), isOpen: isOpen,
      obstacles: [], outcomes: [], evidence: [], asOf: try #require(Moment("2026-11-02T09:00Z")),
      policyDigest: "ab", gazetteVersion: "0.1.0")
  }

  private func read(_ verdict: ReleaseVerdict) throws -> Read {
    try JSONDecoder().decode(Read.self, from: Data(try #require(verdict.statement).bytes))
  }

  @Test("it is about the artifacts' digests, and has what the predicate requires") func artifacts() throws {
    var release = try release("2.4.0+b.1")
    var artifact = Artifact(name: "gateway.tar.gz", at: place())
    artifact.digest = "sha256:" + String(repeating: "ab", count: 32)
    release.artifacts = [artifact, Artifact(name: "notes.pdf", at: place())]
    release.commit = "3f2a000000000000000000000000000000000000"
    let read = try read(try verdict(release))
    #expect(read._type == "https://in-toto.io/Statement/v1")
    #expect(read.predicateType == "https://slsa.dev/verification_summary/v1")
    #expect(read.subject.map(\.name) == ["gateway.tar.gz"])
    #expect(read.subject[0].digest == ["sha256": String(repeating: "ab", count: 32)])
    #expect(read.predicate.verificationResult == "PASSED")
    #expect(read.predicate.verifiedLevels == ["GAZETTE_GATE_EU_PRODUCTION", "SLSA_BUILD_LEVEL_UNEVALUATED"])
    #expect(read.predicate.timeVerified == "2026-11-02T09:00:00Z")
    #expect(read.predicate.policy.digest == ["sha256": "ab"])
    #expect(read.predicate.resourceUri == "pkg:generic/gateway@2.4.0%2Bb.1")
  }

  @Test("without a digest it is about the commit, and without one there is none") func commit() throws {
    var release = try release("2.4.0")
    #expect(try verdict(release).statement == nil)
    release.commit = "3f2a000000000000000000000000000000000000"
    let read = try read(try verdict(release, isOpen: false))
    #expect(read.subject[0].digest == ["gitCommit": "3f2a000000000000000000000000000000000000"])
    #expect(read.predicate.verificationResult == "FAILED")
    #expect(read.predicate.verifiedLevels == ["FAILED"])
  }
}
