import Diagnostics

/// What became of the fields between two states of a YAML file, in words for a log.
enum FieldChanges {
  /// - Parameters:
  ///   - old: `nil` before the file was there.
  ///   - new: `nil` when it was removed; then nothing is told but that.
  static func words(from old: YAMLNode?, to new: YAMLNode?) -> [String] {
    guard let new else { return [] }
    return words(old?.content, new.content, under: nil)
  }

  private static func words(_ old: YAMLNode.Content?, _ new: YAMLNode.Content, under key: String?) -> [String] {
    switch (old, new) {
    case (let before, .mapping(let after)) where before?.entries != nil || before == nil:
      return words(before?.entries ?? [], after, under: key)
    case (let before, .list(let after)) where before?.elements != nil || before == nil:
      return list(before?.elements ?? [], after, under: key)
    default: return [(key.map { $0 + ": " } ?? "") + "rewritten"]
    }
  }

  private static func words(_ old: [YAMLNode.Entry], _ new: [YAMLNode.Entry], under key: String?) -> [String] {
    let before = Dictionary(old.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    var words: [String] = []
    for entry in new {
      let (name, had) = ((key.map { $0 + "." } ?? "") + entry.key, before[entry.key])
      guard had?.canonical != entry.value.canonical, had != nil || !entry.value.isNull else { continue }
      words += self.words(of: name, from: had, to: entry.value, depth: key == nil ? 0 : 1)
    }
    let kept = Set(new.map(\.key))
    words += old.filter { !kept.contains($0.key) && !$0.value.isNull }.map {
      (key.map { $0 + "." } ?? "") + "\($0.key): removed"
    }
    return words
  }

  private static func words(of name: String, from old: YAMLNode?, to new: YAMLNode, depth: Int) -> [String] {
    let had = old.flatMap { $0.isNull ? nil : $0 }
    if let text = new.text {
      guard let had else { return ["\(name): \(shortened(text))"] }
      return ["\(name): \(had.text.map(shortened) ?? "another value") → \(shortened(text))"]
    }
    if new.isNull { return ["\(name): removed"] }
    if case .list(let after) = new.content, let before = had.map({ $0.content.elements }) ?? [] {
      return list(before, after, under: name)
    }
    // Deeper than that a log would tell more than the file.
    guard depth == 0, case .mapping(let after) = new.content, let before = had.map({ $0.content.entries }) ?? [] else {
      return ["\(name): \(had == nil ? "added" : "changed")"]
    }
    return words(before, after, under: name)
  }

  private static func list(_ old: [YAMLNode], _ new: [YAMLNode], under key: String?) -> [String] {
    var gone = old
    var come: [YAMLNode] = []
    for element in new {
      if let same = gone.firstIndex(where: { $0.canonical == element.canonical }) {
        gone.remove(at: same)
      } else {
        come.append(element)
      }
    }
    let name = key.map { $0 + ": " } ?? ""
    var words: [String] = []
    for element in come {
      if let called = element.name, let same = gone.firstIndex(where: { $0.name == called }) {
        gone.remove(at: same)
        words.append("\(name)changed \(title(of: element))")
      } else {
        words.append("\(name)added \(title(of: element))")
      }
    }
    words += gone.map { "\(name)removed \(title(of: $0))" }
    if words.isEmpty { words = ["\(name)put into another order"] }
    return words
  }

  /// An entry by its name and by what tells what it says.
  private static func title(of node: YAMLNode) -> String {
    guard case .mapping(let entries) = node.content else { return node.text.map(shortened) ?? "a value" }
    let name = node.name.map(shortened) ?? "an entry"
    let telling = ["role", "decision", "status", "result", "kind", "rule", "fields"].compactMap { key -> String? in
      guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
      if let elements = value.content.elements { return elements.compactMap(\.text).joined(separator: ", ") }
      return value.text
    }
    return telling.isEmpty ? name : "\(name) (\(telling.map(shortened).joined(separator: ", ")))"
  }

  /// On one line, and not longer than a line.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.unicodeScalars.count <= 80 ? line : String(line.prefix(78)) + "…"
  }
}

extension YAMLNode.Content {
  fileprivate var entries: [YAMLNode.Entry]? {
    if case .mapping(let entries) = self { entries } else { nil }
  }

  fileprivate var elements: [YAMLNode]? {
    if case .list(let elements) = self { elements } else { nil }
  }
}
