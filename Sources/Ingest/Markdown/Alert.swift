import Model

/// A quote that begins with `[!NOTE]` or one of its kin.
enum Alert: String, CaseIterable {
  case note, tip, important, warning, caution
  /// For readers of the internal site only.
  case `internal`
}

extension MarkdownNode {
  /// What a block quote is, if it begins with a marker that stands alone on its line.
  ///
  /// The marker of internal quotes need not stand alone: better too much is held back than too little.
  var alert: Alert? {
    guard let paragraph = firstChild, paragraph.kind == .paragraph, let text = paragraph.firstChild, text.kind == .text
    else { return nil }
    let literal = text.literal
    guard literal.count > 3, literal[0] == UInt8(ascii: "["), literal[1] == UInt8(ascii: "!") else { return nil }
    if startsWithInternalMarker(literal) { return .internal }
    guard text.next == nil || text.next?.kind == .softBreak || text.next?.kind == .lineBreak else { return nil }
    let marker = String(decoding: literal, as: UTF8.self).lowercased()
    return Alert.allCases.first { marker == "[!\($0.rawValue)]" }
  }
}

func startsWithInternalMarker(_ bytes: some Collection<UInt8>) -> Bool {
  bytes.first == UInt8(ascii: "[") && bytes.prefix(11).map(asciiLowercase).elementsEqual("[!internal]".utf8)
}
