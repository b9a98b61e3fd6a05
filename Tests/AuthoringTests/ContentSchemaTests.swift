import Authoring
import Diagnostics
import Foundation
import Ingest
import Testing

@Suite("The schemas of content files")
struct ContentSchemaTests {
  @Test("there is one for every kind of file, each with a name of its own") func kinds() {
    let names = ContentShape.described.map(\.name)
    #expect(names.starts(with: ["site", "product", "release", "part", "fragment"]))
    #expect(Set(names).count == names.count)
    #expect(names.last == "baseline")
  }

  @Test("each has every field of the reader, described, and no other", arguments: ContentShape.described.map(\.name))
  func fields(name: String) throws {
    let kind = try #require(ContentShape.described.first { $0.name == name })
    let schema = Schema(ContentSchema(of: kind).document)
    var seen: Set<String> = []
    try compare(kind.form, schema, in: schema, isPart: kind.isPart, seen: &seen)
  }

  private func compare(
    _ form: FormDeclaration, _ schema: Schema, in root: Schema, isPart: Bool = false, seen: inout Set<String>
  ) throws {
    switch form {
    case .shape(let shape):
      guard seen.insert("\(shape.name) \(isPart)").inserted else { return }
      let members = schema.resolved(in: root)
      let properties = try #require(members["properties"]?.members)
      #expect(properties.map(\.name) == shape.fields.map(\.key))
      #expect(members["description"]?.text == shape.about)
      #expect((members["additionalProperties"] != nil) != shape.isOpen)
      let required = members["required"]?.list?.compactMap { Schema($0).text } ?? []
      #expect(required == (isPart ? [] : shape.fields.filter(\.isRequired).map(\.key)))
      for (field, property) in zip(shape.fields, properties) {
        let value = Schema(property.value)
        #expect(value["description"]?.text?.hasPrefix(field.about) == true, "\(shape.name): \(field.key)")
        let isNullable = !field.isRequired || isPart
        let inner = isNullable ? value["anyOf"]?.list.flatMap { $0.count == 2 ? Schema($0[0]) : nil } ?? value : value
        try compare(field.form, inner, in: root, seen: &seen)
      }
    case .list(let element): try compare(element, try #require(schema["items"]), in: root, seen: &seen)
    case .keyed(let element):
      try compare(element, try #require(schema["additionalProperties"]), in: root, seen: &seen)
    case .choice(let words):
      #expect(schema["enum"]?.list?.compactMap { Schema($0).text } == words)
    case .scalar(let scalar):
      let types = schema["type"]?.list?.compactMap { Schema($0).text } ?? [schema["type"]?.text ?? ""]
      #expect(types.contains(scalar.type.rawValue))
    case .either, .open: break
    }
  }

  @Test("that of policies knows the rules when they are given") func rules() throws {
    let kind = try #require(ContentShape.described.first { $0.name == "policy" })
    let text = ContentSchema(of: kind, rules: [("tests-passed", "Tests have passed")]).document.text
    #expect(text.contains("\"tests-passed\": {\n"))
    #expect(text.contains("\"description\": \"Tests have passed\""))
  }
}

/// A schema to look into.
private struct Schema {
  let tree: JSONTree

  init(_ tree: JSONTree) { self.tree = tree }

  var members: [JSONTree.Member]? { if case .members(let members) = tree { members } else { nil } }

  var list: [JSONTree]? { if case .list(let list) = tree { list } else { nil } }

  var text: String? { if case .text(let text) = tree { text } else { nil } }

  subscript(name: String) -> Schema? { members?.first { $0.name == name }.map { Schema($0.value) } }

  func resolved(in root: Schema) -> Schema {
    guard let name = self["$ref"]?.text?.split(separator: "/").last else { return self }
    return root["$defs"]?[String(name)] ?? self
  }
}
