/// The text of a fragment, with other products in its front matter and nothing else changed.
enum FragmentText {
  /// - Parameter products: None to leave the key out.
  /// - Returns: `nil` when the front matter is laid out so that no line of it can be exchanged.
  static func text(_ text: String, products: [String]) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let begin = lines.first, isFence(begin), let end = lines.dropFirst().firstIndex(where: isFence) else {
      return nil
    }
    var list = YAMLText.document([YAMLField(texts: "products", products)].compactMap { $0 })
    if list.hasSuffix("\n") { list.removeLast() }
    let new = list.isEmpty ? [] : [list[...]]
    guard let key = lines[1..<end].firstIndex(where: { $0.hasPrefix("products:") }) else {
      guard products.isEmpty || !lines[1..<end].contains(where: { $0.hasPrefix("{") }) else { return nil }
      lines.insert(contentsOf: new, at: end)
      return lines.joined(separator: "\n")
    }
    // The value goes on as long as lines are indented, or begin with a dash.
    let rest = lines[(key + 1)..<end].prefix { line in
      line.hasPrefix(" ") || line.hasPrefix("\t") || line.hasPrefix("- ") || line == "-"
    }
    lines.replaceSubrange(key..<rest.endIndex, with: new)
    return lines.joined(separator: "\n")
  }

  private static func isFence(_ line: Substring) -> Bool {
    var line = line
    while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
    return line == "---"
  }
}
