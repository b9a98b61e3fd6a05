package import Diagnostics
import Yams

extension YAMLNode {
  /// The one document of a YAML file, or `nil` when it is malformed, which the report then says.
  ///
  /// A file without content is null. Keys that stand twice are reported at both places and the first
  /// value is kept, so that the rest of the file is judged too. Anchors, aliases and tags are refused.
  /// - Parameters:
  ///   - text: Without a byte order mark or with it.
  ///   - firstLine: The line of the file on which the text begins, for front matter.
  package static func read(
    _ text: String, file: String, firstLine: Int = 1, into report: inout Report
  ) -> YAMLNode? {
    var reader = YAMLReader(text: text, file: file, firstLine: firstLine)
    let node = reader.document()
    report.add(reader.problems)
    return node
  }
}

/// Reads one text; the only place that knows Yams.
private struct YAMLReader {
  private let file: String
  private let firstLine: Int
  private var text: String
  private let lines: LineTable
  /// Keys that were renamed so that the rest of the file could be composed, by the scalar that now begins them.
  private var renamed: [Unicode.Scalar: String] = [:]
  private(set) var problems: [Diagnostic] = []

  init(text: String, file: String, firstLine: Int) {
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    text.makeContiguousUTF8()
    (self.text, self.file, self.firstLine) = (text, file, firstLine)
    lines = LineTable(of: text)
  }

  mutating func document() -> YAMLNode? {
    if let anchor = AnchorScan.firstAnchorOfBomb(in: text) {
      let place = lines.place(ofByte: anchor)
      problems.append(
        .error(
          .yamlBeyondFormat, "anchors that are used again and again are refused before they are read",
          at: location(line: place.line, column: place.column), help: "write each value out where it is needed"))
      return nil
    }
    // Each further turn takes one pair of keys apart.
    while true {
      do {
        let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
        // A node knows its anchor only while the parser lives.
        return try withExtendedLifetime(parser) {
          guard let root = try parser.singleRoot() else {
            return YAMLNode(.scalar("", isPlain: true), at: location(line: 1, column: 1))
          }
          let node = tree(root)
          return problems.contains { $0.severity == .error && $0.code == Code.yamlBeyondFormat.id } ? nil : node
        }
      } catch let error as YamlError {
        if case .duplicatedKeysInMapping(let keys, let context) = error, let key = keys.first, renamed.count < 20,
          takeApart(key, line: context.mark.line, column: context.mark.column)
        {
          continue
        }
        problems.append(unresolvedConflict ?? diagnostic(for: error))
        return nil
      } catch {
        problems.append(.error(.malformedYAML, "the file is not YAML", at: location(line: 1, column: 1)))
        return nil
      }
    }
  }

  // MARK: Nodes

  private mutating func tree(_ node: Node) -> YAMLNode {
    switch node {
    case .scalar(let scalar):
      let place = location(of: scalar)
      refuse(anchor: scalar.anchor, tag: scalar.tag, at: place)
      return YAMLNode(.scalar(scalar.string, isPlain: scalar.style == .plain), at: place)
    case .sequence(let sequence):
      let place = location(sequence.mark)
      refuse(anchor: sequence.anchor, tag: sequence.tag, at: place)
      guard sequence.anchor == nil else { return YAMLNode(.list([]), at: place) }
      return YAMLNode(.list(sequence.map { tree($0) }), at: place)
    case .mapping(let mapping):
      var place = location(mapping.mark)
      refuse(anchor: mapping.anchor, tag: mapping.tag, at: place)
      guard mapping.anchor == nil else { return YAMLNode(.mapping([]), at: place) }
      let entries = entries(of: mapping)
      if let first = entries.first, first.keyLocation.line == place.line, first.keyLocation.column == place.column {
        place.length = first.keyLocation.length
      }
      return YAMLNode(.mapping(entries), at: place)
    case .alias(let alias):
      let place = location(alias.mark)
      refuse(anchor: alias.anchor, tag: alias.tag, at: place)
      return YAMLNode(.scalar("", isPlain: true), at: place)
    }
  }

