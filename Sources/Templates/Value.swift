/// Data that a template can show. Closed on purpose: rendering is a `switch`, never reflection.
package enum Value: Hashable, Sendable {
  /// Legal but absent: shown as nothing, falsy. A name that is missing altogether is an error instead.
  case null
  case flag(Bool)
  case number(Int)
  /// Plain text, escaped wherever it is shown.
  case text(String)
  /// Markup, shown as it is, and only by `{{{name}}}` or `{{&name}}`.
  case html(SafeHTML)
  case list([Value])
  case record(Fields)

  /// Whether a section on this value is left out, and an inverted section drawn.
  ///
  /// Nothing but null, `false`, the empty list and empty text is. Zero is truthy: the specification names no number, and
  /// "0 incidents" is a fact worth showing.
  /// - Source: the Mustache specification, modules *sections* and *inverted*.
  var isFalsy: Bool {
    switch self {
    case .null: true
    case .flag(let flag): !flag
    case .number, .record: false
    case .text(let text): text.isEmpty
    case .html(let html): html.markup.isEmpty
    case .list(let elements): elements.isEmpty
    }
  }

  /// What it is, as words of a diagnostic.
  var kind: String {
    switch self {
    case .null: "nothing"
    case .flag: "a flag"
    case .number: "a number"
    case .text: "text"
    case .html: "HTML"
    case .list: "a list"
    case .record: "a record"
    }
  }
}

extension Value {
  /// The text, or null where there is none.
  package static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }

  /// The number, or null where there is none.
  package static func number(_ number: Int?) -> Value { number.map { .number($0) } ?? .null }

  /// The markup, or null where there is none.
  package static func html(_ html: SafeHTML?) -> Value { html.map { .html($0) } ?? .null }
}

extension Value: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .text(text) }
}

extension Value: ExpressibleByBooleanLiteral {
  package init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

extension Value: ExpressibleByIntegerLiteral {
  package init(integerLiteral number: Int) { self = .number(number) }
}

extension Value: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Value...) { self = .list(elements) }
}

extension Value: ExpressibleByDictionaryLiteral {
  /// A record; a name given twice is a mistake of the programmer.
  package init(dictionaryLiteral fields: (String, Value)...) {
    self = .record(Fields(fields))
  }
}

extension Value: ExpressibleByNilLiteral {
  package init(nilLiteral: ()) { self = .null }
}
