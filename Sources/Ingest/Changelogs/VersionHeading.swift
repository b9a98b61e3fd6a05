import Model

/// What the heading of a changelog's section says: a version, perhaps a date, perhaps that it was pulled.
struct VersionHeading {
  /// `nil` when the section is what is not released yet.
  var version: Substring?
  var date: CivilDate?
  var isYanked = false
  /// Whether there is nothing in the heading but what a heading of a version has: a date, a name in quotes, marks in
  /// parentheses. Other headings that hold a version are only taken at the level of the plain ones.
  var isPlain: Bool
  /// Whether a name stands before the version, as in `Swift 5.1`; such a heading may also tell of a dependency.
  var isNamed = false

  private static let prefixes: Set<String> = ["version", "release", "v"]

  /// - Returns: `nil` when the heading is none of a section.
  init?(_ words: String, scheme: VersionScheme) {
    let lower = words.lowercased()
    isYanked = lower.contains("[yanked]") || lower.contains("(yanked)")
    if VersionHeading.saysUnreleased(lower) {
      isPlain = true
      return
    }
    let tokens = words.split { " \t,[]()\"'“”‘’:|".contains($0) }
    guard let index = tokens.firstIndex(where: { VersionHeading.version(in: $0, scheme: scheme) != nil }) else {
      return nil
    }
    let before = words[..<tokens[index].startIndex]
    guard VersionHeading.mayStandBefore(tokens[..<index]),
      before.count(where: { $0 == "(" }) <= before.count(where: { $0 == ")" })
    else { return nil }
    version = VersionHeading.version(in: tokens[index], scheme: scheme)
    let rest = words[tokens[index].endIndex...]
    date = VersionHeading.lastDate(in: Array(tokens[..<index]) + tokens[(index + 1)...])
    if date == nil, scheme == .dated, let version { date = CivilDate(version.prefix(10)) }
    isPlain = VersionHeading.holdsMarksOnly(rest)
    isNamed = tokens[..<index].contains { word in
      CivilDate(word) == nil && word.contains { $0.isLetter } && !VersionHeading.prefixes.contains(word.lowercased())
    }
  }

  private static func saysUnreleased(_ lower: String) -> Bool {
    let words = lower.split { !$0.isLetter }
    guard let first = words.first else { return false }
    if first == "unreleased" { return true }
    if words == ["next"] || words == ["upcoming"] || words == ["next", "release"] { return true }
    // The product's name and `next`, as in `Swift Next`.
    return words.count == 2 && words[1] == "next" || words.count == 2 && words[1] == "unreleased"
  }

  /// The token as a version; a `v` before it is not part of it, a date is none unless dates are versions.
  private static func version(in token: Substring, scheme: VersionScheme) -> Substring? {
    var token = token
    if token.utf8.count > 1, let first = token.utf8.first, first == UInt8(ascii: "v") || first == UInt8(ascii: "V") {
      token = token.dropFirst()
    }
    guard let first = token.utf8.first, first >= 0x30, first <= 0x39 else { return nil }
    if scheme != .dated, CivilDate(token) != nil { return nil }
    return Version(token, scheme: scheme) == nil ? nil : token
  }

  /// A name or `Version`, and a date, may stand before the version; words such as `since` say that it is another's.
  private static func mayStandBefore(_ tokens: ArraySlice<Substring>) -> Bool {
    let words = tokens.filter { CivilDate($0) == nil && $0 != "-" && $0 != "–" && $0 != "—" }
    guard words.count <= 2 else { return false }
    if words.count == 2, !prefixes.contains(words[words.startIndex + 1].lowercased()) { return false }
    return words.allSatisfy { !notNames.contains($0.lowercased()) && $0.contains { $0.isLetter } }
  }

  private static let notNames: Set<String> = [
    "since", "for", "from", "to", "after", "before", "upgrading", "upgrade", "migrating", "until", "in", "of", "with",
    "breaking", "changes", "security", "fixes", "step", "phase", "part", "chapter", "node", "requires", "drop", "add",
  ]

  private static func holdsMarksOnly(_ rest: Substring) -> Bool {
    var depth = 0
    var quote: Character?
    for character in rest {
      if let open = quote {
        if character == open || (open == "“" && character == "”") { quote = nil }
      } else if character == "(" || character == "[" {
        depth += 1
      } else if character == ")" || character == "]" {
        depth = max(0, depth - 1)
      } else if depth == 0 {
        if character == "\"" || character == "'" || character == "“" {
          quote = character
        } else if character.isLetter && character != "T" && character != "Z" {
          // A month, or a handle such as `@ana`.
          return isDateOrHandle(rest)
        }
      }
    }
    return true
  }

  private static func isDateOrHandle(_ rest: Substring) -> Bool {
    rest.contains("@") || lastDate(in: rest.split { " ,()[]".contains($0) }) != nil
  }

  /// The last date among the tokens: a range ends with the day of the release.
  private static func lastDate(in tokens: [Substring]) -> CivilDate? {
    var last: CivilDate?
    for (index, token) in tokens.enumerated() {
      if let date = CivilDate(token) ?? CivilDate(token.replacing("/", with: "-")) {
        last = date
      } else if let month = month(token) {
        let before = index > 0 ? number(tokens[index - 1]) : nil
        let after = index + 1 < tokens.count ? number(tokens[index + 1]) : nil
        let afterThat = index + 2 < tokens.count ? number(tokens[index + 2]) : nil
        // `2 May 2026`, then `May 2 2026`.
        if let before, let after, after > 999, let date = CivilDate(year: after, month: month, day: before) {
          last = date
        } else if let after, let afterThat, let date = CivilDate(year: afterThat, month: month, day: after) {
          last = date
        }
      }
    }
    return last
  }

  private static func month(_ token: Substring) -> Int? {
    guard token.utf8.count >= 3 else { return nil }
    let word = token.lowercased().prefix { $0 != "." }
    return CivilDate.monthNames.firstIndex { name in
      let name = name.lowercased()
      return name == word || (word.count <= 4 && name.hasPrefix(word))
    }.map { $0 + 1 }
  }

  /// `2`, `2nd`, `2026`.
  private static func number(_ token: Substring) -> Int? {
    let digits = token.prefix { $0.isNumber }
    guard ["", "st", "nd", "rd", "th"].contains(token.dropFirst(digits.count).lowercased()) else { return nil }
    return Int(digits)
  }
}
