/// What some bytes hash to.
package struct ContentDigest: Hashable, Comparable, Sendable {
  /// In lower case and without a dash, such as `sha256`; `sha1` for the id of a Git commit too.
  package var algorithm: String
  /// In lower case where it is hexadecimal, as it was written otherwise.
  package var hex: String

  /// Formats spell algorithms in many ways (`SHA-256`, `SHA256`, `sha2_256`, `gitCommit`); here each has one name.
  package init(algorithm: String, hex: String) {
    self.algorithm = ContentDigest.canonicalName(of: algorithm)
    let hasCapitals = hex.utf8.contains { $0 >= 0x41 && $0 <= 0x46 }
    self.hex = hasCapitals && hex.utf8.allSatisfy(isHexadecimal) ? hex.lowercased() : hex
  }

  package init(algorithm: String, bytes: some Sequence<UInt8>) {
    let digits = Array("0123456789abcdef".utf8)
    let hex = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    self.init(algorithm: algorithm, hex: String(decoding: hex, as: UTF8.self))
  }

  /// Reads `sha256:2c26…`.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[1].utf8.allSatisfy(isHexadecimal) else {
      return nil
    }
    self.init(algorithm: String(parts[0]), hex: String(parts[1]))
  }

  package static func < (a: ContentDigest, b: ContentDigest) -> Bool { (a.algorithm, a.hex) < (b.algorithm, b.hex) }

  private static func canonicalName(of algorithm: String) -> String {
    switch algorithm {
    case "sha256", "sha1", "sha512": algorithm
    case "SHA-256", "SHA256", "SHA2_256", "sha2_256", "sha-256": "sha256"
    case "SHA-1", "SHA1", "sha-1", "gitCommit", "gitcommit": "sha1"
    case "SHA-384", "SHA384", "SHA2_384": "sha384"
    case "SHA-512", "SHA512", "SHA2_512", "sha2_512": "sha512"
    case "MD5": "md5"
    default: algorithm.lowercased()
    }
  }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
  default: false
  }
}
