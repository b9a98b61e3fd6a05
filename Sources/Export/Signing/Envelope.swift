import Foundation

/// A statement with signatures over it.
///
/// - Source: DSSE 1.0, https://github.com/secure-systems-lab/dsse
package struct Envelope: Hashable, Sendable {
  package static let statementType = "application/vnd.in-toto+json"

  package struct Signature: Hashable, Sendable {
    package var key: String
    package var bytes: [UInt8]
  }

  package var payload: [UInt8]
  package var payloadType: String
  package var signatures: [Signature]

  /// Signs a statement.
  package init(_ payload: [UInt8], signedWith key: SigningKey) throws(KeyProblem) {
    (self.payload, payloadType) = (payload, Envelope.statementType)
    let signed = Envelope.signedBytes(payload, type: payloadType)
    signatures = [Signature(key: key.publicKey.id, bytes: try key.signature(of: signed))]
  }

  private struct Text: Decodable {
    struct Signature: Decodable {
      var keyid: String?
      var sig: String
    }
    var payload: String
    var payloadType: String
    var signatures: [Signature]
  }

  /// - Returns: `nil` when the bytes are no envelope.
  package init?(bytes: [UInt8]) {
    guard let text = try? JSONDecoder().decode(Text.self, from: Data(bytes)),
      let payload = Data(base64Encoded: text.payload)
    else { return nil }
    (self.payload, payloadType) = (Array(payload), text.payloadType)
    signatures = []
    for signature in text.signatures {
      guard let bytes = Data(base64Encoded: signature.sig) else { return nil }
      signatures.append(Signature(key: signature.keyid ?? "", bytes: Array(bytes)))
    }
  }

  package var bytes: [UInt8] {
    JSON.object([
      "payload": .text(Data(payload).base64EncodedString()), "payloadType": .text(payloadType),
      "signatures": .list(
        signatures.map { .object(["keyid": .text($0.key), "sig": .text(Data($0.bytes).base64EncodedString())]) }),
    ]).bytes
  }

  /// Whether some signature is the key's, and says so.
  package func isSigned(by key: VerificationKey) -> Bool {
    let signed = Envelope.signedBytes(payload, type: payloadType)
    return signatures.contains { $0.key == key.id && key.isSignature($0.bytes, of: signed) }
  }

  /// The pre-authentication encoding.
  private static func signedBytes(_ payload: [UInt8], type: String) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }
}
