import Diagnostics
import Foundation
import Model
import Testing

@testable import Ingest

/// The demonstration is where people look for how a field is written, so it has each.
@Suite("The demonstration in content/") struct DemonstrationFieldsTests {
  /// Fields that no file of the demonstration has, each with the reason.
  private let exceptions: Set<String> = [
    // For records of releases from before the site; those of the demonstration were all written in it.
    "release: baseline"
  ]

  @Test("every field of every kind of file is used")
  func everyField() throws {
    var known: Set<String> = []
    var used: Set<String> = []
    for shape in ContentShape.all { declare(shape.form, into: &known) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "content")
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    for path in paths {
      guard let shape = ContentShape.all.first(where: { isOf($0.files, path) }) else { continue }
      var file = TextFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
      if shape.isFrontMatter {
        guard let header = FrontMatter(file)?.header else { continue }
        file = header
      }
      var report = Report()
      if let node = YAMLNode.read(file.text, file: path, into: &report) { look(at: node, as: shape.form, into: &used) }
    }
    #expect(known.subtracting(used).subtracting(exceptions).sorted() == [])
    #expect(exceptions.intersection(used).sorted() == [], "these are used by now")
  }

  private func isOf(_ pattern: String, _ path: String) -> Bool {
    let (wanted, steps) = (pattern.split(separator: "/"), path.split(separator: "/"))
    guard let name = wanted.last, let last = steps.last, matches(glob: String(name), String(last)) else { return false }
    if wanted.contains("**") { return wanted[0] == steps[0] && steps.count >= 2 }
    return wanted.count == steps.count && zip(wanted, steps).allSatisfy { matches(glob: String($0), String($1)) }
  }

  private func declare(_ form: FormDeclaration, into known: inout Set<String>) {
    switch form {
    case .scalar, .choice, .open: break
    case .list(let element), .keyed(let element): declare(element, into: &known)
    case .either(let forms): for form in forms { declare(form, into: &known) }
    case .shape(let shape):
      for field in shape.fields where known.insert("\(shape.name): \(field.key)").inserted {
        declare(field.form, into: &known)
      }
    }
  }

  private func look(at node: YAMLNode, as form: FormDeclaration, into used: inout Set<String>) {
    switch (form, node.content) {
    case (.list(let element), .list(let nodes)): for node in nodes { look(at: node, as: element, into: &used) }
    case (.keyed(let element), .mapping(let entries)):
      for entry in entries { look(at: entry.value, as: element, into: &used) }
    case (.shape(let shape), .mapping(let entries)):
      for entry in entries {
        guard let field = shape.field(entry.key) else { continue }
        used.insert("\(shape.name): \(field.key)")
        look(at: entry.value, as: field.form, into: &used)
      }
    case (.either(let forms), _): for form in forms { look(at: node, as: form, into: &used) }
    default: break
    }
  }
}
