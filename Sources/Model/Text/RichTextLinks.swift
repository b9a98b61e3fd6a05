extension RichText {
  /// What its links and images lead to inside the site, in the order of the text.
  package var destinations: [Destination] {
    pieces.compactMap { piece in
      if case .address(let destination, _) = piece { destination } else { nil }
    }
  }

  /// The text without the links that lead where `isHidden` says; their words stay. Images with such a source go.
  package func unlinked(from isHidden: (Destination) -> Bool) -> RichText {
    let hidden = destinations.filter(isHidden)
    guard !hidden.isEmpty else { return self }
    return RichText(
      markdown: hidden.reduce(markdown) { unlinkedMarkdown($0, from: $1) }, pieces: unlinkedPieces(isHidden),
      plainText: plainText, headings: headings)
  }

  private func unlinkedPieces(_ isHidden: (Destination) -> Bool) -> [Piece] {
    var result: [Piece] = []
    // After a hidden address come the rest of its tag and, some pieces later perhaps, the end of the link.
    var isInsideTag = false
    var openLinks = 0
    for piece in pieces {
      switch piece {
      case .address(let destination, _) where isHidden(destination):
        guard case .html(let before)? = result.last, let open = before.lastIndex(of: "<") else { continue }
        if before[open...].hasPrefix("<a") { openLinks += 1 }
        result[result.count - 1] = .html(String(before[..<open]))
        isInsideTag = true
      case .address:
        result.append(piece)
      case .html(let html):
        var rest = html[...]
        if isInsideTag, let end = rest.firstIndex(of: ">") {
          rest = rest[rest.index(after: end)...]
          isInsideTag = false
        }
        var kept = ""
        while openLinks > 0, let close = rest.firstRange(of: "</a>") {
          kept += rest[..<close.lowerBound]
          rest = rest[close.upperBound...]
          openLinks -= 1
        }
        result.append(.html(kept + rest))
      }
    }
    return result
  }
}

/// The Markdown with `[words](path)` as `words` where the path is that of the destination's file in the checkout, and
/// without definitions of such links.
private func unlinkedMarkdown(_ markdown: String, from destination: Destination) -> String {
  let file: String
  switch destination {
  case .home: return markdown
  case .product(let product): file = product.text + ".yml"
  case .release(let release): file = release.version + ".md"
  case .guide(let page): file = (page.split(separator: "/").last.map(String.init) ?? page) + ".md"
  case .incident(let id): file = id + ".md"
  case .asset(let address): file = address.split(separator: "/").last.map(String.init) ?? address
  }
  let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> String? in
    guard line.contains(file) else { return String(line) }
    let trimmed = line.drop { $0 == " " }
    if trimmed.hasPrefix("["), trimmed.contains("]:") { return nil }
    return unlinkedLine(line, file: file)
  }
  return lines.joined(separator: "\n")
}

private func unlinkedLine(_ line: Substring, file: String) -> String {
  var result = ""
  var rest = line
  while let middle = rest.firstRange(of: "]("), let close = rest[middle.upperBound...].firstIndex(of: ")") {
    let after = rest[rest.index(after: close)...]
    if rest[middle.upperBound..<close].contains(file), let open = rest[..<middle.lowerBound].lastIndex(of: "[") {
      let isImage = open > rest.startIndex && rest[rest.index(before: open)] == "!"
      result += rest[..<(isImage ? rest.index(before: open) : open)]
      if !isImage { result += rest[rest.index(after: open)..<middle.lowerBound] }
    } else {
      result += rest[..<after.startIndex]
    }
    rest = after
  }
  return result + rest
}
