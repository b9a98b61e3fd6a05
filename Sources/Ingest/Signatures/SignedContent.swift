/// Something signed, with its signatures and the certificate that came with it.
struct SignedContent {
  enum Content {
    case bytes([UInt8])
    /// The SHA-256 of a file that is not at hand.
    case sha256([UInt8])
  }

  var content: Content
  /// As they are; `nil` for one that is no base64.
  var signatures: [[UInt8]?]
  /// The leaf certificates that the file carries, in DER.
  var certificates: [[UInt8]] = []

  /// What DSSE signs: the type and the payload, each with its length, so that neither can be mistaken for the other.
  ///
  /// - Source: DSSE 1.0.2, protocol, "PAE".
  static func preAuthentication(type: String, payload: [UInt8]) -> [UInt8] {
    var bytes = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8)
    bytes += payload
    return bytes
  }

  /// Whether the key made one of the signatures; `nil` when this kind of key cannot tell.
  func isSigned(by key: PublicKey) -> Bool? {
    var result: Bool? = false
    for signature in signatures {
      guard let signature else { continue }
      let accepted =
        switch content {
        case .bytes(let bytes): key.accepts(signature, over: bytes) as Bool?
        case .sha256(let digest): key.accepts(signature, overSHA256: digest)
        }
      if accepted == true { return true }
      if accepted == nil { result = nil }
    }
    return result
  }
}
