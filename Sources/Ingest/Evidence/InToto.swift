import Diagnostics
import Foundation
import Model

/// Statements of in-toto: plain, in DSSE envelopes, or in bundles of Sigstore; one or one a line. What else is in an
/// envelope is kept as a signed document.
///
/// - Source: in-toto Attestation Framework, Statement v1 and v0.1; DSSE 1.0; Sigstore bundle 0.1–0.3.
enum InToto {
  static let reader = EvidenceReader(
    format: .inToto,
    recognises: { content in
      guard let outline = content.outline else { return false }
      return outline.text("_type")?.hasPrefix(Statement.family) == true
        || outline.has("payloadType", "payload", "signatures")
        || outline.text("mediaType")?.hasPrefix("application/vnd.dev.sigstore.bundle") == true
    },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      var attestations: [Attestation] = []
      var signed: [SignedContent] = []
      for (number, file) in try json.decodeEach(AttestationFile.self).enumerated() {
        var (attestation, content) = try file.attestation(at: json.place(of: file.contentPath, in: number))
        attestation.signatures = content.signatures.count
        attestations.append(attestation)
        signed.append(content)
      }
      var report = EvidenceReport(.provenance(Provenance(attestations)))
      report.producedAt = attestations.compactMap(\.at).max()
      report.tool = attestations.lazy.compactMap(\.tool).first
      report.subjects = attestations.reduce(into: []) { subjects, attestation in
        for subject in attestation.subjects where !subjects.contains(subject) { subjects.append(subject) }
      }
      report.signed = signed
      return report
    })
}

extension Attestation {
  fileprivate var tool: EvidenceTool? {
    switch predicate {
    case .build(let build): build.builder.map { EvidenceTool(name: $0) }
    case .verification(let summary): summary.verifier.map { EvidenceTool(name: $0) }
    case .tests, .vulnerabilities, .release, .signature, .document, .other: nil
    }
  }
}

/// One JSON text of a file: an envelope, a bundle or a plain statement.
private struct AttestationFile: Decodable {
  struct Envelope: Decodable {
    struct Signature: Decodable {
      var sig: String
      /// A certificate in PEM, as some builders add it.
      var cert: String?
    }

    var payloadType: String
    var payload: String
    var signatures: [Signature?]?
  }

  struct Certificate: Decodable {
    var rawBytes: String?
  }

  struct Chain: Decodable {
    var certificates: [Certificate?]?
  }

  struct Material: Decodable {
    var certificate: Certificate?
    var x509CertificateChain: Chain?
  }

  /// A signature over a file, without an envelope.
  struct MessageSignature: Decodable {
    struct Digest: Decodable {
      var algorithm: String?
      var digest: String?
    }

    var messageDigest: Digest?
    var signature: String?
  }

  private enum Content {
    case statement(Statement)
    case envelope(Envelope)
    case message(MessageSignature)
  }

  private enum Key: CodingKey { case payload, dsseEnvelope, messageSignature, verificationMaterial }

