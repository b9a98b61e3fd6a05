package import Diagnostics
package import Model

/// The keys that the site trusts, read once.
package struct VerificationKeys: Sendable {
  private struct Entry: Sendable {
    var id: String
    var key: PublicKey
  }

  /// By id.
  private var entries: [Entry] = []

  /// No keys: nothing can be verified.
  package init() {}

  /// - Parameter pems: PEM texts of public keys or certificates, by the id that the site gives them.
  init(pems: [String: String]) throws(PublicKey.Problem) {
    for (id, pem) in pems.sorted(by: { $0.key < $1.key }) {
      entries.append(Entry(id: id, key: try PublicKey(pem: pem)))
    }
  }

  /// Reads the files that gazette.yml lists under `signing: {keys: …}`. One that is no key is reported and left out.
  package static func read(
    _ signing: Site.Signing, in checkout: Checkout, into report: inout Report
  ) throws(FileError) -> VerificationKeys {
    var keys = VerificationKeys()
    for (id, path) in signing.keys.sorted(by: { $0.key < $1.key }) {
      guard let text = try checkout.text(of: path.value, limit: largestKey, at: path.location, into: &report) else {
        continue
      }
      do {
        keys.entries.append(Entry(id: id, key: try PublicKey(pem: text)))
      } catch {
        report.add(error.diagnostic(of: id, file: path.value, at: path.location))
      }
    }
    return keys
  }

  private static let largestKey = 64 << 10

  /// What can be said of a signature: one of three things, never a mixture.
  func result(for signed: SignedContent) -> SignatureResult {
    guard !signed.signatures.isEmpty else { return .unverified(.unsigned) }
    var couldTell = false
    for entry in entries {
      switch signed.isSigned(by: entry.key) {
      case true?: return .verified(key: entry.id)
      case false?: couldTell = true
      case nil: break
      }
    }
    if let damage = damage(to: signed) { return .fails(reason: damage) }
    var ownVerdicts: [Bool] = []
    for certificate in signed.certificates {
      guard let key = certificateKey(certificate), let verdict = signed.isSigned(by: key) else { continue }
      ownVerdicts.append(verdict)
    }
    if ownVerdicts.contains(true) { return .unverified(.certificateNotListed) }
    if !ownVerdicts.isEmpty { return .fails(reason: "it does not fit the certificate in the file") }
    guard couldTell else { return .unverified(.noKey) }
    let ids = entries.map(\.id).joined(separator: ", ")
    return .fails(reason: entries.count == 1 ? "it does not fit the key \(ids)" : "it fits none of the keys \(ids)")
  }

  /// The key of a certificate; `nil` when it is of a kind that Gazette does not verify with.
  private func certificateKey(_ certificate: [UInt8]) -> PublicKey? {
    do { return try PublicKey(certificate: certificate) } catch { return nil }
  }

  /// What makes every signature unusable, whatever the key.
  private func damage(to signed: SignedContent) -> String? {
    if signed.signatures.allSatisfy({ $0 == nil }) { return "the signature is no base64" }
    let isTwice = signed.signatures.allSatisfy { signature in
      signature.map { $0.count % 4 == 0 && $0.count > 64 && Base64.decoded($0) != nil } ?? true
    }
    return isTwice ? "the signature is base64 of base64" : nil
  }
}

extension PublicKey.Problem {
  fileprivate func diagnostic(of id: String, file: String, at location: SourceLocation) -> Diagnostic {
    switch self {
    case .malformed:
      .error(
        .unreadableKey, "the key `\(id)` cannot be read from `\(file)`", at: location,
        help: "store the public key as PEM, which begins with `-----BEGIN PUBLIC KEY-----`")
    case .unsupported:
      .error(
        .unsupportedKey, "the key `\(id)` in `\(file)` is of a kind that Gazette does not verify with", at: location,
        help: "use Ed25519, ECDSA on P-256 or P-384, or RSA of at least 2048 bits")
    case .isPrivate:
      .error(
        .privateKey, "`\(file)` holds the private key of `\(id)`", at: location,
        help: "replace the key wherever it is trusted, and store the public key here")
    }
  }
}

extension EvidenceReport {
  /// Says of each attested statement whether a key of the site signed it.
  mutating func verify(with keys: VerificationKeys) {
    guard case .provenance(var provenance) = payload else { return }
    for (place, content) in zip(provenance.statements.indices, signed) {
      provenance.statements[place].signature = keys.result(for: content)
    }
    payload = .provenance(provenance)
    signed = []
  }
}
