import Diagnostics
import Model

/// A JSON document to be written.
package enum JSON: Hashable, Sendable {
  /// Of an object.
  package struct Member: Hashable, Sendable {
    var name: String
    var value: JSON
  }

  case null
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([JSON])
  /// An object; its members are in the order of the bytes of their names, each name once.
  case members([Member])

  /// The text, or null where there is none.
  package init(_ text: String?) {
    self = text.map(JSON.text) ?? .null
  }

  package static func object(_ members: [String: JSON]) -> JSON {
    let sorted = members.map { Member(name: $0.key, value: $0.value) }
      .sorted { precedesInBytes($0.name, $1.name) }
    return .members(sorted)
  }

  /// Canonical: members sorted by the bytes of their names, no blanks, strings escaped as ``JSONText`` does, a line end
  /// after it; so equal documents give equal bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): bytes += String(number).utf8
    case .text(let text): JSONText.append(text, to: &bytes)
    case .list(let elements):
      bytes.append(UInt8(ascii: "["))
      for index in elements.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        elements[index].append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .members(let members):
      bytes.append(UInt8(ascii: "{"))
      for index in members.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(members[index].name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        members[index].value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
