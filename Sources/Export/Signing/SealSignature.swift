import Model

extension Seal {
  /// The text of `seal.dsse.json`: a statement about `seal.json`, signed.
  package func signature(with key: SigningKey) throws(KeyProblem) -> [UInt8] {
    try Envelope(Seal.statement(of: bytes, self).bytes, signedWith: key).bytes
  }

  private static func statement(of bytes: [UInt8], _ seal: Seal) -> Statement {
    Statement(
      [Statement.Subject(name: path, digests: ["sha256": Fingerprint(of: bytes).hex])], predicateType: Vocabulary.seal,
      predicate: .object([
        "root": .text(seal.root.hex), "commit": JSON(seal.commit), "as_of": .text(seal.asOf.iso),
        "audience": .text(seal.audience.rawValue), "gazette": .text(seal.gazetteVersion),
      ]))
  }

  /// What the signature of a seal proves.
  package enum Proof: Hashable, Sendable {
    case signed(key: String)
    /// There is a signature, and no key to check it with.
    case unchecked
    case unsigned
    /// Somebody claims what does not hold; the reason has no full stop.
    case broken(String)
  }

  /// Holds `seal.dsse.json` against the seal.
  ///
  /// - Parameter envelope: Its bytes; `nil` when there is none.
  package func proof(by envelope: [UInt8]?, key: VerificationKey?) -> Proof {
    guard let envelope else {
      return key == nil ? .unsigned : .broken("there is no signature, but `--key` asks for one")
    }
    guard let signed = Envelope(bytes: envelope), signed.bytes == envelope, signed.payloadType == Envelope.statementType
    else { return .broken("`\(Seal.signaturePath)` is no signature as Gazette writes it") }
    guard signed.payload == Seal.statement(of: bytes, self).bytes else {
      return .broken("`\(Seal.signaturePath)` speaks of another seal")
    }
    guard let key else { return .unchecked }
    guard signed.isSigned(by: key) else { return .broken("the seal is not signed with this key") }
    return .signed(key: key.id)
  }
}
