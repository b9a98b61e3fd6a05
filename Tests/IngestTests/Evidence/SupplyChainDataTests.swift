import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// The signatures whose results are known, for they were checked with OpenSSL.
@Suite(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
struct KnownSignatureTests {
  private func result(of path: String, keys: [String: String]) throws -> SignatureResult? {
    var report = try #require(try readEvidence(try SharedData.evidence("provenance/" + path))).report
    let pems = try keys.mapValues { String(decoding: try SharedData.evidence("provenance/" + $0), as: UTF8.self) }
    report.verify(with: try VerificationKeys(pems: pems))
    return report.provenance?.statements.first?.signature
  }

  @Test(
    "a file verifies with the key beside it and with no other",
    arguments: [
      (
        "slsa-framework__slsa-verifier/vsa/gce/v1/gke-gce-pre.bcid-vsa.jsonl",
        "slsa-framework__slsa-verifier/vsa/gce/v1/vsa_signing_public_key.pem"
      ), ("sigstore__sigstore-go/bundle-publish.json", "sigstore__sigstore-go/publish_key.pub"),
      (
        "sigstore__sigstore-conformance/bundle-verify/managed-key-happy-path/bundle.sigstore.json",
        "sigstore__sigstore-conformance/bundle-verify/managed-key-happy-path/key.pub"
      ),
      (
        "sigstore__sigstore-conformance/bundle-verify/managed-key-and-trusted-root/bundle.sigstore.json",
        "sigstore__sigstore-conformance/bundle-verify/managed-key-and-trusted-root/key.pub"
      ),
    ])
  func listedKey(_ path: String, _ key: String) throws {
    let other =
      key.contains("vsa_signing")
      ? "sigstore__sigstore-go/publish_key.pub"
      : "slsa-framework__slsa-verifier/vsa/gce/v1/vsa_signing_public_key.pem"
    #expect(try result(of: path, keys: ["a-other": other, "right": key]) == .verified(key: "right"))
    #expect(try result(of: path, keys: ["other": other]) == .fails(reason: "it does not fit the key other"))
    #expect(try result(of: path, keys: [:]) == .unverified(.noKey))
  }

  @Test("an RSA-PSS signature verifies with the key of its signer and not with another")
  func layout() throws {
    struct Envelope: Decodable {
      struct Signature: Decodable { var sig: String }
      var payload: String
      var payloadType: String
      var signatures: [Signature]
    }
    let bytes = try SharedData.evidence("provenance/in-toto__in-toto-golang/demo.dsse.layout")
    let envelope = try JSONDecoder().decode(Envelope.self, from: Data(bytes))
    let payload = try #require(Base64.decoded(envelope.payload.utf8))
    let signed = SignedContent(
      content: .bytes(SignedContent.preAuthentication(type: envelope.payloadType, payload: payload)),
      signatures: envelope.signatures.map { Base64.decoded($0.sig.utf8) })
    func key(_ name: String) throws -> String {
      String(decoding: try SharedData.evidence("provenance/in-toto__in-toto-golang/\(name).pub"), as: UTF8.self)
    }
    let both = try VerificationKeys(pems: ["alice": try key("alice"), "dan": try key("dan"), "carol": try key("carol")])
    #expect(both.result(for: signed) == .verified(key: "alice"))
    #expect(
      try VerificationKeys(pems: ["dan": try key("dan")]).result(for: signed)
        == .fails(reason: "it does not fit the key dan"))
    // Keys on secp256k1 and P-521 are not verified with.
    for name in ["erin", "frank"] {
      #expect(throws: PublicKey.Problem.unsupported) { try PublicKey(pem: try key(name)) }
    }
  }

  private static let certified: [String] = {
    let conformance = ["happy-path-intoto-in-dsse-v3", "intoto-with-custom-trust-root", "rekor2-dsse-happy-path"]
    let builds = ["v13.0.30", "v14.2", "v14"].map { "push-" + $0 } + ["workflow_dispatch"]
    return conformance.map { "sigstore__sigstore-conformance/bundle-verify/\($0)/bundle.sigstore.json" }
      + ["v1.10.0", "v2.1.0"].flatMap { version in
        builds.map { "slsa-framework__slsa-verifier/gha_generic/\(version)/binary-linux-amd64-\($0).intoto.jsonl" }
      } + ["slsa-framework__slsa-verifier/bcr/MODULE.bazel.intoto.jsonl"]
  }()

  @Test(
    "what fits only the certificate that it brought along is not verified, until the site lists that",
    arguments: certified)
  func certificate(_ path: String) throws {
    #expect(try result(of: path, keys: [:]) == .unverified(.certificateNotListed))
    let other = "sigstore__sigstore-go/publish_key.pub"
    #expect(try result(of: path, keys: ["other": other]) == .unverified(.certificateNotListed))
    var report = try #require(try readEvidence(try SharedData.evidence("provenance/" + path))).report
    let certificate = try #require(report.signed[0].certificates.first)
    let pem = "-----BEGIN CERTIFICATE-----\n\(Data(certificate).base64EncodedString())\n-----END CERTIFICATE-----\n"
    report.verify(with: try VerificationKeys(pems: ["leaf": pem]))
    #expect(report.provenance?.statements.first?.signature == .verified(key: "leaf"))
  }

  @Test("a signature that is base64 of base64 does not verify, and the reason is said")
  func doubled() throws {
    let path = "chainloop-dev__chainloop/chainloop_attestation.sigstore.json"
    #expect(try result(of: path, keys: [:]) == .fails(reason: "the signature is base64 of base64"))
  }

  @Test("a statement whose payload was changed does not fit its own certificate")
  func changed() throws {
    let path = "provenance/" + KnownSignatureTests.certified[0]
    var report = try #require(try readEvidence(try SharedData.evidence(path))).report
    guard case .bytes(let bytes) = report.signed[0].content else { throw Unrecognised() }
    report.signed[0].content = .bytes(bytes + [0x20])
    report.verify(with: VerificationKeys())
    #expect(
      report.provenance?.statements.first?.signature == .fails(reason: "it does not fit the certificate in the file"))
  }
}
