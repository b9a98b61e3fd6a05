import Diagnostics

/// A Markdown file taken apart: the YAML between two `---` at its head, and the text below.
package struct FrontMatter: Sendable {
  /// `nil` when the file does not begin with `---`.
  package private(set) var header: TextFile?
  package private(set) var body: MarkdownSource

  /// - Returns: `nil` when the head does not end.
  package init?(_ file: TextFile) {
    guard let head = FrontMatter.line(at: file.text.utf8.startIndex, of: file.text), head.isFence else {
      (header, body) = (nil, FrontMatter.body(of: file.text[...], in: file, line: 1))
      return
    }
    var line = 2
    var place = head.next
    while let next = FrontMatter.line(at: place, of: file.text) {
      if next.isFence {
        let yaml = String(file.text[head.next..<place])
        header = TextFile(path: file.path, text: yaml, firstLine: 2)
        body = FrontMatter.body(of: file.text[next.next...], in: file, line: line + 1)
        return
      }
      place = next.next
      line += 1
    }
    return nil
  }

  /// The text of a Markdown file that has no front matter.
  static func plain(_ file: TextFile) -> MarkdownSource { body(of: file.text[...], in: file, line: file.firstLine) }

  /// The text without blank lines before it.
  private static func body(of text: Substring, in file: TextFile, line: Int) -> MarkdownSource {
    var line = line
    var start = text.startIndex
    var index = start
    while index < text.endIndex, text.utf8[index] <= 0x20 {
      let isLineEnd = text.utf8[index] == 0x0A
      index = text.utf8.index(after: index)
      if isLineEnd {
        line += 1
        start = index
      }
    }
    if index == text.endIndex { start = index }
    return MarkdownSource(String(text[start...]), at: SourceLocation(file: file.path, line: line))
  }

  /// Whether the line that begins at the place is `---`, and where the next one begins; `nil` at the end.
  private static func line(at start: String.Index, of text: String) -> (isFence: Bool, next: String.Index)? {
    guard start < text.endIndex else { return nil }
    let rest = text.utf8[start...]
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[..<end]
    while let last = line.last, last == 0x20 || last == 0x0D || last == 0x09 { line = line.dropLast() }
    return (line.elementsEqual("---".utf8), end < rest.endIndex ? rest.index(after: end) : end)
  }
}
