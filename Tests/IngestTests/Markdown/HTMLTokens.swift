/// HTML cut into tags and text, strictly: what is no well-formed tag is a fault.
struct HTMLTokens {
  enum Token: Equatable {
    case start(String, attributes: [String: String])
    case end(String)
    case text(String)
  }

  private(set) var tokens: [Token] = []
  private(set) var faults: [String] = []

  init(_ html: String) {
    let bytes = Array(html.utf8)
    var index = 0
    while index < bytes.count {
      let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      if end > index { tokens.append(.text(String(decoding: bytes[index..<end], as: UTF8.self))) }
      guard end < bytes.count else { break }
      index = readTag(bytes, at: end)
    }
  }

  private mutating func readTag(_ bytes: [UInt8], at start: Int) -> Int {
    var index = start + 1
    func isName(_ byte: UInt8) -> Bool {
      byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "-")
    }
    func word() -> String {
      let from = index
      while index < bytes.count, isName(bytes[index]) { index += 1 }
      return String(decoding: bytes[from..<index], as: UTF8.self)
    }
    func fault(_ what: String) -> Int {
      faults.append("\(what) in " + String(decoding: bytes[start..<min(bytes.count, start + 80)], as: UTF8.self))
      return start + 1
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") {
      index += 1
      let name = word()
      guard !name.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: ">") else { return fault("an end tag") }
      tokens.append(.end(name))
      return index + 1
    }
    let name = word()
    guard !name.isEmpty else { return fault("a bare <") }
    var attributes: [String: String] = [:]
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: ">"):
        tokens.append(.start(name, attributes: attributes))
        return index + 1
      case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: ">"): index += 1
      case 0x20: index += 1
      default:
        let attribute = word()
        guard !attribute.isEmpty else { return fault("an attribute") }
        var value = ""
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "\"") {
          guard let close = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: "\"")) else { return fault("a quote") }
          value = String(decoding: bytes[(index + 2)..<close], as: UTF8.self)
          index = close + 1
        }
        guard attributes.updateValue(value, forKey: attribute) == nil else { return fault("a second \(attribute)") }
      }
    }
    return fault("an open tag")
  }
}
