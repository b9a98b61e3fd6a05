import Foundation

/// The bytes between the lines of a PEM file.
///
/// - Source: RFC 7468.
struct PEM: Hashable {
  /// Such as `PRIVATE KEY`.
  var label: String
  var bytes: [UInt8]

  /// - Returns: The first block; `nil` when there is none that is whole.
  init?(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }
    guard let start = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("-----") }) else {
      return nil
    }
    label = String(lines[start].dropFirst(11).dropLast(5))
    guard let end = lines[start...].firstIndex(of: "-----END \(label)-----"),
      let data = Data(base64Encoded: lines[lines.index(after: start)..<end].joined())
    else { return nil }
    bytes = Array(data)
  }
}
