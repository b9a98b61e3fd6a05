import Diagnostics
import Model

/// How a parameter is written.
package enum ParameterForm: Sendable {
  case integer(ClosedRange<Int>)
  /// A part of a whole.
  case share
  case duration
  case flag
  case choice([String])
  case ids
  case texts
  case roles

  /// In the words of a message.
  package var noun: String {
    switch self {
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .share: "a share such as `0.95` or `95 %`"
    case .duration: "a duration such as `P6D` or `PT2H`"
    case .flag: "`true` or `false`"
    case .choice(let words): "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
    case .ids: "a list of ids such as `[tests, sbom]`"
    case .texts: "a list such as `[MIT, Apache-2.0]`"
    case .roles: "roles with counts such as `{security: 1}`"
    }
  }

  /// The value that was meant, or `nil` when what stands there has another form.
  func value(of written: PolicyValue) -> ParameterValue? {
    switch (self, written) {
    case (.integer(let range), .scalar(let text)):
      guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text), range.contains(number) else {
        return nil
      }
      return .integer(number)
    case (.share, .scalar(let text)): return ParameterForm.share(text).map(ParameterValue.share)
    case (.duration, .scalar(let text)): return TimeSpan(text).map(ParameterValue.duration)
    case (.flag, .scalar(let text)): return text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
    case (.choice(let words), .scalar(let text)): return words.contains(text) ? .word(text) : nil
    case (.ids, .list(let elements)): return ParameterForm.words(elements) { isIdentifier($0) }
    case (.texts, .list(let elements)): return ParameterForm.words(elements) { !$0.isEmpty }
    case (.roles, .mapping(let entries)): return ParameterForm.roles(entries)
    default: return nil
    }
  }

  private static func share(_ text: String) -> Double? {
    var digits = text[...]
    let isPercentage = digits.last == "%"
    if isPercentage {
      digits = digits.dropLast()
      while digits.last == " " { digits = digits.dropLast() }
    }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") }),
      let number = Double(digits)
    else { return nil }
    let share = isPercentage ? number / 100 : number
    return (0...1).contains(share) ? share : nil
  }

  private static func words(_ elements: [Located<PolicyValue>], _ isRight: (String) -> Bool) -> ParameterValue? {
    var words: [Located<String>] = []
    for element in elements {
      guard case .scalar(let text) = element.value, isRight(text) else { return nil }
      words.append(Located(text, at: element.location))
    }
    return .words(words)
  }

  private static func roles(_ entries: [ParameterEntry]) -> ParameterValue? {
    var roles: [RoleCount] = []
    for entry in entries {
      guard case .scalar(let text) = entry.value.value, let count = Int(text), (1...99).contains(count),
        isIdentifier(entry.name.value)
      else { return nil }
      roles.append(RoleCount(role: entry.name.value, count: count))
    }
    return .roles(roles)
  }
}

extension ParameterValue {
  /// As it would stand in a policy.
  package var written: String {
    switch self {
    case .integer(let number): String(number)
    case .share(let share): "\(share)"
    case .duration(let span): span.iso
    case .flag(let flag): String(flag)
    case .word(let word): word
    case .words(let words): "[" + words.map(\.value).joined(separator: ", ") + "]"
    case .roles(let roles): "{" + roles.map { "\($0.role): \($0.count)" }.joined(separator: ", ") + "}"
    }
  }
}
