import Diagnostics

/// Cuts a template into text and tags; the only place that knows delimiters.
///
/// One pass over the bytes, whatever they hold.
struct TagScanner {
  private let source: TemplateSource
  private var openDelimiter = Array("{{".utf8)
  private var closeDelimiter = Array("}}".utf8)
  private var tokens: [Token] = []
  private var findings: TemplateFindings

  /// The tokens of a template; a malformed tag is reported, and kept where what follows can still be understood.
  static func tokens(of source: TemplateSource, into findings: inout TemplateFindings) -> [Token] {
    var scanner = TagScanner(source: source, findings: findings)
    scanner.scan()
    findings = scanner.findings
    return scanner.tokens
  }

  private init(source: TemplateSource, findings: TemplateFindings) {
    self.source = source
    self.findings = findings
  }

  private var bytes: [UInt8] { source.bytes }

  private mutating func scan() {
    var textStart = source.start
    var position = textStart
    while position < bytes.count {
      guard stands(openDelimiter, at: position) else {
        position += 1
        continue
      }
      let (end, isClosed) = endOfTag(at: position)
      guard isClosed else {
        position = end
        continue
      }
      appendText(textStart..<position)
      appendTag(position..<end)
      position = end
      textStart = end
    }
    appendText(textStart..<bytes.count)
  }

  /// Where the tag that opens here ends; without a close, and with a finding, where to go on reading.
  private mutating func endOfTag(at start: Int) -> (end: Int, isClosed: Bool) {
    let contentStart = start + openDelimiter.count
    let sigil = contentStart < bytes.count ? bytes[contentStart] : 0
    let close: [UInt8]
    switch sigil {
    case UInt8(ascii: "{"): close = [UInt8(ascii: "}")] + closeDelimiter
    case UInt8(ascii: "="): close = [UInt8(ascii: "=")] + closeDelimiter
    default: close = closeDelimiter
    }
    let isComment = sigil == UInt8(ascii: "!")  // may hold anything but its end
    var position = contentStart + close.count - closeDelimiter.count
    while position < bytes.count {
      if stands(close, at: position) { return (position + close.count, true) }
      if !isComment, stands(openDelimiter, at: position) || stands(closeDelimiter, at: position) { break }
      position += 1
    }
    let written = String(decoding: close, as: UTF8.self)
    findings.error(
      .unclosedTag, "this tag is not closed", at: start..<min(contentStart, bytes.count),
      label: "no `\(written)` follows", help: "close the tag with `\(written)`")
    return (max(contentStart, position), false)
  }

  private mutating func appendText(_ place: Range<Int>) {
    if !place.isEmpty { tokens.append(.text(place)) }
  }

  private mutating func appendTag(_ place: Range<Int>) {
    var content = place.lowerBound + openDelimiter.count..<place.upperBound - closeDelimiter.count
    var kind = Tag.Kind.escaped
    if let sigil = bytes[content].first, let marked = self.kind(of: sigil) {
      kind = marked
      content = content.lowerBound + 1..<content.upperBound
      // `{{{x}}}` and `{{=x y=}}` carry their mark at both ends.
      if sigil == UInt8(ascii: "{") || kind == .delimiters { content = content.lowerBound..<content.upperBound - 1 }
    }
    content = trimmed(content)
    let name = kind == .comment || kind == .delimiters ? "" : String(decoding: bytes[content], as: UTF8.self)
    let tag = Tag(kind: kind, name: name, namePlace: content.isEmpty ? place : content, place: place)
    check(tag)
    if kind == .delimiters { setDelimiters(content, of: tag) }
    tokens.append(.tag(tag))
  }

  private func kind(of sigil: UInt8) -> Tag.Kind? {
    switch sigil {
    case UInt8(ascii: "{"), UInt8(ascii: "&"): .raw
    case UInt8(ascii: "#"): .section
    case UInt8(ascii: "^"): .inverted
    case UInt8(ascii: "/"): .end
    case UInt8(ascii: ">"): .partial
    case UInt8(ascii: "<"): .parent
    case UInt8(ascii: "$"): .block
    case UInt8(ascii: "!"): .comment
    case UInt8(ascii: "="): .delimiters
    default: nil
    }
  }

  private mutating func check(_ tag: Tag) {
    let isWellNamed: Bool
    switch tag.kind {
    case .escaped, .raw, .section, .inverted: isWellNamed = namePath(tag.name) != nil
    case .partial, .parent: isWellNamed = isTemplateName(tag.name)
    case .block: isWellNamed = isWord(tag.name.utf8)
    case .end: isWellNamed = !tag.name.isEmpty
    case .comment, .delimiters: isWellNamed = true
    }
    guard !isWellNamed else { return }
    guard !tag.name.isEmpty else {
      findings.error(.malformedTag, "this tag names nothing", at: tag.place, help: "put a name between the delimiters")
      return
    }
    let help =
      if tag.name.hasPrefix("*") {
        "name the template itself: names that are looked up in the data are not part of the language here"
      } else if tag.kind == .partial || tag.kind == .parent {
        "name a template by its path without `.mustache`, such as `head`"
      } else {
        "use letters, digits, `_` and `-`, with dots between the parts of a path"
      }
    findings.error(.malformedTag, "`\(shortened(tag.name))` is not a name", at: tag.namePlace, help: help)
  }

  private mutating func setDelimiters(_ content: Range<Int>, of tag: Tag) {
    let pair = bytes[content].split(whereSeparator: isBlank)
    guard pair.count == 2, !bytes[content].contains(UInt8(ascii: "=")) else {
      findings.error(
        .malformedTag, "this tag does not set two delimiters", at: tag.place,
        help: "write the new delimiters with a space between them, as in `{{=<% %>=}}`")
      return
    }
    openDelimiter = Array(pair[0])
    closeDelimiter = Array(pair[1])
  }

  private func stands(_ word: [UInt8], at position: Int) -> Bool {
    guard bytes[position] == word[0], position + word.count <= bytes.count else { return false }
    for offset in 1..<max(1, word.count) where bytes[position + offset] != word[offset] { return false }
    return true
  }

  private func trimmed(_ place: Range<Int>) -> Range<Int> {
    let start = bytes[place].firstIndex { !isBlank($0) } ?? place.upperBound
    let last = bytes[place].lastIndex { !isBlank($0) } ?? start
    return start..<min(max(start, last + 1), place.upperBound)
  }

  private func shortened(_ name: String) -> String {
    name.unicodeScalars.count <= 40 ? name : String(name.unicodeScalars.prefix(40)) + "…"
  }
}

/// Whether the byte is a space, a tab or part of a line end.
func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}
