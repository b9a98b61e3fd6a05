import Model

/// The links of a Markdown text that lead to files, and what is to stand in their places.
struct RelativeLinks<Target> {
  /// What is to become of them, if anything, by their addresses as cmark reads them.
  private var targets: [[UInt8]: Target?] = [:]
  private var mayDefine = false

  init(of document: MarkdownNode, in source: String, target: (MarkdownNode) -> Target?) {
    var source = source
    let mayLink = source.withUTF8 { bytes in
      mayDefine = RelativeLinks.hasBracket(before: UInt8(ascii: ":"), in: bytes)
      return mayDefine || RelativeLinks.hasBracket(before: UInt8(ascii: "("), in: bytes)
    }
    guard mayLink else { return }
    var nodes: [MarkdownNode] = []
    RelativeLinks.collect(document, into: &nodes)
    for node in nodes {
      targets.updateValue(target(node), forKey: Array(node.url))
    }
  }

  /// Nearly every text has no such link, so this looks at the bytes once and nothing else.
  private static func hasBracket(before byte: UInt8, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while let bracket = firstIndex(of: UInt8(ascii: "]"), in: source, from: index) {
      index = bracket + 1
      if index < source.count, source[index] == byte { return true }
    }
    return false
  }

  /// The links and images below a node whose addresses are relative, in the order of the text.
  static func collect(_ container: MarkdownNode, into nodes: inout [MarkdownNode]) {
    for node in container.children {
      if node.kind == .link || node.kind == .image, isRelative(node.url) { nodes.append(node) }
      collect(node, into: &nodes)
    }
  }

  /// Bytes of the text that belong to a link; they go when nothing is to become of it.
  struct Edit {
    var range: Range<Int>
    var target: Target?
    var isAddress = false
  }

  /// In the order of the text; none overlaps another.
  func edits(of text: String) -> [Edit] {
    guard !targets.isEmpty || mayDefine else { return [] }
    var edits: [Edit] = []
    if !targets.isEmpty { addInlineLinks(of: Array(text.utf8), to: &edits) }
    if mayDefine { addDefinitions(of: text, to: &edits) }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    var end = 0
    // Brackets in the title of a definition.
    edits.removeAll { edit in
      guard edit.range.lowerBound >= end else { return true }
      end = edit.range.upperBound
      return false
    }
    return edits
  }

  // MARK: Inline links

