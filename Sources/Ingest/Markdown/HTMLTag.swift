/// A piece of HTML in a text that is known to be harmless. Everything else is shown as the text that it is.
enum HTMLTag: Equatable {
  /// `<!-- … -->`: for those who edit the file; readers never see it.
  case comment
  /// `<br>` in its spellings.
  case lineBreak
  /// Exactly the name in angle brackets; `details` may have `open`.
  case opening(String, isOpen: Bool)
  case closing(String)
  /// `<a id="…">` or `<a name="…">`: an old way to give an anchor, dropped with its `</a>`.
  case anchor

  /// Names that style words.
  static let phrasing: Set<String> = ["kbd", "sub", "sup", "small", "b", "i", "em", "strong"]

  init?(_ literal: some RandomAccessCollection<UInt8>) {
    let text = String(decoding: literal, as: UTF8.self)
    guard text.hasPrefix("<"), text.hasSuffix(">") else { return nil }
    if text.hasPrefix("<!--"), text.hasSuffix("-->") {
      self = .comment
      return
    }
    switch text.lowercased() {
    case "<br>", "<br/>", "<br />": self = .lineBreak
    case "<details>": self = .opening("details", isOpen: false)
    case "<details open>", "<details open=\"\">": self = .opening("details", isOpen: true)
    case "<summary>": self = .opening("summary", isOpen: false)
    case "</details>": self = .closing("details")
    case "</summary>": self = .closing("summary")
    case "</a>": self = .closing("a")
    case let tag where HTMLTag.phrasing.contains(String(tag.dropFirst().dropLast())):
      self = .opening(String(tag.dropFirst().dropLast()), isOpen: false)
    case let tag where tag.hasPrefix("</") && HTMLTag.phrasing.contains(String(tag.dropFirst(2).dropLast())):
      self = .closing(String(tag.dropFirst(2).dropLast()))
    case let tag where HTMLTag.isAnchor(tag): self = .anchor
    default: return nil
    }
  }

  private static func isAnchor(_ tag: String) -> Bool {
    for start in ["<a id=", "<a name="] where tag.hasPrefix(start) {
      let value = tag.dropFirst(start.count).dropLast()
      guard let quote = value.first, quote == "\"" || quote == "'", value.count >= 2, value.last == quote else {
        return false
      }
      return !value.dropFirst().dropLast().contains { $0 == quote || $0 == "<" || $0 == ">" }
    }
    return false
  }
}

/// A block of HTML, cut into tags that are known and the text between them.
struct HTMLBlock {
  enum Token {
    case tag(HTMLTag)
    case text([UInt8])
  }

  var tokens: [Token] = []

  /// - Returns: `nil` when it holds any tag that is not known, or words outside a summary.
  init?(_ literal: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var inSummary = false
    while index < literal.count {
      guard literal[index] == UInt8(ascii: "<") else {
        let end = literal[index...].firstIndex(of: UInt8(ascii: "<")) ?? literal.count
        let text = literal[index..<end]
        let isBlank = text.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
        guard isBlank || inSummary else { return nil }
        if inSummary { tokens.append(.text(Array(text))) }
        index = end
        continue
      }
      let rest = literal[index...]
      guard
        let end = rest.starts(with: "<!--".utf8)
          ? HTMLBlock.endOfComment(rest)
          : rest.firstIndex(of: UInt8(ascii: ">")).map({ $0 + 1 }), let tag = HTMLTag(literal[index..<end])
      else { return nil }
      switch tag {
      case .comment: break
      case .opening("summary", _) where inSummary, .closing("summary") where !inSummary: return nil
      case .opening("summary", _):
        // A summary comes first in its details, or means nothing.
        guard case .tag(.opening("details", _))? = tokens.last else { return nil }
        inSummary = true
        tokens.append(.tag(tag))
      case .closing("summary"):
        inSummary = false
        tokens.append(.tag(tag))
      case .opening("details", _), .closing("details"):
        guard !inSummary else { return nil }
        tokens.append(.tag(tag))
      case .lineBreak:
        if inSummary { tokens.append(.tag(tag)) }
      case .opening, .closing, .anchor: return nil
      }
      index = end
    }
    if inSummary { return nil }
  }

  private static func endOfComment(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var index = rest.startIndex + 4
    while index + 2 < rest.endIndex {
      if rest[index] == UInt8(ascii: "-"), rest[index + 1] == UInt8(ascii: "-"), rest[index + 2] == UInt8(ascii: ">") {
        return index + 3
      }
      index += 1
    }
    return nil
  }

  /// Whether nothing of it is for readers.
  var isEmpty: Bool { tokens.isEmpty }

  /// How many details it opens less how many it closes, and the lowest that goes on the way.
  var balance: (change: Int, lowest: Int) {
    var (change, lowest) = (0, 0)
    for case .tag(let tag) in tokens {
      if case .opening("details", _) = tag { change += 1 }
      if case .closing("details") = tag {
        change -= 1
        lowest = min(lowest, change)
      }
    }
    return (change, lowest)
  }
}
