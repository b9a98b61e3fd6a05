import Crypto
import Foundation

/// Why a file is no key that can be used.
package struct KeyProblem: Error, Hashable, Sendable {
  /// Without a full stop.
  package var reason: String
  package var help: String
}

/// What signs: an Ed25519 key.
package struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// - Parameter pem: PKCS #8, not encrypted, as `openssl genpkey -algorithm ed25519` writes it.
  /// - Source: RFC 5958, RFC 8410 §7.
  package init(pem: String) throws(KeyProblem) {
    let help = "make a key with `openssl genpkey -algorithm ed25519 -out key.pem`"
    guard let block = PEM(pem) else { throw KeyProblem(reason: "is no PEM file", help: help) }
    guard block.label == "PRIVATE KEY" else {
      let words =
        block.label == "PUBLIC KEY" ? "a public key, which cannot sign" : "`\(block.label)`, not a PKCS #8 key"
      throw KeyProblem(reason: "holds \(words)", help: help)
    }
    // Both versions begin alike after their length and version; the second may have attributes at the end.
    let middle: [UInt8] = [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
    let bytes = block.bytes
    guard bytes.count >= 48, bytes[0] == 0x30, Array(bytes[5..<16]) == middle,
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes[16..<48])
    else { throw KeyProblem(reason: "holds a private key that is not Ed25519", help: help) }
    self.key = key
  }

  package var publicKey: VerificationKey { VerificationKey(key.publicKey) }

  func signature(of bytes: [UInt8]) throws(KeyProblem) -> [UInt8] {
    do {
      return Array(try key.signature(for: bytes))
    } catch {
      throw KeyProblem(reason: "does not sign: \(error)", help: "try another key")
    }
  }
}

/// What tells whether somebody's key signed: the public half of an Ed25519 key.
package struct VerificationKey: Sendable {
  private let key: Curve25519.Signing.PublicKey
  /// - Source: RFC 8410 §4.
  private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

  fileprivate init(_ key: Curve25519.Signing.PublicKey) {
    self.key = key
  }

  /// - Parameter pem: As `openssl pkey -in key.pem -pubout` writes it.
  package init(pem: String) throws(KeyProblem) {
    let help = "write the public key with `openssl pkey -in key.pem -pubout -out key.pub`"
    guard let block = PEM(pem) else { throw KeyProblem(reason: "is no PEM file", help: help) }
    guard block.label == "PUBLIC KEY" else {
      throw KeyProblem(reason: "holds `\(block.label)`, not a public key", help: help)
    }
    guard block.bytes.starts(with: VerificationKey.prefix), block.bytes.count == 44,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: block.bytes[12...])
    else { throw KeyProblem(reason: "holds a public key that is not Ed25519", help: help) }
    self.key = key
  }

  /// SHA-256 of the key as X.509 writes it.
  package var id: String { Fingerprint(of: VerificationKey.prefix + Array(key.rawRepresentation)).hex }

  func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool { key.isValidSignature(signature, for: bytes) }
}
