import Crypto
import CryptoExtras
import Foundation

/// A public key that a signature can be verified with.
struct PublicKey: Sendable {
  private enum Material: Sendable {
    case ed25519(Curve25519.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case rsa(_RSA.Signing.PublicKey)
  }

  private let material: Material

  /// Why bytes give no key.
  enum Problem: Error, Equatable {
    case malformed
    /// A kind of key that Gazette does not verify with, such as P-521.
    case unsupported
    /// A private key, which has no business in a checkout.
    case isPrivate
  }

  /// Reads the first key or certificate of a PEM file.
  init(pem text: String) throws(Problem) {
    guard let block = PEMBlock(in: text) else { throw .malformed }
    switch block.label {
    case "PUBLIC KEY": material = try PublicKey.material(ofSubject: block.bytes[...])
    case "CERTIFICATE": material = try PublicKey.material(ofCertificate: block.bytes)
    case "RSA PUBLIC KEY": material = try PublicKey.rsa(block.bytes)
    case let label where label.hasSuffix("PRIVATE KEY"): throw .isPrivate
    default: throw .unsupported
    }
  }

  /// Takes the key out of a certificate. Who issued it, and whether it still holds, is not looked at.
  ///
  /// - Source: RFC 5280 §4.1.
  init(certificate: [UInt8]) throws(Problem) {
    material = try PublicKey.material(ofCertificate: certificate)
  }

  private static func material(ofCertificate certificate: [UInt8]) throws(Problem) -> Material {
    var outer = DERReader(certificate[...])
    guard let whole = outer.content(DERReader.Tag.sequence) else { throw .malformed }
    var inner = DERReader(whole)
    guard let signed = inner.content(DERReader.Tag.sequence) else { throw .malformed }
    var fields = DERReader(signed)
    if fields.tag == DERReader.Tag.context0 { _ = fields.element() }
    // Serial number, algorithm, issuer, validity and subject go before the key.
    for _ in 0..<5 { guard fields.element() != nil else { throw .malformed } }
    guard let key = fields.element() else { throw .malformed }
    return try material(ofSubject: key.whole)
  }

