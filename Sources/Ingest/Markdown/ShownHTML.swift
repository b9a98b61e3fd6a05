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
    for node in nodes {
      guard var (line, column) = start(of: node) else { continue }
      // What goes over several lines may have marks of a quote or blanks before each of them.
      for part in node.literal.split(separator: 0x0A, omittingEmptySubsequences: false) {
        guard lines.indices.contains(line - 1) else { break }
        let (start, bytes) = lines[line - 1]
        if let at = position(of: Array(part), in: bytes, near: start + column - 1, without: places) {
          for (offset, byte) in part.enumerated() where byte == UInt8(ascii: "<") { places.insert(at + offset) }
        }
        (line, column) = (line + 1, 1)
      }
    }
    return places.sorted()
  }

  private static func start(of node: MarkdownNode) -> (line: Int, column: Int)? {
    var nearest: MarkdownNode? = node
    while let candidate = nearest, candidate.startLine == 0 { nearest = candidate.parent }
    return nearest.map { ($0.startLine, max(1, $0.startColumn)) }
  }

  /// Where cmark says, else the first place in the line that no other has taken.
  private static func position(
    of part: [UInt8], in line: ArraySlice<UInt8>, near: Int, without taken: Set<Int>
  ) -> Int? {
    guard !part.isEmpty, part.count <= line.count else { return nil }
    func stands(at place: Int) -> Bool { line[place..<(place + part.count)].elementsEqual(part) }
    let last = line.endIndex - part.count
    if (line.startIndex...last).contains(near), stands(at: near) { return near }
    return (line.startIndex...last).first { !taken.contains($0) && stands(at: $0) }
  }
}
