/// A licence expression, such as `MIT OR (GPL-2.0-or-later WITH Classpath-exception-2.0)`.
///
/// - Source: SPDX 2.3 Annex D; SPDX 3.0.1 Annex B (operators may be in lower case).
package indirect enum LicenceExpression: Hashable, Sendable {
  case licence(Licence)
  case all([LicenceExpression])
  case any([LicenceExpression])

  /// One licence by its id.
  package struct Licence: Hashable, Sendable {
    /// As it was written, without a `+`.
    package var id: String
    /// Whether a later version may be chosen: `GPL-2.0+`.
    package var orLater = false
    /// What `WITH` adds.
    package var exception: String?

    package init(id: String, orLater: Bool = false, exception: String? = nil) {
      (self.id, self.orLater, self.exception) = (id, orLater, exception)
    }

    /// As SPDX writes it.
    package var text: String { id + (orLater ? "+" : "") + (exception.map { " WITH " + $0 } ?? "") }
  }

  /// - Returns: `nil` for what is no expression: `NONE`, `NOASSERTION`, a licence's long name, unbalanced parentheses.
  package init?(_ text: String) {
    guard text.utf8.count <= LicenceParser.longest, let tokens = LicenceParser.tokens(of: text) else { return nil }
    var parser = LicenceParser(tokens: tokens)
    guard let expression = parser.expression(depth: 0), parser.isAtEnd else { return nil }
    self = expression
  }

  /// Whether somebody who accepts only these licences can use it.
  package func isSatisfied(by allowed: AllowedLicences) -> Bool {
    switch self {
    case .licence(let licence): allowed.contains(licence)
    case .all(let parts): parts.allSatisfy { $0.isSatisfied(by: allowed) }
    case .any(let parts): parts.contains { $0.isSatisfied(by: allowed) }
    }
  }

  /// The licences in the order of the text, each once.
  package var licences: [Licence] {
    var found: [Licence] = []
    collect(into: &found)
    return found
  }

  private func collect(into found: inout [Licence]) {
    switch self {
    case .licence(let licence): if !found.contains(licence) { found.append(licence) }
    case .all(let parts), .any(let parts): for part in parts { part.collect(into: &found) }
    }
  }
}

/// Licences that a policy accepts.
package struct AllowedLicences: Sendable {
  private var texts: Set<String>

  /// - Parameter ids: Ids as SPDX writes them, also with `+` or `WITH`; case does not matter.
  package init(_ ids: some Sequence<String>) {
    texts = Set(ids.map { AllowedLicences.key(of: $0.split(separator: " ").joined(separator: " ")) })
  }

  /// Whether the licence is one of these, or lets the user choose one of these.
  ///
  /// Who may use the work under a later version may also stay with the one that is named; an exception only adds
  /// permissions, so that the licence without it is enough.
  package func contains(_ licence: LicenceExpression.Licence) -> Bool {
    if texts.contains(AllowedLicences.key(of: licence.text)) { return true }
    if let exception = licence.exception {
      var plain = licence
      plain.exception = nil
      if contains(plain) { return true }
      return AllowedLicences.alternatives(to: licence).contains {
        texts.contains(AllowedLicences.key(of: $0 + " WITH " + exception))
      }
    }
    return AllowedLicences.alternatives(to: licence).contains { texts.contains(AllowedLicences.key(of: $0)) }
  }

  /// Other ids that grant what the licence does: `GPL-2.0` is `GPL-2.0-only`, and `GPL-2.0+` lets one choose both.
  private static func alternatives(to licence: LicenceExpression.Licence) -> [String] {
    let id = licence.id
    let plain = id.withoutSuffix("-or-later") ?? id.withoutSuffix("-only") ?? id
    let orLater = licence.orLater || id.withoutSuffix("-or-later") != nil
    return orLater ? [plain + "-or-later", plain + "+", plain + "-only", plain] : [plain + "-only", plain]
  }

  /// - Source: SPDX 2.3 Annex D.2: "License identifiers … should be matched in a case-insensitive manner".
  private static func key(of text: String) -> String { text.lowercased() }
}

extension String {
  fileprivate func withoutSuffix(_ suffix: String) -> String? {
    let length = suffix.utf8.count
    guard utf8.count > length, self.suffix(length).lowercased() == suffix else { return nil }
    return String(dropLast(length))
  }
}

/// Reads one expression from its tokens. `WITH` binds closest, then `AND`, then `OR`.
private struct LicenceParser {
  static let longest = 4096
  private static let deepest = 50

  var tokens: [Substring]
  private var next = 0

  init(tokens: [Substring]) { self.tokens = tokens }

  var isAtEnd: Bool { next == tokens.count }

  mutating func expression(depth: Int) -> LicenceExpression? {
    guard depth < LicenceParser.deepest else { return nil }
    var parts: [LicenceExpression] = []
    repeat {
      guard let part = conjunction(depth: depth) else { return nil }
      parts.append(part)
    } while take("OR")
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) -> LicenceExpression? {
    var parts: [LicenceExpression] = []
    repeat {
      guard let part = operand(depth: depth) else { return nil }
      parts.append(part)
    } while take("AND")
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func operand(depth: Int) -> LicenceExpression? {
    if take("(") {
      guard let inner = expression(depth: depth + 1), take(")") else { return nil }
      return inner
    }
    guard var id = identifier() else { return nil }
    var licence = LicenceExpression.Licence(id: "")
    if id.hasSuffix("+") {
      licence.orLater = true
      id = id.dropLast()
    }
    guard !id.isEmpty, !id.contains("+") else { return nil }
    licence.id = String(id)
    if take("WITH") {
      guard let exception = identifier() else { return nil }
      licence.exception = String(exception)
    }
    return .licence(licence)
  }

  private mutating func identifier() -> Substring? {
    guard next < tokens.count, !["AND", "OR", "WITH", "(", ")", "NONE", "NOASSERTION"].contains(tokens[next]),
      !["and", "or", "with"].contains(tokens[next])
    else { return nil }
    defer { next += 1 }
    return tokens[next]
  }

  private mutating func take(_ word: String) -> Bool {
    guard next < tokens.count, tokens[next] == word || tokens[next] == word.lowercased() else { return false }
    next += 1
    return true
  }

  /// - Returns: `nil` when the text has a character that no expression has.
  static func tokens(of text: String) -> [Substring]? {
    var tokens: [Substring] = []
    let bytes = text.utf8
    var start: String.Index?
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "+"),
        UInt8(ascii: ":"):
        if start == nil { start = place }
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        if let begun = start { tokens.append(text[begun..<place]) }
        start = nil
        if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") {
          tokens.append(text[place..<bytes.index(after: place)])
        }
      default: return nil
      }
      place = bytes.index(after: place)
    }
    if let begun = start { tokens.append(text[begun...]) }
    return tokens.isEmpty ? nil : tokens
  }
}
