package import Model

/// What the subject of a commit says, if it is written as Conventional Commits asks.
/// - Source: Conventional Commits 1.0.0.
package struct ConventionalCommit: Hashable, Sendable {
  /// `nil` for other types, such as `chore`, and for subjects that say none.
  package var kind: Change.Kind?
  package var scope: String?
  package var isBreaking: Bool
  /// What comes behind the colon; the whole subject where nothing says a type.
  package var text: String
  /// Whether the subject says a type at all, known or not.
  package var hasType: Bool

  /// Whether a subject begins like one with a type: a word, and behind it what ends one.
  static func mayHaveType(_ subject: ArraySlice<UInt8>) -> Bool {
    switch subject.first(where: { !isWordByte($0) && $0 != UInt8(ascii: "-") }) {
    case UInt8(ascii: "("), UInt8(ascii: "!"), UInt8(ascii: ":"): true
    default: false
    }
  }

  package static func parse(_ subject: String) -> ConventionalCommit {
    var commit = ConventionalCommit(kind: nil, scope: nil, isBreaking: false, text: subject, hasType: false)
    let bytes = Array(subject.utf8)
    let type = bytes.prefix { isWordByte($0) || $0 == UInt8(ascii: "-") }
    guard !type.isEmpty, type.count <= 24 else { return commit }
    var index = type.count
    var scope: String?
    if index < bytes.count, bytes[index] == UInt8(ascii: "(") {
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ")")), end > index + 1 else { return commit }
      scope = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
      index = end + 1
    }
    var isBreaking = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "!") {
      isBreaking = true
      index += 1
    }
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == 0x20 else { return commit }
    let name = String(decoding: type, as: UTF8.self).lowercased()
    // `Note: …` has a colon too, but is no type.
    guard types[name] != nil || scope != nil || isBreaking else { return commit }
    let rest = bytes[(index + 2)...].drop { $0 == 0x20 }
    guard !rest.isEmpty else { return commit }
    commit.hasType = true
    commit.kind = isBreaking ? .breaking : types[name] ?? nil
    if commit.kind == nil, let scope, scope == "deps" || scope == "deps-dev" { commit.kind = .dependency }
    commit.scope = scope
    commit.isBreaking = isBreaking
    commit.text = String(decoding: rest, as: UTF8.self)
    return commit
  }

  /// The types in use; `nil` for those that say nothing to a reader of notes.
  private static let types: [String: Change.Kind?] = [
    "feat": .feature, "feature": .feature, "fix": .fix, "bugfix": .fix, "perf": .performance,
    "docs": .documentation, "doc": .documentation, "security": .security, "deps": .dependency,
    "deprecate": .deprecation, "remove": .removal,
    "build": nil, "chore": nil, "ci": nil, "refactor": nil, "revert": nil, "style": nil, "test": nil, "tests": nil,
  ]
}
