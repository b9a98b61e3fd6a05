/// The few lines that stand in a checkout for a file that Git LFS keeps elsewhere.
///
/// - Source: the Git LFS specification, "The Pointer".
struct LFSPointer: Hashable, Sendable {
  /// In lower-case hex.
  var sha256: String
  var size: Int

  /// - Returns: `nil` for anything that is no pointer.
  init?(_ bytes: [UInt8]) {
    let version = "version https://git-lfs.github.com/spec/"
    guard bytes.count < 1024, bytes.starts(with: version.utf8) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      if words.count == 2 { values[words[0]] = words[1] }
    }
    guard let id = values["oid"], id.hasPrefix("sha256:"), let size = values["size"].flatMap({ Int($0) }), size >= 0
    else {
      return nil
    }
    let digest = String(id.dropFirst("sha256:".count))
    guard isSHA256(digest) else { return nil }
    (self.sha256, self.size) = (digest, size)
  }
}

/// Whether the text is a SHA-256 in lower-case hex.
func isSHA256(_ text: String) -> Bool {
  text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
}
