import Diagnostics
package import Governance
package import Model

/// Whether a release may go to an environment, and why, for the next tool in the pipeline.
///
/// - Source: SLSA Verification Summary Attestation, version 1.
package struct ReleaseVerdict: Sendable {
  package var release: Release
  package var environment: DeploymentEnvironment
  package var isOpen: Bool
  /// What speaks against it besides rules.
  package var obstacles: [Reason]
  package var outcomes: [Outcome]
  /// The files of evidence that were read.
  package var evidence: [EvidenceFile]
  package var asOf: Moment
  package var policyDigest: String?
  package var gazetteVersion: String

  package init(
    _ release: Release, to environment: DeploymentEnvironment, isOpen: Bool, obstacles: [Reason], outcomes: [Outcome],
    evidence: [EvidenceFile], asOf: Moment, policyDigest: String?, gazetteVersion: String
  ) {
    (self.release, self.environment, self.isOpen) = (release, environment, isOpen)
    (self.obstacles, self.outcomes, self.evidence) = (obstacles, outcomes, evidence)
    (self.asOf, self.policyDigest, self.gazetteVersion) = (asOf, policyDigest, gazetteVersion)
  }

  /// The verdict about the artifacts that the record names with digests; where there are none, about its commit.
  ///
  /// It states no level of SLSA, for Gazette evaluates none, and of its own a level that says what was asked. Time is
  /// the as-of, so that the same commit gives the same bytes. It is not signed.
  /// - Returns: `nil` when the record names neither, so that there is nothing that a digest could identify.
  package var statement: Statement? {
    guard !subjects.isEmpty else { return nil }
    return Statement(
      subjects, predicateType: "https://slsa.dev/verification_summary/v1",
      predicate: .object([
        "verifier": .object(["id": .text(Vocabulary.verifier), "version": .object(["gazette": .text(gazetteVersion)])]),
        "timeVerified": .text(asOf.iso),
        "resourceUri": .text(resource),
        "policy": .object([
          "uri": .text(Vocabulary.policy), "digest": .object(policyDigest.map { ["sha256": .text($0)] } ?? [:]),
        ]),
        "inputAttestations": .list(
          evidence.map { file in
            .object([
              "uri": .text(escapedForURI(file.path, keeping: "/")), "digest": .object(["sha256": .text(file.sha256)]),
            ])
          }),
        "verificationResult": .text(isOpen ? "PASSED" : "FAILED"),
        "verifiedLevels": .list(levels.map(JSON.text)),
        "slsaVersion": .text("1.1"),
        Vocabulary.gate: details,
      ]))
  }

  private var subjects: [Statement.Subject] {
    let artifacts = release.artifacts.compactMap { artifact in
      artifact.digest.flatMap(ContentDigest.init).map {
        Statement.Subject(name: artifact.name, digests: [$0.algorithm: $0.hex])
      }
    }
    guard artifacts.isEmpty, let commit = release.commit else { return artifacts }
    return [Statement.Subject(name: release.id.description, digests: ["gitCommit": commit])]
  }

  /// The package URL that the record gives its artifact, else one that names product and version.
  private var resource: String {
    let named = release.artifacts.compactMap(\.purl)
    if named.count == 1, let only = named.first { return only }
    return "pkg:generic/\(escapedForURI(release.product.text))@\(escapedForURI(release.version.text))"
  }

  private var levels: [String] {
    guard isOpen else { return ["FAILED"] }
    let name = environment.id.uppercased().map { $0 == "-" ? "_" : $0 }
    return ["GAZETTE_GATE_\(String(name))", "SLSA_BUILD_LEVEL_UNEVALUATED"]
  }

  private var details: JSON {
    .object([
      "product": .text(release.product.text), "version": .text(release.version.text),
      "environment": .text(environment.id), "commit": JSON(release.commit),
      "obstacles": .list(obstacles.map { .text($0.text) }),
      "outcomes": .list(
        outcomes.map { outcome in
          .object([
            "rule": .text(outcome.rule), "result": .text(outcome.result.rawValue),
            "severity": .text(outcome.severity.rawValue), "blocks": .flag(outcome.isBlocking),
            "waiver": JSON(outcome.waiver),
            "reasons": .list(outcome.reasons.map { .text($0.text) }),
          ])
        }),
    ])
  }
}
