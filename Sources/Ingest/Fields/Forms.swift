package import Diagnostics
import Model

extension Form {
  /// A form of single values that a function reads.
  init(
    _ form: ScalarForm, read: @escaping @Sendable (String) -> Value?
  ) {
    self.init(.scalar(form)) { node in node.text.flatMap(read) }
  }

  package static func list<Element>(of form: Form<Element>) -> Form<[Located<Element>]>
  where Value == [Located<Element>] {
    Form<[Located<Element>]>(.list(of: form.declaration)) { node in
      guard case .list(let elements) = node.content else { return nil }
      return elements.compactMap { element in form.read(element).map { Located($0, at: element.location) } }
    }
  }

  package static func list<Element>(of shape: Shape<Element>) -> Form<[Located<Element>]>
  where Value == [Located<Element>] {
    list(of: .shape(shape))
  }

  /// A mapping from ids to values, in the order of the file.
  package static func keyed<Element>(by form: Form<Element>) -> Form<[Keyed<Element>]> where Value == [Keyed<Element>] {
    Form<[Keyed<Element>]>(.keyed(of: form.declaration)) { node in
      guard case .mapping(let entries) = node.content else { return nil }
      return entries.compactMap { entry in
        form.read(entry.value).map { Keyed(id: Located(entry.key, at: entry.keyLocation), value: $0) }
      }
    }
  }

  package static func shape(_ shape: Shape<Value>) -> Form<Value> {
    Form(.shape(shape.declaration)) { node in
      guard case .mapping(let entries) = node.content else { return nil }
      return shape.make(Fields(entries, at: node.location))
    }
  }

  /// Either of two ways to write the same thing.
  package static func either(_ first: Form<Value>, _ second: Form<Value>) -> Form<Value> {
    Form(.either([first.declaration, second.declaration])) { node in
      if first.declaration.accepts(node.content), let value = first.read(node) { return value }
      return second.read(node)
    }
  }

  /// One of the words of an enumeration.
  package static func choice(_ type: Value.Type = Value.self) -> Form<Value>
  where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    let words = Value.allCases.map(\.rawValue)
    return Form(.choice(words)) { node in node.text.flatMap(Value.init(rawValue:)) }
  }

  /// One word that stands for a value.
  package static func word(_ word: String, for value: Value) -> Form<Value> {
    Form(.choice([word])) { node in node.text == word ? value : nil }
  }
}

/// A value under an id that somebody chose.
package struct Keyed<Value: Sendable>: Sendable {
  package let id: Located<String>
  package let value: Value
}
