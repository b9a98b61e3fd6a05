package import Diagnostics

/// A name that stands somewhere in the content and must exist elsewhere in it.
package struct Mention: Sendable {
  package let target: ScalarForm.Target
  package let name: Located<String>
  /// The product whose version or source is meant.
  package let product: String?
}

/// Judges YAML against declared shapes: everything that is wrong with a file, at the smallest token, in one pass.
package struct ShapeCheck: Sendable {
  package private(set) var report = Report()
  package private(set) var mentions: [Mention] = []
  /// The SHA-256 of each file that was read for it, by path.
  var digests: [String: [UInt8]] = [:]
  private var errors = 0

  package init() {}

  /// What a file says when nothing in it is wrong, else `nil`; `nil` for an empty file unless a mapping is wanted.
  ///
  /// - Parameters:
  ///   - product: The product that versions in it belong to unless they say another.
  ///   - isPart: Whether required keys may be absent and constraints between keys are checked elsewhere.
  package mutating func node(
    of file: TextFile, as form: FormDeclaration, product: String? = nil, isPart: Bool = false
  ) -> YAMLNode? {
    let before = errors
    var found = Report()
    guard var node = YAMLNode.read(file.text, file: file.path, firstLine: file.firstLine, into: &found) else {
      take(found)
      return nil
    }
    take(found)
    if node.isNull {
      guard case .shape = form else { return nil }
      node.content = .mapping([])
    }
    if case .shape(let shape) = form, case .mapping(let entries) = node.content {
      check(entries, as: shape, at: node.location, product: product, isPart: isPart)
    } else {
      check(node, as: form, key: file.name, product: product)
    }
    return errors == before ? node : nil
  }

  /// The value of a file when nothing in it is wrong, else `nil`.
  package mutating func value<Value>(of file: TextFile, as form: Form<Value>, product: String? = nil) -> Value? {
    node(of: file, as: form.declaration, product: product).flatMap(form.read)
  }

  /// Adds what was found otherwise than by a shape.
  package mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errors += 1 }
    report.add(diagnostic)
  }

  /// Takes over what another check found, for instance that of a slice of work.
  package mutating func merge(_ other: ShapeCheck) {
    report.merge(other.report)
    mentions += other.mentions
    digests.merge(other.digests) { _, new in new }
    errors += other.errors
  }

  /// Calls the constraint of a shape for fields that were put together from several files; whether it held.
  mutating func holds(_ shape: ShapeDeclaration, for fields: Fields) -> Bool {
    var found = Report()
    shape.constraint(fields, &found)
    take(found)
    return !found.hasErrors
  }

  private mutating func check(
    _ entries: [YAMLNode.Entry], as shape: ShapeDeclaration, at location: SourceLocation, product: String?, isPart: Bool
  ) {
    let before = errors
    let product = ShapeCheck.product(in: entries, of: shape) ?? product
    for entry in entries {
      guard let field = shape.field(entry.key) else {
        if !shape.isOpen { unknown(entry, in: shape) }
        continue
      }
      if entry.value.isNull {
        if field.isRequired, !isPart { missing(field, in: shape, at: entry.keyLocation, label: "has no value") }
        continue
      }
      check(entry.value, as: field.form, key: field.key, product: product)
    }
    guard !isPart else { return }
    for field in shape.fields where field.isRequired && !entries.contains(where: { $0.key == field.key }) {
      missing(field, in: shape, at: location, label: nil)
    }
    guard errors == before else { return }
    var found = Report()
    shape.constraint(Fields(entries, at: location), &found)
    take(found)
  }

  private mutating func check(_ node: YAMLNode, as form: FormDeclaration, key: String, product: String?) {
    guard form.accepts(node.content) else {
      wrongForm(node, expected: form, key: key)
      return
    }
    switch (form, node.content) {
    case (.scalar(let scalar), .scalar(let text, _)):
      check(text, as: scalar, key: key, at: node.location, product: product)
    case (.choice(let words), .scalar(let text, _)):
      guard !words.contains(text) else { return }
      error(
        .unknownWord, "`\(key)` is \(quoted(text)), which is none of its words", at: node.location,
        help: suggestion(for: text, among: words))
    case (.list(let element), .list(let nodes)):
      for node in nodes {
        if node.isNull {
          error(.wrongForm, "an entry of `\(key)` is empty", at: node.location, help: "write it, or remove the dash")
        } else {
          check(node, as: element, key: key, product: product)
        }
      }
    case (.keyed(let element), .mapping(let entries)):
      for entry in entries {
        if let problem = ScalarForm.identifier.problem(entry.key) {
          error(
            problem.code, "\(quoted(entry.key)) under `\(key)` is \(problem.what)", at: entry.keyLocation,
            help: problem.help)
        }
        if entry.value.isNull {
          error(
            .missingKey, "`\(entry.key)` under `\(key)` has no value", at: entry.keyLocation,
            help: "write \(element.noun)")
        } else {
          check(entry.value, as: element, key: entry.key, product: product)
        }
      }
    case (.shape(let shape), .mapping(let entries)):
      check(entries, as: shape, at: node.location, product: product, isPart: false)
    case (.open, _): break
    case (.either(let forms), _):
      checkEither(node, of: forms.filter { $0.accepts(node.content) }, key: key, product: product)
    default:
      wrongForm(node, expected: form, key: key)
    }
  }

  /// The first form that fits decides; when none does, the last is the one that explains itself best.
  private mutating func checkEither(_ node: YAMLNode, of forms: [FormDeclaration], key: String, product: String?) {
    for form in forms.dropLast() {
      var attempt = ShapeCheck()
      attempt.check(node, as: form, key: key, product: product)
      if attempt.errors == 0 {
        mentions += attempt.mentions
        return
      }
    }
    if let last = forms.last { check(node, as: last, key: key, product: product) }
  }

  private mutating func check(
    _ text: String, as form: ScalarForm, key: String, at location: SourceLocation, product: String?
  ) {
    if let problem = form.problem(text) {
      error(problem.code, "`\(key)` is \(quoted(text)), \(problem.what)", at: location, help: problem.help)
    } else if let target = form.target {
      mentions.append(Mention(target: target, name: Located(text, at: location), product: product))
    }
  }

  // MARK: What is said

  private mutating func unknown(_ entry: YAMLNode.Entry, in shape: ShapeDeclaration) {
    let help: String?
    if entry.key == "<<" {
      help = "merge keys are no part of the format; write the keys out"
    } else {
      let known = shape.fields.map(\.key)
      let all = known.map { "`\($0)`" }.joined(separator: ", ")
      help = suggestion(for: entry.key, among: known) ?? "use one of \(all)"
    }
    error(
      .unknownKey, "the key \(quoted(entry.key)) is unknown", at: entry.keyLocation,
      label: "not a key of \(shape.noun)",
      help: help)
  }

  private mutating func missing(
    _ field: FieldDeclaration, in shape: ShapeDeclaration, at location: SourceLocation, label: String?
  ) {
    let example = field.example.map { ", such as `\(field.key): \($0)`" } ?? ""
    error(
      .missingKey, "\(shape.noun) lacks `\(field.key)`", at: location, label: label,
      help: "add `\(field.key)`, \(field.form.noun)\(example)")
  }

  private mutating func wrongForm(_ node: YAMLNode, expected form: FormDeclaration, key: String) {
    let help: String
    switch (form, node.content) {
    case (.list(.scalar), .scalar(let text, _)), (.list(.choice), .scalar(let text, _)):
      help = "write `\(key): [\(text.prefix(40))]`"
    case (.list, .mapping): help = "put `- ` before each entry"
    case (.scalar, _): help = "write one value; put it in quotes if it begins with `[` or `{`"
    case (.list(.shape(let shape)), .scalar): help = "write `\(key): [\(shape.example)]`"
    case (.shape(let shape), .scalar): help = "write \(form.noun), such as `\(shape.example)`"
    default: help = "write \(form.noun)"
    }
    error(.wrongForm, "`\(key)` must be \(form.noun), and this is \(node.noun)", at: node.location, help: help)
  }

  private mutating func error(
    _ code: Code, _ message: String, at location: SourceLocation, label: String? = nil, help: String? = nil
  ) {
    errors += 1
    report.error(code, message, at: location, label: label, help: help)
  }

  mutating func take(_ found: Report) {
    guard !found.isEmpty else { return }
    if found.hasErrors { errors += 1 }
    report.merge(found)
  }

  /// What a mapping says in a key that names a product.
  private static func product(in entries: [YAMLNode.Entry], of shape: ShapeDeclaration) -> String? {
    for field in shape.fields {
      guard case .scalar(let form) = field.form, form.target == .product else { continue }
      return entries.first { $0.key == field.key }?.value.text
    }
    return nil
  }
}

extension ShapeDeclaration {
  /// How such a mapping may look: what it must have, and something more where that is one thing only.
  fileprivate var example: String {
    let required = fields.filter(\.isRequired)
    let others = fields.filter { !$0.isRequired && $0.example != nil }
    let shown = required + others.prefix(max(0, 2 - required.count))
    return "{" + shown.map { "\($0.key): \($0.example ?? "…")" }.joined(separator: ", ") + "}"
  }
}

/// A text in backticks, on one line and not too long.
func quoted(_ text: String) -> String {
  let flat = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  guard flat.count > 60 else { return "`\(flat)`" }
  // Of paths it is the end that differs.
  return flat.contains("/") ? "`\(flat.prefix(19))…\(flat.suffix(40))`" : "`\(flat.prefix(59))…`"
}
