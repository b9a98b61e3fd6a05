package import Diagnostics
package import Ingest

/// The JSON Schema of a kind of file, for editors; made from the declarations that the reader reads by.
///
/// A schema says what editors can use: keys, forms, words, descriptions. What only Gazette can judge, such as whether a
/// person exists, it leaves out, so that everything Gazette takes is valid, and not the other way round.
/// - Source: JSON Schema 2020-12, of it only what older readers know too.
package struct ContentSchema: Sendable {
  package let kind: ContentShape
  /// The rules and what each asks, for the keys of a policy.
  private let rules: [(id: String, title: String)]

  package init(of kind: ContentShape, rules: [(id: String, title: String)] = []) {
    (self.kind, self.rules) = (kind, rules)
  }

  /// What `schema --output` calls its file.
  package var fileName: String { "\(kind.name).schema.json" }

  package var document: JSONTree {
    var writer = SchemaWriter(rules: rules)
    var members: [JSONTree.Member] = [
      .init(name: "$schema", value: .text("https://json-schema.org/draft/2020-12/schema")),
      .init(name: "$id", value: .text(fileName)),
      .init(name: "title", value: .text(kind.title)),
    ]
    if case .shape(let shape) = kind.form {
      members += writer.members(of: shape, isPart: kind.isPart)
    } else {
      members += writer.members(of: kind.form)
    }
    if !writer.shapes.isEmpty {
      let shapes = writer.shapes.map { JSONTree.Member(name: $0.name, value: $0.schema) }
      members.append(.init(name: "$defs", value: .members(shapes)))
    }
    return .members(members)
  }
}

extension ContentShape {
  /// Such as `release`: what `gazette schema` knows it by.
  package var name: String {
    switch form {
    case _ where isPart: "part"
    case _ where files == ContentShape.baseline.files: "baseline"
    case .shape(let shape), .list(of: .shape(let shape)): shape.name.replacing(" ", with: "-")
    default: files
    }
  }

  fileprivate var title: String { isFrontMatter ? "The front matter of \(files)" : "\(files) of Gazette" }

  /// Everything that there is a schema of.
  package static let described = all + [baseline]
}

/// Writes forms as schemas and gathers the shapes that they name.
struct SchemaWriter {
  private typealias Member = JSONTree.Member

  let rules: [(id: String, title: String)]
  /// By name, in the order in which they are first named.
  private(set) var shapes: [(name: String, schema: JSONTree)] = []

  init(rules: [(id: String, title: String)]) {
    self.rules = rules
  }

  // MARK: Mappings

  mutating func members(of shape: ShapeDeclaration, isPart: Bool = false) -> [JSONTree.Member] {
    var properties: [Member] = []
    for field in shape.fields {
      let isNeeded = field.isRequired && !isPart
      properties.append(Member(name: field.key, value: schema(of: field, in: shape, isNullable: !isNeeded)))
    }
    var members = [
      Member(name: "description", value: .text(shape.about)), Member(name: "type", value: .text("object")),
      Member(name: "properties", value: .members(properties)),
    ]
    if !shape.isOpen { members.append(Member(name: "additionalProperties", value: .flag(false))) }
    let required = isPart ? [] : shape.fields.filter(\.isRequired).map { JSONTree.text($0.key) }
    if !required.isEmpty { members.append(Member(name: "required", value: .list(required))) }
    return members
  }

  private mutating func schema(
    of field: FieldDeclaration, in shape: ShapeDeclaration, isNullable: Bool
  ) -> JSONTree {
    var form = members(of: field.form)
    if shape.name == "policy", field.key == "rules", case .keyed(let element) = field.form {
      form = rules(element)
    }
    let example = field.example.map { " Such as `\($0)`." } ?? ""
    let about = Member(name: "description", value: .text(field.about + example))
    guard isNullable else { return .members([about] + form) }
    if form.count == 1, form[0].name == "enum", case .list(let words) = form[0].value {
      return .members([about, Member(name: "enum", value: .list(words + [.null]))])
    }
    // A scalar may as well say so itself, which editors show in fewer words.
    if let type = form.firstIndex(where: { $0.name == "type" }), form.count < 4, form[type].value != .text("object"),
      form[type].value != .text("array")
    {
      if case .list(let types) = form[type].value {
        form[type].value = .list(types + [.text("null")])
      } else {
        form[type].value = .list([form[type].value, .text("null")])
      }
      return .members([about] + form)
    }
    return .members([
      about, Member(name: "anyOf", value: .list([.members(form), .object(["type": .text("null")])])),
    ])
  }

  /// The rules by name, so that an editor offers them.
  private mutating func rules(_ element: FormDeclaration) -> [JSONTree.Member] {
    guard !rules.isEmpty else { return members(of: .keyed(of: element)) }
    let value = members(of: element)
    return [
      Member(name: "type", value: .text("object")),
      Member(
        name: "properties",
        value: .members(
          rules.map { rule in
            Member(name: rule.id, value: .members([Member(name: "description", value: .text(rule.title))] + value))
          })),
      Member(name: "additionalProperties", value: .flag(false)),
    ]
  }

  // MARK: Forms

  mutating func members(of form: FormDeclaration) -> [JSONTree.Member] {
    switch form {
    case .scalar(let scalar): return members(of: scalar)
    case .choice(let words): return [Member(name: "enum", value: .list(words.map(JSONTree.text)))]
    case .list(let element):
      return [
        Member(name: "type", value: .text("array")), Member(name: "items", value: .members(members(of: element))),
      ]
    case .keyed(let element):
      return [
        Member(name: "type", value: .text("object")),
        Member(
          name: "propertyNames", value: .object(["pattern": ScalarForm.identifier.pattern.map(JSONTree.text)])),
        Member(name: "additionalProperties", value: .members(members(of: element))),
      ]
    case .shape(let shape):
      name(shape)
      return [Member(name: "$ref", value: .text("#/$defs/" + SchemaWriter.name(of: shape)))]
    case .either(let forms):
      var parts: [JSONTree] = []
      for form in forms { parts.append(.members(members(of: form))) }
      return [Member(name: "anyOf", value: .list(parts))]
    case .open: return []
    }
  }

  /// Gazette takes every scalar as text and lets the field decide; a reader of YAML that does not know the field may
  /// take `2.10` for a number and `true` for a truth.
  private func members(of form: ScalarForm) -> [JSONTree.Member] {
    var members: [Member] = []
    switch form.type {
    case .string where form.format == nil:
      members.append(
        Member(name: "type", value: .list([.text("string"), .text("number"), .text("boolean")])))
    default: members.append(Member(name: "type", value: .text(form.type.rawValue)))
    }
    // A moment may leave its seconds out, which the format of that name does not allow.
    if let format = form.format, format != "date-time" {
      members.append(Member(name: "format", value: .text(format)))
    }
    if let pattern = form.pattern { members.append(Member(name: "pattern", value: .text(pattern))) }
    if form.type == .integer { members.append(Member(name: "minimum", value: .number(0))) }
    return members
  }

  private mutating func name(_ shape: ShapeDeclaration) {
    let name = SchemaWriter.name(of: shape)
    guard !shapes.contains(where: { $0.name == name }) else { return }
    let position = shapes.count
    shapes.append((name, .null))
    shapes[position].schema = .members(members(of: shape))
  }

  private static func name(of shape: ShapeDeclaration) -> String { shape.name.replacing(" ", with: "-") }
}
