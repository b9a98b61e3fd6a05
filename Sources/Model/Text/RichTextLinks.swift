extension RichText {
  /// What its links and images lead to inside the site, in the order of the text.
  package var destinations: [Destination] {
    pieces.compactMap { piece in
      if case .address(let destination, _) = piece { destination } else { nil }
    }
  }

  /// The text without the links that lead where `isHidden` says; their words stay. Images with such a source go.
  package func unlinked(from isHidden: (Destination) -> Bool) -> RichText {
    guard destinations.contains(where: isHidden) else { return self }
    let markdown = linkedMarkdown.filter { piece in
      switch piece {
      case .text, .escape: true
      case .mark(_, let destination), .address(let destination, _): !isHidden(destination)
      }
    }
    return RichText(
      markdown: markdown, pieces: unlinkedPieces(isHidden), plainText: plainText, headings: headings)
  }

  /// The Markdown with its links into the site as they are to be; where there is no address, their words. HTML that is
  /// shown as text is escaped, for another reader would take it for HTML.
  package func markdown(_ address: (Destination, _ fragment: String?) -> String?) -> String {
    var result = ""
    for piece in linkedMarkdown {
      switch piece {
      case .text(let text): result += text
      case .escape: result += "\\"
      case .mark(let mark, let destination): if address(destination, nil) != nil { result += mark }
      case .address(let destination, let fragment): result += address(destination, fragment) ?? ""
      }
    }
    return result
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
