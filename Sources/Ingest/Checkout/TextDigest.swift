import Crypto

extension TextFile {
  /// The SHA-256 of its text, in lower-case hex.
  package var sha256: String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }
}