  private let content: Content
  private let isBundle: Bool
  private let material: Material?

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    material = try object.decodeIfPresent(Material.self, forKey: .verificationMaterial)
    isBundle = object.contains(.dsseEnvelope)
    if object.contains(.payload) {
      content = .envelope(try Envelope(from: decoder))
    } else if let envelope = try object.decodeIfPresent(Envelope.self, forKey: .dsseEnvelope) {
      content = .envelope(envelope)
    } else if let message = try object.decodeIfPresent(MessageSignature.self, forKey: .messageSignature) {
      content = .message(message)
    } else {
      content = .statement(try Statement(from: decoder))
    }
  }

  /// Where what is attested stands.
  var contentPath: [JSONStep] {
    switch content {
    case .statement: []
    case .envelope: isBundle ? [JSONStep("dsseEnvelope"), JSONStep("payload")] : [JSONStep("payload")]
    case .message: [JSONStep("messageSignature")]
    }
  }

  /// What is attested, not verified yet, and what its signatures are over.
  func attestation(at place: EvidenceProblem.Place?) throws(EvidenceProblem) -> (Attestation, SignedContent) {
    do throws(EvidenceProblem) {
      return try attestation()
    } catch {
      // A place within the payload is one that nobody sees.
      var problem = error
      problem.place = place
      throw problem
    }
  }

  private func attestation() throws(EvidenceProblem) -> (Attestation, SignedContent) {
    switch content {
    case .statement(let statement):
      return (try statement.attestation(), SignedContent(content: .bytes([]), signatures: []))
    case .envelope(let envelope):
      let (attestation, payload) = try envelope.attestation()
      var signed = SignedContent(
        content: .bytes(SignedContent.preAuthentication(type: envelope.payloadType, payload: payload)), signatures: [])
      for case let signature? in envelope.signatures ?? [] {
        signed.signatures.append(Base64.decoded(signature.sig.utf8))
        if let certificate = signature.cert.flatMap({ PEMBlock(in: $0) }) {
          signed.certificates.append(certificate.bytes)
        }
      }
      signed.certificates += certificates
      return (attestation, signed)
    case .message(let message): return try attestation(of: message)
    }
  }

  private func attestation(of message: MessageSignature) throws(EvidenceProblem) -> (Attestation, SignedContent) {
    guard let digest = message.messageDigest, let algorithm = digest.algorithm,
      let bytes = digest.digest.flatMap({ Base64.decoded($0.utf8) }), let signature = message.signature
    else {
      throw EvidenceProblem(.malformedEvidence, "has a `messageSignature` without a digest or a signature")
    }
    let subject = ContentDigest(algorithm: algorithm, bytes: bytes)
    var attestation = Attestation(.signature, type: nil, signature: .unverified(.noKey))
    attestation.subjects = [EvidenceSubject(digests: [subject])]
    var signed = SignedContent(content: .sha256(bytes), signatures: [Base64.decoded(signature.utf8)])
    signed.certificates = certificates
    return (attestation, signed)
  }

  /// The leaf stands first in a chain.
  private var certificates: [[UInt8]] {
    let leaf = material?.certificate ?? material?.x509CertificateChain?.certificates?.first ?? nil
    return [leaf?.rawBytes.flatMap { Base64.decoded($0.utf8) }].compactMap { $0 }
  }
}

extension AttestationFile.Envelope {
  /// What the payload says, and the payload.
  fileprivate func attestation() throws(EvidenceProblem) -> (Attestation, payload: [UInt8]) {
    guard let payload = Base64.decoded(self.payload.utf8) else {
      throw EvidenceProblem(.malformedEvidence, "has a payload that is no base64")
    }
    guard payloadType.hasPrefix("application/vnd.in-toto+json") else {
      let type = EvidenceText.name(payloadType)
      return (Attestation(.document, type: type, signature: .unverified(.unsigned)), payload)
    }
    return (try statement(in: payload).attestation(), payload)
  }

  private func statement(in payload: [UInt8]) throws(EvidenceProblem) -> Statement {
    let json = JSONEvidence(payload)
    if let problem = json.problem {
      let isTwice = Base64.decoded(payload)?.first == UInt8(ascii: "{")
      throw EvidenceProblem(
        problem.code, isTwice ? "has a payload that is base64 of base64" : "has a payload that \(problem.reason)")
    }
    let type = json.outline.text("_type")
    guard type?.hasPrefix(Statement.family) == true else {
      let name = type.map { "of the type \(quoted($0))" } ?? "without `_type`"
      throw EvidenceProblem(
        .unexpectedEvidence, "has a payload \(name), which is no statement of in-toto",
        help: "attest with a statement of in-toto, v0.1 or v1")
    }
    do throws(EvidenceProblem) {
      return try json.decode(Statement.self)
    } catch {
      throw EvidenceProblem(error.code, "has a payload that " + error.reason)
    }
  }
}
