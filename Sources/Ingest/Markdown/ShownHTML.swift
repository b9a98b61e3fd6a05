/// Finds HTML in a Markdown text that the site shows as the text that it is, so that it is text elsewhere too.
enum ShownHTML {
  /// The places of its `<`, in ascending order.
  ///
  /// - Parameters:
  ///   - nodes: Of the tree of the text.
  ///   - text: With `\n` as line ends.
  static func places(of nodes: [MarkdownNode], in text: String) -> [Int] {
    guard !nodes.isEmpty else { return [] }
    var lines: [(start: Int, bytes: ArraySlice<UInt8>)] = []
    for line in Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
      lines.append((line.startIndex, line))
    }
    var places: Set<Int> = []
    // In a block, cmark does not count the lines that HTML goes over, nor those of code.
    var drift: (block: MarkdownNode, lines: Int)?
    for node in nodes {
      guard let (line, column, block) = start(of: node) else { continue }
      let uncounted = drift.flatMap { $0.block == block ? $0.lines : nil } ?? 0
      var place = (line: line + uncounted, column: uncounted == 0 ? column : 1)
      // What goes over several lines may have marks of a quote or blanks before each of them.
      let parts = node.literal.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      for part in parts where !part.isEmpty {
        for index in min(place.line, lines.count + 1)..<min(place.line + 8, lines.count + 1) {
          let (start, bytes) = lines[index - 1]
          let near = start + (index == place.line ? place.column : 1) - 1
          guard let at = position(of: part, in: bytes, near: near, without: places) else { continue }
          for (offset, byte) in part.enumerated() where byte == UInt8(ascii: "<") { places.insert(at + offset) }
          place = (index, 1)
          break
        }
        place = (place.line + 1, 1)
      }
      drift = (block, max(0, place.line - 1 - line))
    }
    return places.sorted()
  }

  /// Where it begins for cmark, and its block.
  private static func start(of node: MarkdownNode) -> (line: Int, column: Int, block: MarkdownNode)? {
    var place = node
    while place.startLine == 0, let parent = place.parent { place = parent }
    guard place.startLine > 0 else { return nil }
    var block = node
    while block.kind.isInline, let parent = block.parent { block = parent }
    return (place.startLine, max(1, place.startColumn), block)
  }

  /// Where cmark says, else the first place in the line that no other has taken.
  private static func position(
    of part: [UInt8], in line: ArraySlice<UInt8>, near: Int, without taken: Set<Int>
  ) -> Int? {
    guard part.count <= line.count else { return nil }
    func stands(at place: Int) -> Bool { line[place..<(place + part.count)].elementsEqual(part) }
    let last = line.endIndex - part.count
    if (line.startIndex...last).contains(near), stands(at: near) { return near }
    return (line.startIndex...last).first { !taken.contains($0) && stands(at: $0) }
  }
}

extension MarkdownNode.Kind {
  /// Whether words stand in it that are parts of a line.
  fileprivate var isInline: Bool {
    switch self {
    case .htmlInline, .emphasis, .strong, .strikethrough, .link, .image: true
    default: false
    }
  }
}
