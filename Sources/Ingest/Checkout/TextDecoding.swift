import Diagnostics

/// What the bytes of a file say as text.
enum DecodedText {
  case text(String)
  /// Where the first byte stands that is not UTF-8, counted in lines and scalars from 1, and what the file may be.
  case undecodable(line: Int, column: Int, guess: String)
}

/// Reads UTF-8: a byte order mark is dropped, and CRLF and lone CR become `\n`.
func decodedText(_ bytes: [UInt8]) -> DecodedText {
  if let encoding = otherEncoding(of: bytes) { return .undecodable(line: 1, column: 1, guess: encoding) }
  let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  if body.contains(0) { return undecodable(body, from: body.firstIndex(of: 0) ?? 0, guess: "a binary file") }
  let lines = body.contains(0x0D) ? withPlainLineEnds(body) : body
  if let text = String(validating: lines, as: UTF8.self) { return .text(text) }
  var place = lines.startIndex
  while place < lines.endIndex {
    let length = lines[place...].validSequenceLength
    if length == 0 { break }
    place += length
  }
  let guess =
    lines[place...].contains { $0 >= 0x80 && $0 < 0xA0 } ? "Windows-1252 or binary" : "ISO 8859-1 or Windows-1252"
  return undecodable(lines, from: place, guess: guess)
}

private func undecodable(_ body: ArraySlice<UInt8>, from place: Int, guess: String) -> DecodedText {
  let before = body[..<place]
  let lineStart = before.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? body.startIndex
  let ends = before.enumerated().count { offset, byte in
    byte == 0x0A || (byte == 0x0D && body[safe: body.startIndex + offset + 1] != 0x0A)
  }
  let scalars = body[lineStart..<place].count { $0 & 0xC0 != 0x80 }
  return .undecodable(line: ends + 1, column: scalars + 1, guess: guess)
}

/// UTF-16 and UTF-32 by their marks, and UTF-16 without one by the NULs of its ASCII.
private func otherEncoding(of bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
  guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
  let isZero = bytes.prefix(4).map { $0 == 0 }
  return isZero == [true, false, true, false] || isZero == [false, true, false, true] ? "UTF-16" : nil
}

private func withPlainLineEnds(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var wasReturn = false
  for byte in bytes {
    switch byte {
    case 0x0D: result.append(0x0A)
    case 0x0A where wasReturn: break
    default: result.append(byte)
    }
    wasReturn = byte == 0x0D
  }
  return result[...]
}

extension ArraySlice<UInt8> {
  fileprivate subscript(safe index: Int) -> UInt8? { index < endIndex ? self[index] : nil }
}
