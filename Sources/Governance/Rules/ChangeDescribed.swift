import Diagnostics
import Model

extension Rule {
  private static let reason = Parameter<Bool>.flag(
    "reason", default: false, "Whether the record must say its `reason`.")
  private static let securityImpact = Parameter<Bool>.flag(
    "security_impact", default: false, "Whether the record must say its `security_impact`.")
  private static let commits = Parameter<Bool>.flag(
    "commits", default: false, "Whether the subjects of its commits are notes enough.")

  static let changeDescribed = Rule(
    "change-described",
    title: "the notes say what changed, each change with its kind, and nothing is left to be written",
    why:
      "What is not said in the notes reaches customers as a surprise, and auditors as a change that nobody described.",
    appliesTo: "Every release.",
    fix: """
      Write the notes, give each change a `kind`, and replace what still says TODO. Where the policy asks, add `reason` \
      and `security_impact`.
      """,
    due: .candidate, parameters: [reason, securityImpact, commits],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes:
        - id: search
          kind: feature
          text: 'TODO: describe'
      """, fault: "id: search"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes:
        - {id: search, kind: feature, text: Search answers in half the time}
      """)
  ) { release in
    let record = release.release
    var problems: [Reason] = []
    let isWritten =
      record.notes.map { hasWords($0.prose.whole.plainText, besides: record.version.text) } ?? false
      || record.changes.contains { $0.origin != .commit }
    if !isWritten, record.changes.isEmpty || !release[commits] {
      problems.append(
        Reason(
          "\(release.name) has no notes", at: release.place,
          help: "write `changes` in the record, or a file `\(record.version.text).md` beside it"))
    }
    for change in record.changes where change.origin != .commit {
      if change.kind == nil {
        problems.append(
          Reason(
            "the change `\(change.id)` has no kind", at: change.location,
            help: "put it under a heading such as `Fixed`, or write it as an entry of `changes` with `kind`"))
      }
      let texts = [change.text, change.action, change.impact].compactMap { $0?.whole.plainText }
      if let word = texts.lazy.compactMap(placeholder).first {
        problems.append(
          Reason(
            "the change `\(change.id)` is not written yet: it says `\(word)`", at: change.location,
            help: "write what changed"))
      }
    }
    if let notes = record.notes, let word = placeholder(in: notes.prose.whole.plainText) {
      problems.append(
        Reason("the notes are not finished: a line begins with `\(word)`", at: notes.location, help: "finish them"))
    }
    for (text, key) in [(record.reason, "reason"), (record.securityImpact, "security_impact")] {
      if let text, let word = placeholder(in: text.value) {
        problems.append(Reason("`\(key)` is not written yet: it says `\(word)`", at: text.location, help: "write it"))
      }
      let isAsked = key == "reason" ? release[reason] : release[securityImpact]
      if isAsked, text == nil {
        problems.append(Reason("\(release.name) does not say its `\(key)`", at: release.place, help: "add `\(key)`"))
      }
    }
    let count = record.changes.count
    return .failed(
      problems,
      otherwise: [
        Reason(
          count == 0 ? "its notes are written" : "its \(count == 1 ? "change is" : "\(count) changes are") described",
          at: record.notes?.location ?? release.place)
      ])
  }

  /// Whether a text says anything besides the number of the version.
  private static func hasWords(_ text: String, besides version: String) -> Bool {
    var rest = text.utf8[...]
    while let start = rest.firstIndex(where: { $0 > 0x20 }) {
      let word = rest[start...].prefix { $0 > 0x20 }
      if word.contains(where: isLetter), !Substring(word).hasSuffix(version) { return true }
      rest = rest[word.endIndex...]
    }
    return false
  }

  /// The word that stands for a text to come: `TODO` and the like at the beginning of a line or alone in brackets, or
  /// Latin filler.
  private static func placeholder(in text: String) -> String? {
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = line.drop {
        $0 == 0x20 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "[")
      }
      // Nearly all lines begin otherwise.
      guard let first = words.first, "TtFfXx".utf8.contains(first) else { continue }
      let start = words.prefix(16).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      for mark in placeholders where start.starts(with: mark.utf8) {
        let next = start.dropFirst(mark.utf8.count).first
        if next.map({ !isLetter($0) }) ?? true { return String(decoding: words.prefix(mark.utf8.count), as: UTF8.self) }
      }
    }
    if filler.isNamed(in: text) { return "lorem ipsum" }
    return bracketed.isNamed(in: text) ? "TODO" : nil
  }

  private static let placeholders = ["todo", "tbd", "fixme", "xxx", "to be written"]
  private static let filler = NameMatcher(["lorem ipsum"])
  private static let bracketed = NameMatcher(placeholders.flatMap { ["(\($0))", "[\($0)]"] })

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
      || byte == UInt8(ascii: "_")
  }
}
