/// JSON that people look at too: its members in the order in which they are written, indented.
package indirect enum JSONTree: Hashable, Sendable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case null
  case list([JSONTree])
  case members([Member])

  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: JSONTree

    package init(name: String, value: JSONTree) {
      (self.name, self.value) = (name, value)
    }
  }

  /// An object without the members that have no value.
  package static func object(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
    .members(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  /// The document, with a line end after it. What has no parts of its own stands on one line.
  package var text: String { text(indent: 0) + "\n" }

  /// - Parameter indent: Of the line that it begins on.
  func text(indent: Int) -> String {
    var bytes: [UInt8] = []
    append(to: &bytes, indent: indent)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(to bytes: inout [UInt8], indent: Int) {
    switch self {
    case .text(let text): JSONText.append(text, to: &bytes)
    case .number(let number): bytes += String(number).utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .null: bytes += "null".utf8
    case .list(let elements):
      JSONTree.append("[", elements, "]", isFlat: !elements.contains(where: \.hasParts), to: &bytes, indent: indent) {
        $1.append(to: &$0, indent: $2)
      }
    case .members(let members):
      let isFlat = members.count < 3 && !members.contains { $0.value.hasParts }
      JSONTree.append("{", members, "}", isFlat: isFlat, to: &bytes, indent: indent) { bytes, member, indent in
        JSONText.append(member.name, to: &bytes)
        bytes += ": ".utf8
        member.value.append(to: &bytes, indent: indent)
      }
    }
  }

  private var hasParts: Bool {
    switch self {
    case .list(let elements): !elements.isEmpty
    case .members(let members): !members.isEmpty
    default: false
    }
  }

  private static func append<Part>(
    _ open: String, _ parts: [Part], _ close: String, isFlat: Bool, to bytes: inout [UInt8], indent: Int,
    part: (inout [UInt8], Part, Int) -> Void
  ) {
    bytes += open.utf8
    for (index, element) in parts.enumerated() {
      if index > 0 { bytes += (isFlat ? ", " : ",").utf8 }
      if !isFlat { newLine(indent + 2, to: &bytes) }
      part(&bytes, element, indent + 2)
    }
    if !isFlat, !parts.isEmpty { newLine(indent, to: &bytes) }
    bytes += close.utf8
  }

  private static func newLine(_ indent: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: indent)
  }
}