  private mutating func entries(of mapping: Node.Mapping) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    entries.reserveCapacity(mapping.count)
    var twice: Set<String> = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        problems.append(
          .error(
            .wrongForm, "a key must be text, and this is a list or a mapping", at: location(key.mark),
            help: "write `key: value`"))
        continue
      }
      let place = location(of: scalar)
      refuse(anchor: scalar.anchor, tag: scalar.tag, at: place)
      var name = scalar.string
      if let first = name.unicodeScalars.first, let original = renamed[first] {
        name = original
        twice.insert(original)
      }
      entries.append(YAMLNode.Entry(key: name, keyLocation: place, value: tree(value)))
    }
    return twice.isEmpty ? entries : once(entries, keys: twice)
  }

  /// The entries with the first of each key that stands several times; all of their places are reported.
  private mutating func once(_ entries: [YAMLNode.Entry], keys: Set<String>) -> [YAMLNode.Entry] {
    var first: [String: SourceLocation] = [:]
    var kept: [YAMLNode.Entry] = []
    for entry in entries {
      guard keys.contains(entry.key) else {
        kept.append(entry)
        continue
      }
      let earlier = first[entry.key]
      problems.append(
        .error(
          .duplicateKey, "the key \(quoted(entry.key)) stands more than once", at: entry.keyLocation,
          label: earlier == nil ? "for the first time" : "once more",
          notes: earlier.map { [Diagnostic.Note("the first is", at: $0)] } ?? [], help: "keep one of them"))
      if earlier == nil {
        first[entry.key] = entry.keyLocation
        kept.append(entry)
      }
    }
    return kept
  }

  private mutating func refuse(anchor: Anchor?, tag: Tag, at place: SourceLocation) {
    if let anchor {
      problems.append(
        .error(
          .yamlBeyondFormat, "the anchor `&\(anchor.rawValue)` is refused", at: place,
          help: "write the value out where it is needed"))
    }
    let name = tag.description
    guard !name.isEmpty, !YAMLReader.plainTags.contains(name) else { return }
    problems.append(
      .error(
        .yamlBeyondFormat, "the tag `\(name)` is refused", at: place,
        help: "leave the tag out; the field decides what the value means"))
  }

  private static let plainTags = [
    "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq",
  ]

  // MARK: Keys that stand twice

  /// Renames the key at the place, so that the text can be composed; whether that was possible.
  private mutating func takeApart(_ key: String, line: Int, column: Int) -> Bool {
    // Columns stay as they were, bytes do not, so that each turn counts them anew.
    guard let next = Unicode.Scalar(UInt32(0xE000 + renamed.count)),
      var offset = LineTable(of: text).byteOffset(line: line, column: column, in: text)
    else { return false }
    var bytes = Array(text.utf8)
    let isQuoted = offset < bytes.count && (bytes[offset] == UInt8(ascii: "'") || bytes[offset] == UInt8(ascii: "\""))
    if isQuoted { offset += 1 }
    guard let first = key.utf8.first, offset < bytes.count, bytes[offset] == first || isQuoted else { return false }
    var end = offset + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    bytes.replaceSubrange(offset..<end, with: Array(String(next).utf8))
    text = String(decoding: bytes, as: UTF8.self)
    renamed[next] = key
    return true
  }

  // MARK: Places

  private func location(_ mark: Mark?) -> SourceLocation {
    location(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private func location(line: Int, column: Int, length: Int = 1) -> SourceLocation {
    SourceLocation(file: file, line: line + firstLine - 1, column: column, length: length)
  }

  private func location(of scalar: Node.Scalar) -> SourceLocation {
    let (line, column) = (scalar.mark?.line ?? 1, scalar.mark?.column ?? 1)
    var length: Int
    switch scalar.style {
    case .literal, .folded: length = 1
    case .singleQuoted, .doubleQuoted: length = scalar.string.unicodeScalars.count + 2
    case .plain, .any: length = scalar.string.unicodeScalars.count
    }
    // What goes over several lines is marked to the end of its first.
    length = max(1, min(length, lines.width(ofLine: line) - column + 1))
    return location(line: line, column: column, length: length)
  }

  // MARK: Errors

  /// The first line that Git puts where two sides of a merge differ; what the parser makes of such a file helps nobody.
  private var unresolvedConflict: Diagnostic? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let line = lines.firstIndex(where: { $0.hasPrefix("<<<<<<< ") }) else { return nil }
    return .error(
      .malformedYAML, "an unresolved merge conflict", at: location(line: line + 1, column: 1, length: 7),
      help: "keep what is right of both sides, and remove the lines that Git put between them")
  }

  private func diagnostic(for error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if problem.contains("another document") || problem.contains("<document start>") && isAtDocumentMark(mark) {
        return .error(
          .severalDocuments, "a second document begins here",
          at: location(line: mark.line, column: mark.column, length: 3),
          help: "put it into a file of its own")
      }
      if problem.contains("nesting level") {
        return .error(
          .malformedYAML, "the YAML is nested too deep", at: inside(mark), help: "take out brackets inside each other")
      }
      if problem.contains("undefined alias") {
        return .error(
          .yamlBeyondFormat, "aliases are refused", at: location(mark), help: "write the value out where it is needed")
      }
      var notes: [Diagnostic.Note] = []
      if let context, (context.mark.line, context.mark.column) != (mark.line, mark.column) {
        notes.append(Diagnostic.Note(context.text, at: location(context.mark)))
      }
      return .error(
        .malformedYAML, "not YAML: \(problem)", at: inside(mark), notes: notes, help: help(for: problem, mark))
    case .reader(let problem, let offset, _, _):
      let place = lines.place(ofByte: offset ?? 0)
      return .error(
        .malformedYAML, "not YAML: \(problem)", at: location(line: place.line, column: place.column),
        help: "remove the character")
    case .duplicatedKeysInMapping(let keys, let context):
      return .error(
        .duplicateKey, "the key \(quoted(keys.first ?? "")) stands more than once", at: location(context.mark),
        help: "keep one of them")
    default:
      return .error(.malformedYAML, "not YAML: \(error)", at: location(line: 1, column: 1))
    }
  }

  /// Some errors are found at the end of the file; a place after it would show nothing.
  private func inside(_ mark: Mark) -> SourceLocation {
    let line = min(mark.line, lines.count)
    return location(line: line, column: min(mark.column, max(1, lines.width(ofLine: line))))
  }

  private func isAtDocumentMark(_ mark: Mark) -> Bool {
    guard let offset = lines.byteOffset(line: mark.line, column: mark.column, in: text) else { return false }
    let rest = text.utf8.dropFirst(offset)
    return rest.starts(with: "---".utf8) || rest.starts(with: "...".utf8)
  }

  private func help(for problem: String, _ mark: Mark) -> String? {
    guard let offset = lines.byteOffset(line: mark.line, column: mark.column, in: text) else {
      return problem.contains("end of stream") ? "close the quote or the bracket" : nil
    }
    switch text.utf8.dropFirst(offset).first {
    case UInt8(ascii: "\t"): return "indent with spaces, not with tabs"
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "!"),
      UInt8(ascii: "&"):
      return "put the value in quotes"
    default: break
    }
    if problem.contains("mapping values are not allowed") { return "put a value that holds `: ` in quotes" }
    if problem.contains("end of stream") { return "close the quote or the bracket" }
    return nil
  }
}
