/// A line that defines a link, such as `[1.2.0]: https://…`.
struct LinkDefinition {
  /// Normalised: case and runs of blanks do not count.
  let label: String

  init?(_ line: some RandomAccessCollection<UInt8>) {
    let text = line.drop { $0 == 0x20 }
    guard text.first == UInt8(ascii: "["), line.distance(from: line.startIndex, to: text.startIndex) <= 3,
      let close = text.firstIndex(of: UInt8(ascii: "]")), text.distance(from: text.startIndex, to: close) > 1
    else { return nil }
    let inside = text[text.index(after: text.startIndex)..<close]
    let rest = text[text.index(after: close)...]
    guard rest.first == UInt8(ascii: ":"), inside.first != UInt8(ascii: "^"), !inside.contains(UInt8(ascii: "[")),
      rest.dropFirst().contains(where: { $0 != 0x20 && $0 != 0x09 })
    else { return nil }
    label = LinkDefinition.normalised(inside)
  }

  /// The labels that a line may name: whatever stands between brackets.
  static func labels(in line: some RandomAccessCollection<UInt8>) -> [String] {
    var labels: [String] = []
    var start = line.endIndex
    var index = line.startIndex
    while index < line.endIndex {
      switch line[index] {
      case UInt8(ascii: "["): start = line.index(after: index)
      case UInt8(ascii: "]"):
        if start < index { labels.append(normalised(line[start..<index])) }
        start = line.endIndex
      default: break
      }
      line.formIndex(after: &index)
    }
    return labels
  }

  private static func normalised(_ label: some RandomAccessCollection<UInt8>) -> String {
    label.split { $0 == 0x20 || $0 == 0x09 }
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
      .joined(separator: " ")
  }
}
