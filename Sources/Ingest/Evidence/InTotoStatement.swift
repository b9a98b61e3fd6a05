import Diagnostics
import Model

/// A statement of in-toto with the predicates that are read.
struct Statement: Decodable {
  /// What every `_type` begins with.
  static let family = "https://in-toto.io/Statement/"

  struct Subject: Decodable {
    var name: String?
    var digest: [String: String?]?
  }

  enum Predicate {
    case build(SLSABuild)
    case build02(SLSABuild02)
    case verification(SLSASummary)
    case tests(TestResult)
    case vulnerabilities(VulnerabilityResult)
    case release(ReleaseResult)
    case other
  }

  let subjects: [Subject]
  let predicateType: String
  let predicate: Predicate

  private enum Key: String, CodingKey {
    case type = "_type"
    case subject, predicateType, predicate
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    _ = try object.decode(String.self, forKey: .type)
    subjects = try object.decode([Subject?].self, forKey: .subject).compactMap { $0 }
    predicateType = try object.decode(String.self, forKey: .predicateType)
    switch predicateType {
    case "https://slsa.dev/provenance/v1": predicate = .build(try object.decode(SLSABuild.self, forKey: .predicate))
    case "https://slsa.dev/provenance/v0.2":
      predicate = .build02(try object.decode(SLSABuild02.self, forKey: .predicate))
    case "https://slsa.dev/verification_summary/v1":
      predicate = .verification(try object.decode(SLSASummary.self, forKey: .predicate))
    case "https://in-toto.io/attestation/test-result/v0.1":
      predicate = .tests(try object.decode(TestResult.self, forKey: .predicate))
    case "https://in-toto.io/attestation/vulns/v0.1", "https://in-toto.io/attestation/vulns/v0.2":
      predicate = .vulnerabilities(try object.decode(VulnerabilityResult.self, forKey: .predicate))
    case "https://in-toto.io/attestation/release/v0.1":
      predicate = .release(try object.decode(ReleaseResult.self, forKey: .predicate))
    default: predicate = .other
    }
  }

  func attestation() throws(EvidenceProblem) -> Attestation {
    var attestation = Attestation(
      try modelledPredicate(), type: EvidenceText.name(predicateType), signature: .unverified(.unsigned))
    attestation.at = time
    let source = source
    attestation.subjects = subjects.map { subject in
      let digests = (subject.digest ?? [:]).compactMap { algorithm, value in
        value.map { ContentDigest(algorithm: EvidenceText.name(algorithm), hex: EvidenceText.name($0)) }
      }
      // The subject may be a commit itself.
      let commit =
        subject.digest?["gitCommit"] ?? (subject.name?.hasPrefix("git") == true ? subject.digest?["sha1"] : nil)
      return EvidenceSubject(
        name: subject.name.map(EvidenceText.name), commit: (commit ?? nil).map(EvidenceText.name) ?? source,
        digests: digests)
    }
    return attestation
  }

  /// The commit that the subject was built from.
  private var source: String? {
    switch predicate {
    case .build(let build): build.modelled.commits.first
    case .build02(let build): build.sourceCommit
    default: nil
    }
  }

  private var time: Moment? {
    let text: String? =
      switch predicate {
      case .build(let build): build.runDetails?.metadata?.finishedOn ?? build.runDetails?.metadata?.startedOn
      case .build02(let build): build.metadata?.buildFinishedOn ?? build.metadata?.buildStartedOn
      case .verification(let summary): summary.timeVerified
      case .vulnerabilities(let result): result.metadata?.scanFinishedOn ?? result.metadata?.scanStartedOn
      case .tests, .release, .other: nil
      }
    return text.flatMap { Moment($0) }
  }

  private func modelledPredicate() throws(EvidenceProblem) -> Attestation.Predicate {
    switch predicate {
    case .build(let build): return .build(build.modelled)
    case .build02(let build): return .build(build.modelled)
    case .verification(let summary): return .verification(summary.modelled)
    case .tests(let result): return .tests(try result.modelled())
    case .vulnerabilities(let result): return .vulnerabilities(result.modelled(target: subjects.first?.name))
    case .release(let release):
      return .release(
        AttestedRelease(purl: release.purl.map(EvidenceText.name), id: release.releaseId.map(EvidenceText.name)))
    case .other: return .other
    }
  }
}
