import Model

/// What the text of one item says beside its words: a component or kind that it begins with, and references.
struct EntryWords {
  var kind: Change.Kind?
  private(set) var component: String?
  private var bytes: [UInt8]

  init(_ text: [UInt8]) {
    bytes = text
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var isEmpty: Bool { bytes.isEmpty }

  /// Whether it only fills a section that has to be there.
  var saysNothing: Bool {
    guard bytes.count <= 24 else { return false }
    let words = text.lowercased().filter { $0.isLetter || $0 == " " || $0 == "/" }
    return ["none", "n/a", "na", "nothing", "no changes", "nil", "none yet"].contains(words)
  }

  /// Takes `**Breaking:**`, `**component:**` and `feat(component):` from the beginning; a list of links with thanks goes
  /// behind the words.
  mutating func readPrefix() {
    moveThanks()
    for _ in 0..<2 {
      guard let (label, end) = boldLabel() else { break }
      let lower = label.lowercased()
      if lower == "breaking" || lower == "breaking change" {
        kind = .breaking
      } else if component == nil, EntryWords.isComponent(lower) {
        component = label
      } else {
        break
      }
      bytes.removeFirst(end)
      bytes = Array(bytes.drop { $0 == 0x20 })
    }
    guard kind == nil, component == nil else { return }
    let line = bytes.prefix { $0 != 0x0A }
    let mayHaveType = ConventionalCommit.mayHaveType(line)
    if let commit = mayHaveType ? ConventionalCommit.parse(String(decoding: line, as: UTF8.self)) : nil,
      commit.hasType
    {
      (kind, component) = (commit.kind, commit.scope)
      bytes = Array(commit.text.utf8) + bytes[line.count...]
    } else if bytes.starts(with: "CVE-".utf8) || bytes.starts(with: "GHSA-".utf8) {
      kind = .security
    }
  }

  /// What Changesets writes, `[#12](…) [`3f2a91c`](…) Thanks [@ben](…)! - Words`, begins with its words and ends with
  /// the pull request: who reads the first words of an entry wants to know what it is.
  private mutating func moveThanks() {
    guard bytes.first == UInt8(ascii: "[") || bytes.starts(with: "Thanks ".utf8) else { return }
    let line = bytes.prefix { $0 != 0x0A }
    guard let end = line.firstRange(of: "! - ".utf8),
      let thanks = line[..<end.lowerBound].firstRange(of: "Thanks ".utf8)
    else { return }
    var words = Array(line[end.upperBound...])
    let links = line[..<thanks.lowerBound].split(separator: 0x20).filter { $0.starts(with: "[#".utf8) }
    guard !words.isEmpty,
      line[..<thanks.lowerBound].split(separator: 0x20).allSatisfy({ $0.first == UInt8(ascii: "[") })
    else { return }
    if !links.isEmpty { words += Array(" (".utf8) + links.joined(separator: ", ".utf8) + Array(")".utf8) }
    bytes = words + bytes[line.count...]
  }

  /// `**label:**` or `**label**:` and where it ends.
  private func boldLabel() -> (label: String, end: Int)? {
    guard bytes.starts(with: "**".utf8) else { return nil }
    var close = 2
    while close + 1 < bytes.count, bytes[close] != UInt8(ascii: "*"), bytes[close] != 0x0A { close += 1 }
    guard close > 2, close + 1 < bytes.count, bytes[close] == UInt8(ascii: "*"), bytes[close + 1] == UInt8(ascii: "*")
    else { return nil }
    var label = bytes[2..<close]
    var end = close + 2
    if label.last == UInt8(ascii: ":") {
      label.removeLast()
    } else if end < bytes.count, bytes[end] == UInt8(ascii: ":") {
      end += 1
    } else {
      return nil
    }
    guard !label.isEmpty, label.count <= 48, end < bytes.count else { return nil }
    return (String(decoding: label.filter { $0 != UInt8(ascii: "`") }, as: UTF8.self), end)
  }

  /// Labels that say of what sort a text is, and not what it is about.
  private static let notes: Set<String> = [
    "note", "important", "warning", "caution", "tip", "todo", "example", "attention", "security", "deprecated",
    "fix", "fixed", "new", "update", "action required", "migration", "upgrading",
  ]

  private static func isComponent(_ lower: String) -> Bool {
    !notes.contains(lower) && !lower.utf8.starts(with: "cve-".utf8) && !lower.utf8.starts(with: "ghsa-".utf8)
      && !lower.utf8.contains { byte in "!?[](){}<>".utf8.contains(byte) }
      && lower.utf8.split(separator: UInt8(ascii: " "), maxSplits: 5).count <= 4
  }

  /// `#412`, `CVE-2026-1234`, `GHSA-…`, each once.
  var references: [String] {
    var references: [String] = []
    var index = 0
    while index < bytes.count {
      let isAtStart =
        index == 0
        || !isWordByte(bytes[index - 1]) && bytes[index - 1] != UInt8(ascii: "/")
          && bytes[index - 1] != UInt8(ascii: "-") && bytes[index - 1] != UInt8(ascii: "&")
      guard isAtStart, let end = EntryWords.endOfReference(bytes[index...]) else {
        index += 1
        continue
      }
      let reference = String(decoding: bytes[index..<end], as: UTF8.self)
      if !references.contains(reference) { references.append(reference) }
      index = end
    }
    return references
  }

  private static func endOfReference(_ rest: ArraySlice<UInt8>) -> Int? {
    switch rest.first {
    case UInt8(ascii: "#"):
      let digits = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard !digits.isEmpty, digits.count <= 9 else { return nil }
      return rest.dropFirst(1 + digits.count).first.map(isWordByte) == true ? nil : digits.endIndex
    case UInt8(ascii: "C") where rest.starts(with: "CVE-".utf8),
      UInt8(ascii: "G") where rest.starts(with: "GHSA-".utf8):
      let id = rest.prefix { isWordByte($0) || $0 == UInt8(ascii: "-") }
      return id.count >= 10 ? id.endIndex : nil
    default: return nil
    }
  }

  /// Of the first eight words, at most 60 bytes.
  var id: String {
    let line = withoutComments(bytes.prefix { $0 != 0x0A })
    var words = HeadingWords.bytesWithoutMarkup(line[...])
    var (count, index) = (0, 0)
    while index < words.count, count < 8 {
      if words[index] == 0x20, index > 0, words[index - 1] != 0x20 { count += 1 }
      index += 1
    }
    words.removeLast(words.count - index)
    let id = slug(String(decoding: words, as: UTF8.self), maxBytes: 60)
    return id.isEmpty ? "change" : id
  }
}

/// The line without `<!-- … -->`, of which the anchors of a public page must not tell.
private func withoutComments(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  guard line.contains(UInt8(ascii: "<")) else { return line }
  var line = line
  while let start = line.firstRange(of: "<!--".utf8)?.lowerBound {
    let end = line[start...].firstRange(of: "-->".utf8)?.upperBound ?? line.endIndex
    line.removeSubrange(start..<end)
  }
  return line
}
