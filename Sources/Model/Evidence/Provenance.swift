/// What somebody attests of artifacts: statements of in-toto, signed or not.
package struct Provenance: Hashable, Sendable {
  /// In the order of the file.
  package var statements: [Attestation] = []

  package init(_ statements: [Attestation]) {
    self.statements = statements
  }
}

/// One statement of in-toto, or a signature over a file.
package struct Attestation: Hashable, Sendable {
  package var subjects: [EvidenceSubject] = []
  /// The URI that says what is stated, or the media type of a signed document; `nil` for a signature over a file.
  package var predicateType: String?
  package var predicate: Predicate
  package var signature: SignatureResult
  /// How many signatures there are.
  package var signatures = 0
  /// When it was made, as the statement itself says.
  package var at: Moment?

  package init(_ predicate: Predicate, type: String?, signature: SignatureResult) {
    (self.predicate, predicateType, self.signature) = (predicate, type, signature)
  }

  package enum Predicate: Hashable, Sendable {
    case build(BuildProvenance)
    case verification(VerificationSummary)
    case tests(AttestedTests)
    case vulnerabilities(VulnerabilityScan)
    case release(AttestedRelease)
    /// A signature over the subject, without a statement.
    case signature
    /// Something in an envelope that is no statement.
    case document
    /// A type that Gazette does not read.
    case other
  }
}

/// How an artifact was built, by SLSA.
package struct BuildProvenance: Hashable, Sendable {
  package struct Material: Hashable, Sendable {
    package var uri: String?
    package var digests: [ContentDigest]

    package init(uri: String?, digests: [ContentDigest]) {
      (self.uri, self.digests) = (uri, digests)
    }
  }

  package var builder: String?
  package var buildType: String?
  /// The id of the run.
  package var invocation: String?
  package var started: Moment?
  package var finished: Moment?
  /// What it was built from.
  package var materials: [Material] = []

  package init() {}

  /// The commits that it was built from, each once, in the order of the file.
  package var commits: [String] {
    var found: [String] = []
    for material in materials where material.uri.map(BuildProvenance.isSource) ?? true {
      for digest in material.digests where digest.algorithm == "sha1" && !found.contains(digest.hex) {
        found.append(digest.hex)
      }
    }
    return found
  }

  private static func isSource(_ uri: String) -> Bool {
    uri.hasPrefix("git+") || uri.hasPrefix("git:") || uri.hasPrefix("https://") || uri.hasPrefix("pkg:github/")
      || uri.hasPrefix("pkg:gitlab/") || uri.hasPrefix("pkg:bitbucket/") || uri.hasPrefix("pkg:generic/")
  }
}

/// Somebody's verdict on an artifact, by SLSA (VSA).
package struct VerificationSummary: Hashable, Sendable {
  package var verifier: String?
  package var resource: String?
  package var policy: String?
  package var hasPassed: Bool
  /// Such as `SLSA_BUILD_LEVEL_3`.
  package var levels: [String] = []

  package init(hasPassed: Bool) {
    self.hasPassed = hasPassed
  }
}

/// The result of tests, by in-toto.
package struct AttestedTests: Hashable, Sendable {
  package enum Result: String, CaseIterable, Sendable {
    case passed = "PASSED"
    case warned = "WARNED"
    case failed = "FAILED"
  }

  package var result: Result
  package var url: String?
  package var passed: [String] = []
  package var warned: [String] = []
  package var failed: [String] = []

  package init(result: Result) {
    self.result = result
  }
}

/// Which release of a package some artifacts are, by in-toto.
package struct AttestedRelease: Hashable, Sendable {
  package var purl: String?
  package var id: String?

  package init(purl: String?, id: String?) {
    (self.purl, self.id) = (purl, id)
  }
}
