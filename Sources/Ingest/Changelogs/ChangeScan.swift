import Diagnostics
package import Model

/// The changes that notes list below headings such as `Added` or `Bug Fixes`.
package struct ChangeScan: Sendable {
  package struct Entry: Sendable {
    /// Of the first words of the text; unique in the notes.
    package var id: String
    /// `nil` where neither the heading nor the item says what it is.
    package var kind: Change.Kind?
    package var component: String?
    /// The item without its marker and without the component or kind that it begins with.
    package var text: MarkdownSource
    /// The heading above it: its position among those of the text itself, as in ``RichText/headings``.
    package var heading: Int
  }

  package private(set) var entries: [Entry] = []
  /// Whether the notes are nothing but changes whose kinds are known, so that a page may show the entries by their
  /// kinds instead of the text, and nothing is lost.
  package private(set) var isAllChanges = true

  package init(_ source: MarkdownSource) {
    var scanner = ChangeScanner(source)
    scanner.run()
    entries = scanner.entries
    isAllChanges = scanner.isAllChanges && !entries.isEmpty && entries.allSatisfy { $0.kind != nil }
  }

  package static func entries(in source: MarkdownSource) -> [Entry] { ChangeScan(source).entries }

  /// Such as `#412` and `CVE-2026-1234`, in the order of the text, each once.
  ///
  /// Of what the public may read: what only an internal quote or a comment names is no reference of the change.
  package static func references(in text: Prose) -> [String] {
    EntryWords(Array((text.open ?? text.whole).markdown.utf8)).references
  }
}

/// Goes through the lines of notes once.
private struct ChangeScanner {
  let source: MarkdownSource
  let scan: LineScan
  var entries: [ChangeScan.Entry] = []
  var isAllChanges = true

  private var names = UniqueNames()
  /// The headings above the current line, with what they say.
  private var path: [(level: Int, meaning: ChangeHeading?)] = []
  private var headings = 0
  /// The item that is being read: its lines, and how far its text is indented.
  private var item: (lines: Range<Int>, indent: Int)?

  init(_ source: MarkdownSource) {
    self.source = source
    scan = LineScan(source.text)
  }

  mutating func run() {
    for index in scan.lines.indices { visit(index) }
    endItem()
  }

  private mutating func visit(_ index: Int) {
    let line = scan.lines[index]
    if let current = item {
      let follows = scan.lines[current.lines.upperBound - 1].kind != .blank
      switch line.kind {
      case .blank:
        item?.lines = current.lines.lowerBound..<(index + 1)
        return
      case .verbatim where isInside(index, of: current), _ where line.indent >= current.indent,
        .text where follows && ![.verbatim, .comment].contains(scan.lines[index - 1].kind):
        item?.lines = current.lines.lowerBound..<(index + 1)
        return
      default: endItem()
      }
    }
    switch line.kind {
    case .blank, .underline, .comment: break
    case .heading(let level): beginSection(HeadingWords(scan.text(of: line)).text, level: level)
    case .item(let indent) where line.indent < 4: item = (index..<(index + 1), indent)
    case .verbatim: isAllChanges = false
    case .text:
      guard LinkDefinition(scan.text(of: line)) == nil else { break }
      endLabel()
      if let meaning = label(scan.text(of: line)) {
        if !path.isEmpty { isAllChanges = false }
        path.append((ChangeScanner.labelLevel, meaning))
      } else {
        isAllChanges = false
      }
    case .item: isAllChanges = false
    }
  }

  /// Whether a line between fences belongs to the item: its fence began in it.
  private func isInside(_ index: Int, of current: (lines: Range<Int>, indent: Int)) -> Bool {
    scan.lines[index].indent >= current.indent
      || (scan.lines[index - 1].kind == .verbatim && current.lines.upperBound == index)
  }

  /// Below every heading.
  private static let labelLevel = 7

  /// A line such as `**Bugfixes**` or `Bug fixes:`, which many use as a heading.
  private func label(_ line: ArraySlice<UInt8>) -> ChangeHeading? {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 }
    var end = text.endIndex
    while end > text.startIndex, text[end - 1] == 0x20 || text[end - 1] == 0x0D { end -= 1 }
    let words = text[..<end]
    let isBold =
      words.count > 4 && words.starts(with: "**".utf8)
      && (words.suffix(2).elementsEqual("**".utf8) || words.suffix(3).elementsEqual("**:".utf8))
    guard words.count <= 48, isBold || words.last == UInt8(ascii: ":") else { return nil }
    return ChangeHeading(HeadingWords(words).text)
  }

  private mutating func endLabel() {
    if path.last?.level == ChangeScanner.labelLevel { path.removeLast() }
  }

  private mutating func beginSection(_ words: String, level: Int) {
    headings += 1
    while let last = path.last, last.level >= level { path.removeLast() }
    let own = ChangeHeading(words)
    if own == nil || !path.isEmpty { isAllChanges = false }
    path.append((level, own ?? path.last?.meaning))
  }

  private mutating func endItem() {
    guard let current = item else { return }
    item = nil
    guard let meaning = path.last?.meaning else {
      isAllChanges = false
      return
    }
    var end = current.lines.upperBound
    while end > current.lines.lowerBound + 1, scan.lines[end - 1].kind == .blank { end -= 1 }
    let lines = current.lines.lowerBound..<end
    var words = EntryWords(text(of: lines, indent: current.indent))
    if case .kind(let kind) = meaning { words.kind = kind }
    words.readPrefix()
    guard !words.isEmpty, !words.saysNothing else { return }
    let place = SourceLocation(
      file: source.location.file, line: source.location.line + lines.lowerBound, column: current.indent + 1)
    entries.append(
      ChangeScan.Entry(
        id: names.name(words.id), kind: words.kind, component: words.component,
        text: MarkdownSource(words.text, at: place), heading: headings - 1))
  }

  /// The lines of an item without its marker and indentation.
  private func text(of lines: Range<Int>, indent: Int) -> [UInt8] {
    var text: [UInt8] = []
    for index in lines {
      let line = scan.text(of: scan.lines[index])
      if index == lines.lowerBound {
        text.append(contentsOf: line.dropFirst(indent))
      } else {
        text.append(0x0A)
        let blanks = line.prefix(indent).prefix { $0 == 0x20 || $0 == 0x09 }.count
        text.append(contentsOf: line.dropFirst(blanks))
      }
    }
    return text
  }
}
