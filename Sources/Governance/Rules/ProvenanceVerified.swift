import Diagnostics
import Model

extension Rule {
  private static let builders = Parameter<[Located<String>]>.texts(
    "builders", "The builders that are trusted, by their ids, with `*` for any text; any with a listed key by default.")

  static let provenanceVerified = Rule(
    "provenance-verified",
    title: "a builder that is trusted attests, with a signature that verifies, how each artifact was built",
    why: """
      An artifact that nobody vouches for may have been built on anybody's machine, from anything; a statement \
      without a signature that verifies is only a claim.
      """,
    appliesTo: """
      Every release; each artifact needs a digest. Signatures are held against the keys in `signing`; chains of \
      certificates and transparency logs are not checked.
      """,
    fix: """
      Let the builder sign a SLSA provenance for each artifact, add it to `evidence`, and list the builder's public \
      key under `signing: {keys: …}` in gazette.yml.
      """,
    due: .deployment, parameters: [builders], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      artifacts:
        - {name: gateway.tar.gz, digest: 'sha256:5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f'}
      evidence:
        - {id: provenance, kind: provenance, path: content/evidence/gateway/2.4.0/build.json, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/build.json",
          """
          {"_type": "https://in-toto.io/Statement/v1",
           "subject": [{"digest": {"sha256": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"}}],
           "predicateType": "https://slsa.dev/provenance/v1",
           "predicate": {"runDetails": {"builder": {"id": "https://harbor.example/builder-04"}}}}

          """)
      ], fault: "content/evidence/gateway/2.4.0/build.json"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      artifacts:
        - {name: gateway.tar.gz, digest: 'sha256:5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f'}
      evidence:
        - {id: provenance, kind: provenance, path: content/evidence/gateway/2.4.0/build.json, at: 2026-10-19}
      """,
      files: [
        RuleExample.File("gazette.yml", "title: Harbor\nsigning: {keys: {builder: content/keys/builder.pem}}\n"),
        RuleExample.File(
          "keys/builder.pem",
          """
          -----BEGIN PUBLIC KEY-----
          MCowBQYDK2VwAyEAn4pMxAPGJpdjrmlf4MI06jy9U7cz2oYCL3CZGBBos6M=
          -----END PUBLIC KEY-----

          """),
        RuleExample.File(
          "evidence/gateway/2.4.0/build.json",
          """
          {"payloadType": "application/vnd.in-toto+json",
           "signatures": [{"sig": "\
          4uv0YxyvT/bva3ayvKlShj8WglZM18yhKt3D2zjphOkFHQtmptJq0ypOl+LDUIRc7JOCY7ZLatq1v7ZT2s9YBA=="}],
           "payload": "\
          eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoiZ2F0ZXdheS50\
          YXIuZ3oiLCJkaWdlc3QiOnsic2hhMjU2IjoiNWY1ZjVmNWY1ZjVmNWY1ZjVmNWY1ZjVmNWY1ZjVmNWY1ZjVmNWY1ZjVmNWY1\
          ZjVmNWY1ZjVmNWY1ZjVmNWY1ZiJ9fV0sInByZWRpY2F0ZVR5cGUiOiJodHRwczovL3Nsc2EuZGV2L3Byb3ZlbmFuY2UvdjEi\
          LCJwcmVkaWNhdGUiOnsiYnVpbGREZWZpbml0aW9uIjp7ImJ1aWxkVHlwZSI6Imh0dHBzOi8vaGFyYm9yLmV4YW1wbGUvYnVp\
          bGQvdjEifSwicnVuRGV0YWlscyI6eyJidWlsZGVyIjp7ImlkIjoiaHR0cHM6Ly9oYXJib3IuZXhhbXBsZS9idWlsZGVyLTA0\
          In0sIm1ldGFkYXRhIjp7ImZpbmlzaGVkT24iOiIyMDI2LTEwLTE5VDEwOjAwOjAwWiJ9fX19"}

