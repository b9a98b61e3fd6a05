/// What a finding is, whatever line it has moved to: its code, its file and its words.
package struct FindingKey: Hashable, Comparable, Sendable {
  package var code: String
  /// Empty when no input file is at fault.
  package var file: String
  package var message: String

  package init(code: String, file: String, message: String) {
    (self.code, self.file, self.message) = (code, file, message)
  }

  package static func < (a: FindingKey, b: FindingKey) -> Bool {
    (a.file, a.code, a.message) < (b.file, b.code, b.message)
  }

  /// 32 hexadecimal digits. - Source: FNV-1a with 128 bits, over the parts with a NUL between them.
  /// - Parameter occurrence: Which of several that are alike, from 0.
  fileprivate func fingerprint(occurrence: Int) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
      hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    for part in [code, file, message] + (occurrence > 0 ? [String(occurrence)] : []) { add(part) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }
}

extension Diagnostic {
  package var key: FindingKey { FindingKey(code: code, file: location?.file ?? "", message: message) }
}

extension Report {
  /// The diagnostics with what tells each from all others and does not change when lines move.
  var fingerprinted: [(diagnostic: Diagnostic, fingerprint: String)] {
    var seen: [FindingKey: Int] = [:]
    return diagnostics.map { diagnostic in
      let occurrence = seen[diagnostic.key, default: 0]
      seen[diagnostic.key] = occurrence + 1
      return (diagnostic, diagnostic.key.fingerprint(occurrence: occurrence))
    }
  }
}
