package import Diagnostics
package import Model

/// A key that a rule takes from the policy.
package protocol RuleParameter: Sendable {
  var declaration: ParameterDeclaration { get }
}

/// A parameter without its Swift type: what the reader checks and the documentation shows.
package struct ParameterDeclaration: Sendable {
  package let name: String
  package let form: ParameterForm
  /// `nil` when nothing is asked by default.
  package let fallback: ParameterValue?
  /// One line for people.
  package let about: String
}

/// A typed parameter, by which a rule asks its case for the value: `release[minCases]`.
package struct Parameter<Value: Sendable>: RuleParameter {
  package let declaration: ParameterDeclaration
  let fallback: Value
  let extract: @Sendable (ParameterValue) -> Value?

  private init(
    _ name: String, _ form: ParameterForm, default fallback: Value, shown: ParameterValue?, _ about: String,
    extract: @escaping @Sendable (ParameterValue) -> Value?
  ) {
    declaration = ParameterDeclaration(name: name, form: form, fallback: shown, about: about)
    (self.fallback, self.extract) = (fallback, extract)
  }
}

extension Parameter where Value == Int {
  package static func integer(
    _ name: String, default fallback: Int, in range: ClosedRange<Int> = 0...1_000_000, _ about: String
  ) -> Parameter {
    Parameter(name, .integer(range), default: fallback, shown: .integer(fallback), about) {
      if case .integer(let value) = $0 { value } else { nil }
    }
  }
}

extension Parameter where Value == Int? {
  /// Nothing is asked unless the policy says a number.
  package static func integer(
    _ name: String, in range: ClosedRange<Int> = 0...1_000_000, _ about: String
  ) -> Parameter {
    Parameter(name, .integer(range), default: nil, shown: nil, about) {
      if case .integer(let value) = $0 { .some(value) } else { nil }
    }
  }
}

extension Parameter where Value == Double {
  /// A part of a whole, 0...1; written as `0.95` or `95 %`.
  package static func share(_ name: String, default fallback: Double, _ about: String) -> Parameter {
    Parameter(name, .share, default: fallback, shown: .share(fallback), about) {
      if case .share(let value) = $0 { value } else { nil }
    }
  }
}

extension Parameter where Value == TimeSpan {
  package static func duration(_ name: String, default fallback: TimeSpan, _ about: String) -> Parameter {
    Parameter(name, .duration, default: fallback, shown: .duration(fallback), about) {
      if case .duration(let value) = $0 { value } else { nil }
    }
  }
}

extension Parameter where Value == TimeSpan? {
  package static func duration(_ name: String, _ about: String) -> Parameter {
    Parameter(name, .duration, default: nil, shown: nil, about) {
      if case .duration(let value) = $0 { .some(value) } else { nil }
    }
  }
}

extension Parameter where Value == Bool {
  package static func flag(_ name: String, default fallback: Bool, _ about: String) -> Parameter {
    Parameter(name, .flag, default: fallback, shown: .flag(fallback), about) {
      if case .flag(let value) = $0 { value } else { nil }
    }
  }
}

extension Parameter where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the words of an enumeration, such as a severity.
  package static func choice(_ name: String, default fallback: Value, _ about: String) -> Parameter {
    let words = Value.allCases.map(\.rawValue)
    return Parameter(name, .choice(words), default: fallback, shown: .word(fallback.rawValue), about) {
      if case .word(let word) = $0 { Value(rawValue: word) } else { nil }
    }
  }
}

extension Parameter where Value == [Located<String>] {
  /// A list of ids, such as kinds of evidence.
  package static func ids(_ name: String, default fallback: [String] = [], _ about: String) -> Parameter {
    words(name, .ids, fallback, about)
  }

  /// A list of texts, such as names of licences or patterns.
  package static func texts(_ name: String, default fallback: [String] = [], _ about: String) -> Parameter {
    words(name, .texts, fallback, about)
  }

  private static func words(
    _ name: String, _ form: ParameterForm, _ fallback: [String], _ about: String
  ) -> Parameter {
    let place = SourceLocation(file: "built-in")
    let words = fallback.map { Located($0, at: place) }
    return Parameter(name, form, default: words, shown: .words(words), about) {
      if case .words(let value) = $0 { value } else { nil }
    }
  }
}

extension Parameter where Value == [RoleCount] {
  /// Roles with how many people of each, such as `{security: 1, release-manager: 1}`.
  package static func roles(_ name: String, default fallback: [RoleCount] = [], _ about: String) -> Parameter {
    Parameter(name, .roles, default: fallback, shown: .roles(fallback), about) {
      if case .roles(let value) = $0 { value } else { nil }
    }
  }
}

/// How many people of a role.
package struct RoleCount: Hashable, Sendable {
  package var role: String
  package var count: Int

  package init(role: String, count: Int) {
    (self.role, self.count) = (role, count)
  }
}

/// A value of a parameter.
package enum ParameterValue: Sendable {
  case integer(Int)
  case share(Double)
  case duration(TimeSpan)
  case flag(Bool)
  case word(String)
  case words([Located<String>])
  case roles([RoleCount])
}