  /// - Source: RFC 5280 §4.1.2.7, RFC 5480 §2.1.1, RFC 8410 §4, RFC 8017 A.1.
  private static func material(ofSubject bytes: ArraySlice<UInt8>) throws(Problem) -> Material {
    var outer = DERReader(bytes)
    guard let whole = outer.content(DERReader.Tag.sequence) else { throw .malformed }
    var fields = DERReader(whole)
    guard let algorithm = fields.content(DERReader.Tag.sequence), let bits = fields.content(DERReader.Tag.bits),
      bits.first == 0
    else { throw .malformed }
    var names = DERReader(algorithm)
    guard let name = names.content(DERReader.Tag.objectIdentifier).map(Array.init) else { throw .malformed }
    if name == ObjectIdentifier.rsa { return try rsa(Array(bytes)) }
    let curve = names.content(DERReader.Tag.objectIdentifier).map(Array.init)
    let key = Array(bits.dropFirst())
    do {
      switch (name, curve) {
      case (ObjectIdentifier.ed25519, _): return .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: key))
      case (ObjectIdentifier.ellipticCurve, ObjectIdentifier.p256?):
        return .p256(try P256.Signing.PublicKey(x963Representation: key))
      case (ObjectIdentifier.ellipticCurve, ObjectIdentifier.p384?):
        return .p384(try P384.Signing.PublicKey(x963Representation: key))
      default: break
      }
    } catch {
      throw .malformed
    }
    throw .unsupported
  }

  /// A key that swift-crypto refuses is too short to be trusted.
  private static func rsa(_ bytes: [UInt8]) throws(Problem) -> Material {
    do { return .rsa(try _RSA.Signing.PublicKey(derRepresentation: bytes)) } catch { throw .unsupported }
  }

  private enum ObjectIdentifier {
    static let ed25519: [UInt8] = [0x2B, 0x65, 0x70]
    static let rsa: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
    static let ellipticCurve: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
    static let p256: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
    static let p384: [UInt8] = [0x2B, 0x81, 0x04, 0x00, 0x22]
  }

  /// Whether the signature was made over the message with this key.
  ///
  /// An ECDSA signature may be DER or the two numbers one after the other; neither reading takes the other's bytes.
  /// DSSE does not say which hash and padding were used, so all that are in use are tried.
  func accepts(_ signature: [UInt8], over message: [UInt8]) -> Bool {
    switch material {
    case .ed25519(let key): return key.isValidSignature(signature, for: message)
    case .p256(let key): return accepts(signature, by: key, over: SHA256.hash(data: message))
    case .p384(let key):
      return accepts(signature, by: key, over: SHA384.hash(data: message))
        || accepts(signature, by: key, over: SHA256.hash(data: message))
    case .rsa(let key):
      let paddings: [_RSA.Signing.Padding] = [.insecurePKCS1v1_5, .PSS]
      let form = _RSA.Signing.RSASignature(rawRepresentation: signature)
      return paddings.contains { padding in
        key.isValidSignature(form, for: SHA256.hash(data: message), padding: padding)
          || key.isValidSignature(form, for: SHA512.hash(data: message), padding: padding)
      }
    }
  }

  /// Whether the signature was made over a message with this SHA-256; `nil` when this kind of key needs the message.
  func accepts(_ signature: [UInt8], overSHA256 digest: [UInt8]) -> Bool? {
    guard let digest = KnownDigest(digest) else { return false }
    switch material {
    case .p256(let key): return accepts(signature, by: key, over: digest)
    case .p384(let key): return accepts(signature, by: key, over: digest)
    case .ed25519, .rsa: return nil
    }
  }

  private func accepts(_ signature: [UInt8], by key: P256.Signing.PublicKey, over digest: some Digest) -> Bool {
    do {
      let form =
        signature.count == 64
        ? try P256.Signing.ECDSASignature(rawRepresentation: signature)
        : try P256.Signing.ECDSASignature(derRepresentation: signature)
      return key.isValidSignature(form, for: digest)
    } catch {
      return false
    }
  }

  private func accepts(_ signature: [UInt8], by key: P384.Signing.PublicKey, over digest: some Digest) -> Bool {
    do {
      let form =
        signature.count == 96
        ? try P384.Signing.ECDSASignature(rawRepresentation: signature)
        : try P384.Signing.ECDSASignature(derRepresentation: signature)
      return key.isValidSignature(form, for: digest)
    } catch {
      return false
    }
  }
}

/// A SHA-256 that a file states instead of the bytes it is of.
private struct KnownDigest: Digest {
  static let byteCount = 32
  private let bytes: [UInt8]

  init?(_ bytes: [UInt8]) {
    guard bytes.count == KnownDigest.byteCount else { return nil }
    self.bytes = bytes
  }

  func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes(body)
  }

  func makeIterator() -> Array<UInt8>.Iterator { bytes.makeIterator() }

  var description: String { "SHA256 \(bytes)" }
}

/// One block of a PEM file.
///
/// - Source: RFC 7468 §2; text before the block is skipped.
struct PEMBlock {
  let label: String
  let bytes: [UInt8]

  init?(in text: String) {
    var label: String?
    var body: [UInt8] = []
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = String(Substring(line)).trimmingCharacters(in: .whitespaces)
      if let open = label {
        if line == "-----END \(open)-----" {
          guard let bytes = Base64.decoded(body) else { return nil }
          (self.label, self.bytes) = (open, bytes)
          return
        }
        body += line.utf8
      } else if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----"), line.utf8.count > 16 {
        label = String(line.dropFirst(11).dropLast(5))
        // `EC PARAMETERS` and the like may go before the key.
        if label?.hasSuffix("PARAMETERS") == true { label = nil }
      }
    }
    return nil
  }
}