          """),
      ], setting: "{builders: ['https://harbor.example/*']}")
  ) { release in
    let study = EvidenceStudy(of: release, kinds: ["provenance"], formats: [.inToto]) { payload in
      if case .provenance(let provenance) = payload { provenance.builds } else { nil }
    }
    guard !release.release.artifacts.isEmpty else {
      return .failed(
        "\(release.name) names no artifact, so nobody can tell how it was built", at: release.place,
        help: "add `artifacts` with their `digest`")
    }
    var (problems, doubts, shown): ([Reason], [Reason], [Reason]) = ([], [], [])
    for artifact in release.release.artifacts {
      guard let digest = artifact.digest.flatMap({ ContentDigest($0) }) else {
        problems.append(
          Reason(
            "the artifact `\(artifact.name)` has no digest to look for", at: artifact.location, help: "add `digest`"))
        continue
      }
      let claims = study.pieces.flatMap { piece in
        piece.content.filter { $0.subjects.contains(digest) }.map { Claim(build: $0, piece: piece) }
      }
      if let good = claims.first(where: { $0.isGood(for: release[builders]) }) {
        shown.append(
          Reason(
            "\(good.builder) attests how `\(artifact.name)` was built, \(good.build.signature.words)",
            at: good.piece.place))
      } else if let claim = claims.first(where: { $0.build.signature.isVerified }) {
        problems.append(
          Reason(
            "`\(artifact.name)` was built by \(claim.builder), which the policy does not trust", at: claim.piece.place,
            notes: [Diagnostic.Note("the policy trusts these", at: release.setting.location(of: builders))],
            help: "build it with a builder that is trusted"))
      } else if let claim = claims.first(where: \.isUndecided) {
        doubts.append(
          Reason(
            "the provenance of `\(artifact.name)` is \(claim.build.signature.words)", at: claim.piece.place,
            help: "list the builder's public key under `signing: {keys: …}` in gazette.yml"))
      } else if let claim = claims.first {
        problems.append(
          Reason(
            "the provenance of `\(artifact.name)`: \(claim.build.signature.words)", at: claim.piece.place,
            help: "let the builder sign it with a key that gazette.yml lists"))
      } else if study.unread.isEmpty {
        problems.append(
          Reason(
            "nothing attests how `\(artifact.name)` was built", at: artifact.location, notes: study.late.map(\.note),
            help: "add its provenance to `evidence`"))
      }
    }
    return study.verdict(on: release, noun: "provenance", problems: problems, doubts: doubts, shown: shown)
  }

  private struct Claim {
    var build: AttestedBuild
    var piece: EvidenceStudy<[AttestedBuild]>.Piece

    var builder: String { build.builder.map { "`\($0)`" } ?? "a builder without a name" }

    var isUndecided: Bool {
      switch build.signature {
      case .unverified(.noKey), .unverified(.certificateNotListed): true
      case .verified, .fails, .unverified(.unsigned): false
      }
    }

    func isGood(for builders: [Located<String>]) -> Bool {
      guard build.signature.isVerified else { return false }
      return builders.isEmpty || build.builder.map { id in builders.contains { matches(glob: $0.value, id) } } ?? false
    }
  }
}

/// Somebody's statement of how something was built.
private struct AttestedBuild {
  var builder: String?
  var subjects: [ContentDigest]
  var signature: SignatureResult
}

extension Provenance {
  /// `nil` for a file that says nothing of builds.
  fileprivate var builds: [AttestedBuild]? {
    let found = statements.compactMap { statement -> AttestedBuild? in
      guard case .build(let build) = statement.predicate else { return nil }
      return AttestedBuild(
        builder: build.builder, subjects: statement.subjects.flatMap(\.digests), signature: statement.signature)
    }
    return found.isEmpty ? nil : found
  }
}

extension Reason {
  fileprivate var note: Diagnostic.Note { Diagnostic.Note(text, at: location) }
}
