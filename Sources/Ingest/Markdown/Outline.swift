import Model

/// The headings of a text: which level each gets on the page, and its anchor.
struct Outline {
  struct Entry {
    /// 0 is the highest of the text; no level is skipped on the way down.
    var depth: Int
    /// With the prefix.
    var anchor: String
  }

  private(set) var entries: [MarkdownNode: Entry] = [:]
  /// The headings of the text itself, in its order; not those in quotes and lists.
  private(set) var headings: [(node: MarkdownNode, heading: RichText.Heading)] = []
  /// What links within the text may say after `#`: the anchor here, or the one that code hosts make of the words.
  private var anchors: [String: String] = [:]

  /// Ids that the templates use themselves.
  private static let reserved: Set<String> = [
    "main", "search-field", "what-to-do", "breaking", "security", "notes", "changes", "known-issues", "upgrade",
    "dependencies", "downloads", "releases", "support", "commits", "results", "count",
  ]

  private var names = UniqueNames(reserved: Outline.reserved)
  private var hostNames = UniqueNames()
  /// The headings above the current place.
  private var path: [(level: Int, slug: String)] = []
  private let prefix: String

  /// Of a text without headings so far.
  init(prefix: String = "") {
    self.prefix = prefix
  }

  init(of document: MarkdownNode, prefix: String) {
    self.init(prefix: prefix)
    visit(document, isTop: true)
  }

  private mutating func visit(_ container: MarkdownNode, isTop: Bool) {
    for node in container.children {
      switch node.kind {
      case .heading: add(node, isTop: isTop)
      case .blockQuote, .list, .item, .footnote: visit(node, isTop: false)
      default: break
      }
    }
  }

  private mutating func add(_ node: MarkdownNode, isTop: Bool) {
    let text = String(decoding: plainWords(of: node), as: UTF8.self)
    let entry = add(text, level: node.headingLevel)
    entries[node] = entry
    if isTop {
      headings.append((node, RichText.Heading(level: entry.depth + 1, text: text, anchor: entry.anchor)))
    }
  }

  /// Takes in the next heading of the text.
  mutating func add(_ text: String, level: Int) -> Entry {
    while let last = path.last, last.level >= level { path.removeLast() }
    let own = slug(text)
    path.append((level, own.isEmpty ? "section" : own))
    let joined = slug(path.map(\.slug).joined(separator: "-"), maxBytes: 120)
    let wanted = prefix + (prefix.isEmpty && joined.hasPrefix("g-") ? "section-" + joined : joined)
    let anchor = names.name(wanted)
    let hostName = hostNames.name(slugOnCodeHosts(text))
    for name in [anchor, hostName] where anchors[name] == nil { anchors[name] = anchor }
    return Entry(depth: path.count - 1, anchor: anchor)
  }

  /// The anchor of the heading that a link within the text means.
  func anchor(named name: String) -> String? { anchors[name] ?? anchors[name.lowercased()] ?? anchors[prefix + name] }

  var anchorNames: [String] { anchors.keys.sorted() }
}

/// The anchor that code hosts give a heading: lower case, spaces as hyphens, other punctuation dropped.
private func slugOnCodeHosts(_ text: String) -> String {
  var name = String.UnicodeScalarView()
  for scalar in text.lowercased().unicodeScalars {
    switch scalar {
    case " ": name.append("-")
    case "-", "_": name.append(scalar)
    case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil: name.append(scalar)
    default: break
    }
  }
  return String(name)
}

/// The words of a node and what is below it, without markup; alternative texts stand for images.
func plainWords(of node: MarkdownNode) -> [UInt8] {
  var words: [UInt8] = []
  func visit(_ node: MarkdownNode) {
    switch node.kind {
    case .text, .code: words.append(contentsOf: node.literal)
    case .htmlInline where HTMLTag(node.literal) == nil: words.append(contentsOf: node.literal)
    case .softBreak, .lineBreak: words.append(UInt8(ascii: " "))
    default: for child in node.children { visit(child) }
    }
  }
  visit(node)
  return words
}
