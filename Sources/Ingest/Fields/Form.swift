package import Diagnostics

/// How a value is written in YAML, and what it becomes.
///
/// The form is data: ``declaration`` is what checks, mentions and JSON Schemas are made from. Reading is silent, because
/// a file is only read after ``ShapeCheck`` has found nothing wrong with it.
package struct Form<Value: Sendable>: Sendable {
  package let declaration: FormDeclaration
  let read: @Sendable (YAMLNode) -> Value?

  init(_ declaration: FormDeclaration, read: @escaping @Sendable (YAMLNode) -> Value?) {
    (self.declaration, self.read) = (declaration, read)
  }

  /// The same form on paper with another value.
  package func map<Other>(_ transform: @escaping @Sendable (Located<Value>) -> Other?) -> Form<Other> {
    Form<Other>(declaration) { [read] node in
      read(node).flatMap { transform(Located($0, at: node.location)) }
    }
  }
}

/// What may be written, as data.
package indirect enum FormDeclaration: Sendable {
  case scalar(ScalarForm)
  /// One of these words.
  case choice([String])
  case list(of: FormDeclaration)
  /// A mapping from ids, which people choose, to values.
  case keyed(of: FormDeclaration)
  case shape(ShapeDeclaration)
  /// Any of these; the first that fits what stands there.
  case either([FormDeclaration])
  /// Anything at all, which is looked at when more is known.
  case open(String)

  /// In the words of a message, such as `a list`.
  package var noun: String {
    switch self {
    case .scalar(let form): form.noun
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: " or ")
    case .list: "a list"
    case .keyed: "a mapping of ids"
    case .shape(let shape): "a mapping, \(shape.noun)"
    case .either(let forms): forms.map(\.noun).joined(separator: ", or ")
    case .open(let noun): noun
    }
  }

  /// Whether a node of this kind can have the form at all.
  func accepts(_ content: YAMLNode.Content) -> Bool {
    switch (self, content) {
    case (.scalar, .scalar), (.choice, .scalar), (.list, .list), (.keyed, .mapping), (.shape, .mapping), (.open, _):
      true
    case (.either(let forms), _): forms.contains { $0.accepts(content) }
    default: false
    }
  }
}

/// How a single value is written.
package struct ScalarForm: Sendable {
  /// What a value names, so that it can be looked up once everything is read.
  package enum Target: String, CaseIterable, Sendable {
    case person, team, product, environment, version, window, train, incident, source
  }

  package enum JSONType: String, Sendable { case string, number, integer, boolean }

  /// What is wrong with a text.
  package struct Problem: Sendable {
    package var code: Code
    /// Completes "`released` is `2026-02-30`, …".
    package var what: String
    package var help: String?

    package init(_ code: Code, _ what: String, help: String? = nil) {
      (self.code, self.what, self.help) = (code, what, help)
    }
  }

  /// Such as `date`; unique among the forms.
  package let name: String
  /// In the words of a message, such as "a day such as `2026-11-02`".
  package let noun: String
  package var type = JSONType.string
  /// A `format` of JSON Schema.
  package var format: String?
  /// A regular expression that every such text matches, for JSON Schema.
  package var pattern: String?
  package var target: Target?
  package let problem: @Sendable (String) -> Problem?

  init(
    _ name: String, _ noun: String, type: JSONType = .string, format: String? = nil, pattern: String? = nil,
    target: Target? = nil, problem: @escaping @Sendable (String) -> Problem?
  ) {
    (self.name, self.noun, self.type, self.format, self.pattern) = (name, noun, type, format, pattern)
    (self.target, self.problem) = (target, problem)
  }
}
