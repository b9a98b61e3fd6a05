package import Diagnostics

/// A key of a mapping: its name, how its value is written, and what it means.
package struct Field<Value: Sendable>: Sendable {
  package let key: String
  package let form: Form<Value>
  /// One line for editors and the guide.
  package let about: String
  package let isRequired: Bool
  /// A value as it would stand in YAML.
  package let example: String?

  package init(
    _ key: String, _ form: Form<Value>, _ about: String, required: Bool = false, example: String? = nil
  ) {
    (self.key, self.form, self.about, self.isRequired, self.example) = (key, form, about, required, example)
  }
}

/// A field without its type, as shapes list it.
package struct FieldDeclaration: Sendable {
  package let key: String
  package let form: FormDeclaration
  package let about: String
  package let isRequired: Bool
  package let example: String?
}

extension Field: DeclaredField {
  package var declaration: FieldDeclaration {
    FieldDeclaration(key: key, form: form.declaration, about: about, isRequired: isRequired, example: example)
  }
}

package protocol DeclaredField: Sendable {
  var declaration: FieldDeclaration { get }
}

/// A mapping with known keys, without what it becomes.
package struct ShapeDeclaration: Sendable {
  /// Such as `approval`; unique among the shapes.
  package let name: String
  package let about: String
  package let fields: [FieldDeclaration]
  /// Whether it may have other keys, which are looked at when more is known.
  package let isOpen: Bool
  /// What the fields must be to each other; called for a mapping whose fields are all right by themselves.
  let constraint: @Sendable (Fields, inout Report) -> Void

  /// In the words of a message, such as `an approval`.
  package var noun: String { article(for: name) + " " + name }

  func field(_ key: String) -> FieldDeclaration? { fields.first { $0.key == key } }
}

/// A mapping with known keys: its fields, and the value that is made of them.
package struct Shape<Value: Sendable>: Sendable {
  package let declaration: ShapeDeclaration
  let make: @Sendable (Fields) -> Value?

  /// - Parameters:
  ///   - constraint: Reports what the fields must be to each other.
  ///   - make: Makes the value; every field in it has its form, and required ones are there.
  package init(
    _ name: String, _ about: String, _ fields: [any DeclaredField], isOpen: Bool = false,
    constraint: @escaping @Sendable (Fields, inout Report) -> Void = { _, _ in },
    make: @escaping @Sendable (Fields) -> Value?
  ) {
    declaration = ShapeDeclaration(
      name: name, about: about, fields: fields.map(\.declaration), isOpen: isOpen, constraint: constraint)
    self.make = make
  }
}

/// The fields of one mapping, by their declarations.
package struct Fields: Sendable {
  private let entries: [YAMLNode.Entry]
  package let location: SourceLocation

  /// - Parameter node: A mapping that ``ShapeCheck`` found nothing wrong with.
  init(_ entries: [YAMLNode.Entry], at location: SourceLocation) {
    (self.entries, self.location) = (entries, location)
  }

  /// The value with its place; `nil` when the key is absent or null.
  package subscript<Value>(field: Field<Value>) -> Located<Value>? {
    // A mapping has few keys, so that looking through them is cheaper than any table.
    for entry in entries where entry.key == field.key {
      guard !entry.value.isNull, let value = field.form.read(entry.value) else { return nil }
      return Located(value, at: entry.value.location)
    }
    return nil
  }

  /// The value alone; `nil` when the key is absent or null.
  package func value<Value>(_ field: Field<Value>) -> Value? { self[field]?.value }

  /// The elements of a list with their places; none when the key is absent.
  package func list<Value>(_ field: Field<[Located<Value>]>) -> [Located<Value>] { self[field]?.value ?? [] }

  /// The elements of a list; none when the key is absent.
  package func values<Value>(_ field: Field<[Located<Value>]>) -> [Value] { list(field).map(\.value) }

  /// The keys that the shape does not declare, in the order of the file.
  package func others(than declared: ShapeDeclaration) -> [YAMLNode.Entry] {
    entries.filter { declared.field($0.key) == nil }
  }

  /// The place of the key itself; `nil` when it is absent.
  package func keyLocation<Value>(of field: Field<Value>) -> SourceLocation? {
    entries.first { $0.key == field.key }?.keyLocation
  }
}

/// `a` or `an`.
func article(for word: String) -> String {
  switch word.utf8.first {
  case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): "an"
  default: "a"
  }
}
