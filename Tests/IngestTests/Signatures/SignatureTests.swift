import Crypto
import CryptoExtras
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

struct SignatureTests {
  private let message = SignedContent.preAuthentication(type: "application/x", payload: Array("hello".utf8))

  private func keys(_ pems: [String: String]) throws -> VerificationKeys { try VerificationKeys(pems: pems) }

  private func signed(_ signatures: [[UInt8]?], over bytes: [UInt8]? = nil) -> SignedContent {
    SignedContent(content: .bytes(bytes ?? message), signatures: signatures)
  }

  private func pem(_ key: Curve25519.Signing.PublicKey) -> String {
    let info = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00] + Array(key.rawRepresentation)
    return "-----BEGIN PUBLIC KEY-----\n\(Data(info).base64EncodedString())\n-----END PUBLIC KEY-----\n"
  }

  @Test("the encoding that DSSE signs is that of its specification")
  func preAuthentication() {
    let bytes = SignedContent.preAuthentication(
      type: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test("each kind of key verifies what it signed and nothing else")
  func kinds() throws {
    let ed = Curve25519.Signing.PrivateKey()
    let (p256, p384) = (P256.Signing.PrivateKey(), P384.Signing.PrivateKey())
    let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let all = [
      "ed": pem(ed.publicKey), "p256": p256.publicKey.pemRepresentation, "p384": p384.publicKey.pemRepresentation,
      "rsa": rsa.publicKey.pemRepresentation,
    ]
    let signatures: [(String, [UInt8])] = [
      ("ed", Array(try ed.signature(for: message))),
      ("p256", Array(try p256.signature(for: message).derRepresentation)),
      ("p256", Array(try p256.signature(for: message).rawRepresentation)),
      ("p384", Array(try p384.signature(for: message).derRepresentation)),
      ("p384", Array(try p384.signature(for: message).rawRepresentation)),
      ("p384", Array(try p384.signature(for: SHA256.hash(data: message)).derRepresentation)),
      ("rsa", Array(try rsa.signature(for: message, padding: .insecurePKCS1v1_5).rawRepresentation)),
      ("rsa", Array(try rsa.signature(for: message, padding: .PSS).rawRepresentation)),
      ("rsa", Array(try rsa.signature(for: SHA512.hash(data: message), padding: .PSS).rawRepresentation)),
    ]
    for (id, signature) in signatures {
      #expect(try keys(all).result(for: signed([signature])) == .verified(key: id))
      #expect(try !keys(all).result(for: signed([signature], over: message + [0])).isVerified)
      #expect(try !keys(all.filter { $0.key != id }).result(for: signed([signature])).isVerified)
      var damaged = signature
      damaged[damaged.count / 2] ^= 1
      #expect(try !keys(all).result(for: signed([damaged])).isVerified)
    }
  }

  @Test("of several signatures one that verifies is enough, and its key is named")
  func several() throws {
    let (ours, theirs) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
    let content = signed([nil, Array(try theirs.signature(for: message)), Array(try ours.signature(for: message))])
    #expect(try keys(["release": pem(ours.publicKey)]).result(for: content) == .verified(key: "release"))
  }

  @Test("verified, not fitting and not verified are three things")
  func three() throws {
    let (ours, theirs) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
    let content = signed([Array(try theirs.signature(for: message))])
    #expect(VerificationKeys().result(for: content) == .unverified(.noKey))
    #expect(VerificationKeys().result(for: content).words == "not verified: no key")
    #expect(VerificationKeys().result(for: signed([])) == .unverified(.unsigned))
    let result = try keys(["ci": pem(ours.publicKey)]).result(for: content)
    #expect(result == .fails(reason: "it does not fit the key ci"))
    #expect(VerificationKeys().result(for: signed([nil])) == .fails(reason: "the signature is no base64"))
  }

  @Test(
    "a file that is no public key is told from one of another kind and from a private key",
    arguments: [
      ("", PublicKey.Problem.malformed), ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA a@b", .malformed),
      ("-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----", .malformed),
      ("-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----", .malformed),
      ("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAOT5n", .malformed),
      ("-----BEGIN CERTIFICATE-----\nMCow\n-----END CERTIFICATE-----", .malformed),
      ("-----BEGIN PRIVATE KEY-----\nMCow\n-----END PRIVATE KEY-----", .isPrivate),
      (
        "-----BEGIN EC PARAMETERS-----\nMCow\n-----END EC PARAMETERS-----\n-----BEGIN EC PRIVATE KEY-----\nMCow\n-----END EC PRIVATE KEY-----",
        .isPrivate
      ),
      ("-----BEGIN PGP PUBLIC KEY BLOCK-----\nMCow\n-----END PGP PUBLIC KEY BLOCK-----", .unsupported),
    ])
  func problems(_ text: String, _ problem: PublicKey.Problem) {
    #expect(throws: problem) { try PublicKey(pem: text) }
  }

  @Test("a key that is cut off anywhere is refused, not trusted and no crash")
  func truncated() throws {
    let whole = P256.Signing.PrivateKey().publicKey.derRepresentation
    for length in 0..<whole.count {
      let text = "-----BEGIN PUBLIC KEY-----\n\(whole.prefix(length).base64EncodedString())\n-----END PUBLIC KEY-----"
      #expect(throws: PublicKey.Problem.self) { try PublicKey(pem: text) }
    }
  }

  @Test(
    "base64 is read in both alphabets, with padding or without, and nothing else is",
    arguments: [
      ("", ""), ("aGVsbG8=", "hello"), ("aGVsbG8", "hello"), ("aGVs\nbG8=\r\n", "hello"), ("Pz8-", "??>"),
      ("Pz8+", "??>"),
      ("a", nil), ("aGVsbG8==", nil), ("aG=sbG8=", nil), ("aGVsbG8=a", nil), ("aGVs*G8=", nil), ("aGVs=", nil),
    ] as [(String, String?)])
  func base64(_ text: String, _ expected: String?) {
    #expect(Base64.decoded(text.utf8).map { String(decoding: $0, as: UTF8.self) } == expected)
  }
}
