import Diagnostics
import Model

/// An artifact that something was built from.
struct ResourceDescriptor: Decodable {
  var uri: String?
  var name: String?
  var digest: [String: String?]?

  fileprivate var material: BuildProvenance.Material {
    BuildProvenance.Material(
      uri: (uri ?? name).map(EvidenceText.name),
      digests: (digest ?? [:]).compactMap { algorithm, value in
        value.map { ContentDigest(algorithm: EvidenceText.name(algorithm), hex: EvidenceText.name($0)) }
      }.sorted())
  }
}

/// - Source: SLSA 1.2, Build Provenance, `https://slsa.dev/provenance/v1`.
struct SLSABuild: Decodable {
  struct Definition: Decodable {
    var buildType: String?
    var resolvedDependencies: [ResourceDescriptor?]?
  }

  struct RunDetails: Decodable {
    struct Builder: Decodable {
      var id: String?
    }

    struct Metadata: Decodable {
      var invocationId: String?
      var startedOn: String?
      var finishedOn: String?
    }

    var builder: Builder?
    var metadata: Metadata?
  }

  var buildDefinition: Definition?
  var runDetails: RunDetails?

  var modelled: BuildProvenance {
    var build = BuildProvenance()
    build.builder = runDetails?.builder?.id.map(EvidenceText.name)
    build.buildType = buildDefinition?.buildType.map(EvidenceText.name)
    build.invocation = runDetails?.metadata?.invocationId.map(EvidenceText.name)
    build.started = runDetails?.metadata?.startedOn.flatMap { Moment($0) }
    build.finished = runDetails?.metadata?.finishedOn.flatMap { Moment($0) }
    build.materials = (buildDefinition?.resolvedDependencies ?? []).compactMap { $0?.material }
    return build
  }
}

/// - Source: SLSA 0.2, Provenance, `https://slsa.dev/provenance/v0.2`.
struct SLSABuild02: Decodable {
  struct Builder: Decodable {
    var id: String?
  }

  struct Invocation: Decodable {
    var configSource: ResourceDescriptor?
  }

  struct Metadata: Decodable {
    var buildInvocationId: String?
    /// As builders spelt it before 0.2 was out.
    var buildInvocationID: String?
    var buildStartedOn: String?
    var buildFinishedOn: String?
  }

  var builder: Builder?
  var buildType: String?
  var invocation: Invocation?
  var metadata: Metadata?
  var materials: [ResourceDescriptor?]?

  var modelled: BuildProvenance {
    var build = BuildProvenance()
    build.builder = builder?.id.map(EvidenceText.name)
    build.buildType = buildType.map(EvidenceText.name)
    build.invocation = (metadata?.buildInvocationId ?? metadata?.buildInvocationID).map(EvidenceText.name)
    build.started = metadata?.buildStartedOn.flatMap { Moment($0) }
    build.finished = metadata?.buildFinishedOn.flatMap { Moment($0) }
    build.materials = (materials ?? []).compactMap { $0?.material }
    return build
  }

  /// Where the build's own configuration came from is the source; materials may name others besides.
  var sourceCommit: String? {
    let configured = invocation?.configSource?.material.digests.first { $0.algorithm == "sha1" }
    return configured?.hex ?? modelled.commits.first
  }
}

/// - Source: SLSA 1.2, Verification Summary Attestation, `https://slsa.dev/verification_summary/v1`.
struct SLSASummary: Decodable {
  struct Verifier: Decodable {
    var id: String?
  }

  var verifier: Verifier?
  var timeVerified: String?
  var resourceUri: String?
  var policy: ResourceDescriptor?
  var verificationResult: String
  var verifiedLevels: [String?]?

  var modelled: VerificationSummary {
    var summary = VerificationSummary(hasPassed: verificationResult == "PASSED")
    summary.verifier = verifier?.id.map(EvidenceText.name)
    summary.resource = resourceUri.map(EvidenceText.name)
    summary.policy = policy?.uri.map(EvidenceText.name)
    summary.levels = (verifiedLevels ?? []).compactMap { $0.map(EvidenceText.name) }
    return summary
  }
}

/// - Source: in-toto attestation predicates, "Test Result" v0.1.
struct TestResult: Decodable {
  var result: String
  var url: String?
  var passedTests: [String?]?
  var warnedTests: [String?]?
  var failedTests: [String?]?

  func modelled() throws(EvidenceProblem) -> AttestedTests {
    guard let result = AttestedTests.Result(rawValue: result) else {
      throw EvidenceProblem(
        .unexpectedEvidence,
        "has the result \(quoted(EvidenceText.name(result))), which is none of `PASSED`, `WARNED`, `FAILED`")
    }
    var tests = AttestedTests(result: result)
    tests.url = url.map(EvidenceText.name)
    tests.passed = (passedTests ?? []).compactMap { $0.map(EvidenceText.name) }
    tests.warned = (warnedTests ?? []).compactMap { $0.map(EvidenceText.name) }
    tests.failed = (failedTests ?? []).compactMap { $0.map(EvidenceText.name) }
    return tests
  }
}

/// - Source: in-toto attestation predicates, "Vulnerability" v0.1 and v0.2.
struct VulnerabilityResult: Decodable {
  struct Scanner: Decodable {
    struct Data: Decodable {
      var lastUpdate: String?
    }

    struct Finding: Decodable {
      struct Severity: Decodable {
        var method: String?
        var score: TextOrNumber?
      }

      var id: String?
      var severity: [Severity?]?
    }

    var uri: String?
    var db: Data?
    var result: [Finding?]?
  }

  struct Metadata: Decodable {
    var scanStartedOn: String?
    var scanFinishedOn: String?
  }

  var scanner: Scanner?
  var metadata: Metadata?

  func modelled(target: String?) -> VulnerabilityScan {
    var scan = VulnerabilityScan(target: target.map(EvidenceText.name))
    scan.dataAsOf = scanner?.db?.lastUpdate.flatMap { Moment($0) }
    for case let finding? in scanner?.result ?? [] {
      guard let id = finding.id else { continue }
      var vulnerability = ScannedVulnerability(id: EvidenceText.name(id), package: "")
      for case let rating? in finding.severity ?? [] {
        guard let text = rating.score?.text else { continue }
        if let score = Double(text), (0...10).contains(score) {
          vulnerability.score = max(vulnerability.score ?? 0, score)
        } else if let severity = ScannedVulnerability.Severity(word: text) {
          vulnerability.severity = max(vulnerability.severity ?? severity, severity)
        }
      }
      vulnerability.severity = vulnerability.severity ?? vulnerability.score.flatMap { .init(score: $0) }
      scan.vulnerabilities.append(vulnerability)
    }
    return scan
  }
}

/// - Source: in-toto attestation predicates, "Release" v0.1.
struct ReleaseResult: Decodable {
  var purl: String?
  var releaseId: String?
}

/// A text, or a number where tools differ.
struct TextOrNumber: Decodable {
  var text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Double.self) {
      text = plainNumber(number)
    } else {
      text = try value.decode(String.self)
    }
  }
}