  private func addInlineLinks(of bytes: [UInt8], to edits: inout [Edit]) {
    var open: [Int] = []
    var unclosed: Set<UInt8> = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "["): index += 1
      case UInt8(ascii: "["): open.append(index)
      case UInt8(ascii: "]"):
        let start = open.popLast()
        guard let (url, end) = relativeLink(behind: index, in: bytes, unclosed: &unclosed) else { break }
        let target = start.flatMap { _ in self.target(of: url) }
        if let start {
          let isImage = start > 0 && bytes[start - 1] == UInt8(ascii: "!")
          edits.append(Edit(range: (isImage ? start - 1 : start)..<(start + 1), target: target))
        }
        add((start == nil ? index + 1 : index)..<end, around: url, target: target, to: &edits)
        index = end - 1
      default: break
      }
      index += 1
    }
  }

  private func target(of url: ArraySlice<UInt8>) -> Target? { targets[Array(url)] ?? nil }

  private func add(_ range: Range<Int>, around url: ArraySlice<UInt8>, target: Target?, to edits: inout [Edit]) {
    guard target != nil else { return edits.append(Edit(range: range)) }
    edits.append(Edit(range: range.lowerBound..<url.startIndex, target: target))
    edits.append(Edit(range: url.startIndex..<url.endIndex, target: target, isAddress: true))
    edits.append(Edit(range: url.endIndex..<range.upperBound, target: target))
  }

  /// The path in `(path "title")` behind a bracket, and where it all ends, if it is there.
  ///
  /// - Parameter unclosed: The quotes that were sought to the end of the text in vain, so that nobody does again.
  private func relativeLink(
    behind bracket: Int, in bytes: [UInt8], unclosed: inout Set<UInt8>
  ) -> (url: ArraySlice<UInt8>, end: Int)? {
    var index = bracket + 1
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return nil }
    index = endOfBlanks(from: index + 1, in: bytes)
    let (url, end) = destination(from: index, in: bytes)
    guard isKnown(url) else { return nil }
    index = endOfBlanks(from: end, in: bytes)
    guard index < bytes.count else { return nil }
    if bytes[index] != UInt8(ascii: ")") {
      let quote = bytes[index] == UInt8(ascii: "(") ? UInt8(ascii: ")") : bytes[index]
      guard "\"')".utf8.contains(quote), !unclosed.contains(quote) else { return nil }
      index += 1
      while index < bytes.count, bytes[index] != quote { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
      if index >= bytes.count { unclosed.insert(quote) }
      index = endOfBlanks(from: index + 1, in: bytes)
    }
    return index < bytes.count && bytes[index] == UInt8(ascii: ")") ? (url, index + 1) : nil
  }

  /// Behind blanks and at most the marks of a quote on the next line.
  private func endOfBlanks(from start: Int, in bytes: [UInt8]) -> Int {
    var index = start
    var isAtStart = false
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A:
        // A blank line ends everything.
        if isAtStart { return index }
        isAtStart = true
      case 0x20, 0x09, 0x0D: break
      case UInt8(ascii: ">") where isAtStart: break
      default: return index
      }
      index += 1
    }
    return index
  }

  private func destination(from start: Int, in bytes: [UInt8]) -> (url: ArraySlice<UInt8>, end: Int) {
    // No path is longer, and a text without blanks is not gone through for each of its brackets.
    let bytes = bytes[..<min(bytes.count, start + 1024)]
    var index = start
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "<") {
      while index < bytes.endIndex, bytes[index] != UInt8(ascii: ">"), bytes[index] != 0x0A {
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      let end = min(index, bytes.endIndex)
      return (bytes[(start + 1)..<max(end, start + 1)], min(end + 1, bytes.endIndex))
    }
    var depth = 0
    scan: while index < bytes.endIndex {
      switch bytes[index] {
      case 0...0x20: break scan
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        if depth == 0 { break scan }
        depth -= 1
      default: break
      }
      index += 1
    }
    let end = min(index, bytes.endIndex)
    return (bytes[start..<end], end)
  }

  /// What is written with `\` or `&` reads otherwise, so it counts when it is relative at all.
  private func isKnown(_ url: ArraySlice<UInt8>) -> Bool {
    targets[Array(url)] != nil
      || url.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") } && isRelative(url)
  }

  // MARK: Definitions

  private func addDefinitions(of text: String, to edits: inout [Edit]) {
    let scan = LineScan(text)
    var index = 0
    while index < scan.lines.count {
      let line = scan.lines[index]
      defer { index += 1 }
      let words = scan.text(of: line).drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
      guard line.kind != .verbatim, words.first == UInt8(ascii: "["), words.dropFirst().first != UInt8(ascii: "^"),
        let colon = words.firstRange(of: "]:".utf8)?.upperBound
      else { continue }
      var start = endOfBlanks(from: colon, in: scan.bytes)
      if start >= scan.bytes.count { start = colon }
      let (url, end) = destination(from: start, in: scan.bytes)
      // Behind the path may stand a title; a line with more is a sentence.
      let rest = scan.bytes[end...].prefix { $0 != 0x0A }.drop { $0 == 0x20 || $0 == 0x09 }
      guard start < scan.bytes.count, !url.isEmpty, isRelative(url),
        rest.first.map({ "\"'(".utf8.contains($0) }) ?? true
      else { continue }
      // The path may stand on the line below the label.
      while index + 1 < scan.lines.count, scan.lines[index + 1].range.lowerBound < end { index += 1 }
      let next = min(scan.lines[index].range.upperBound + 1, scan.bytes.count)
      add(line.range.lowerBound..<next, around: url, target: target(of: url), to: &edits)
    }
  }
}

private func isRelative(_ url: some RandomAccessCollection<UInt8>) -> Bool {
  switch LinkTarget(url, from: "") {
  case .web, .heading, .nothing: false
  case .file, .outside, .unsafe: true
  }
}

/// Where a link leads in the site.
struct SiteTarget {
  var destination: Destination
  var fragment: String?
}

/// Outside the checkout the paths of such links lead nowhere, and may name what nobody outside is to know of.
extension RelativeLinks where Target == SiteTarget {
  init(of document: MarkdownNode, in source: String, outline: Outline, resolver: LinkResolver) {
    self.init(of: document, in: source) { node in
      if node.kind == .image {
        guard case .asset(_, let address, _) = resolver.picture(at: node.url) else { return nil }
        return SiteTarget(destination: .asset(address))
      }
      guard case .site(let destination, let fragment) = resolver.resolution(of: node.url, outline: outline) else {
        return nil
      }
      return SiteTarget(destination: destination, fragment: fragment)
    }
  }

  /// The text in which such links are parts of their own, or their words where they lead to nothing in the site;
  /// without definitions of the latter.
  ///
  /// - Parameter shown: The places of ``ShownHTML``.
  func pieces(of text: String, escaping shown: [Int]) -> [RichText.MarkdownPiece] {
    let edits = edits(of: text)
    guard !edits.isEmpty || !shown.isEmpty else { return [.text(text)] }
    func words(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    let bytes = Array(text.utf8)
    var pieces: [RichText.MarkdownPiece] = []
    var written = 0
    var escapes = shown[...]
    func write(to end: Int) {
      while let place = escapes.first, place < end {
        escapes.removeFirst()
        guard place >= written else { continue }
        if written < place { pieces.append(.text(words(bytes[written..<place]))) }
        pieces.append(.escape)
        written = place
      }
      if written < end { pieces.append(.text(words(bytes[written..<end]))) }
    }
    for edit in edits {
      write(to: edit.range.lowerBound)
      written = edit.range.upperBound
      guard let target = edit.target else { continue }
      pieces.append(
        edit.isAddress
          ? .address(target.destination, fragment: target.fragment)
          : .mark(words(bytes[edit.range]), of: target.destination))
    }
    write(to: bytes.count)
    return pieces
  }
}
