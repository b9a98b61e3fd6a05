import Diagnostics
import Model

/// A JSON document that is written while it is made: the same bytes as ``JSON/bytes``, and never all of it at once.
package indirect enum StreamedJSON {
  /// Gives the elements of a list, one after the other.
  package typealias Elements = (_ element: (JSON) -> Void) -> Void

  case whole(JSON)
  case list(Elements)
  /// A list of one element.
  case only(StreamedJSON)
  /// In the order of the bytes of their names.
  case members([(name: String, value: StreamedJSON)])

  static func object(_ members: [String: StreamedJSON]) -> StreamedJSON {
    .members(members.map { (name: $0.key, value: $0.value) }.sorted { precedesInBytes($0.name, $1.name) })
  }

  /// How many bytes are gathered before they are handed on.
  private static let piece = 1 << 16

  /// - Parameter receive: Gets the bytes piece by piece; none is cut within a character.
  package func write(to receive: ([UInt8]) -> Void) {
    var bytes: [UInt8] = []
    append(to: &bytes, receive)
    bytes.append(UInt8(ascii: "\n"))
    receive(bytes)
  }

  private func append(to bytes: inout [UInt8], _ receive: ([UInt8]) -> Void) {
    switch self {
    case .whole(let value): value.append(to: &bytes)
    case .list(let elements):
      bytes.append(UInt8(ascii: "["))
      var isFirst = true
      elements { element in
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        element.append(to: &bytes)
        guard bytes.count > StreamedJSON.piece else { return }
        receive(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      bytes.append(UInt8(ascii: "]"))
    case .only(let element):
      bytes.append(UInt8(ascii: "["))
      element.append(to: &bytes, receive)
      bytes.append(UInt8(ascii: "]"))
    case .members(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes, receive)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
