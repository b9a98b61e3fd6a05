import Authoring
import Ingest

/// Every field of every file as a page of the guide, in Markdown.
struct FieldsPage {
  var text: String {
    var text = """
      ---
      title: Every field
      summary: What each file of the content folder may say.
      order: 91
      ---

      <!-- Written by `gazette man --fields`; a test says when it is out of date. -->

      Keys are in snake case, and an unknown key is an error. A field in **bold** is required. `gazette schema` gives
      the same to editors.


      """
    var shapes: [ShapeDeclaration] = []
    for kind in ContentShape.described where !kind.isPart {
      let shape = kind.form.shapes[0]
      text += "## `\(kind.files)`\n\n\(shape.about)\n\n" + table(of: shape)
      for shape in kind.form.shapes { shapes += inner(shape, known: shapes) }
    }
    text += "## Parts of these\n\n"
    for shape in shapes.sorted(by: { $0.name < $1.name }) {
      text += "### \(FieldsPage.title(of: shape))\n\n\(shape.about)\n\n" + table(of: shape)
    }
    return text
  }

  private func inner(_ shape: ShapeDeclaration, known: [ShapeDeclaration]) -> [ShapeDeclaration] {
    var found: [ShapeDeclaration] = []
    for part in shape.fields.flatMap(\.form.shapes) where !(known + found).contains(where: { $0.name == part.name }) {
      found.append(part)
      found += inner(part, known: known + found)
    }
    return found
  }

  private func table(of shape: ShapeDeclaration) -> String {
    let rows = shape.fields.map { field in
      let key = field.isRequired ? "**`\(field.key)`**" : "`\(field.key)`"
      let example = field.example.map { " Such as `\($0)`." } ?? ""
      let cells = [key, words(for: field.form), field.about + example].map { $0.replacing("|", with: "\\|") }
      return "| " + cells.joined(separator: " | ") + " |\n"
    }
    return "| key | value | what it says |\n| --- | --- | --- |\n" + rows.joined() + "\n"
  }

  private func words(for form: FormDeclaration) -> String {
    switch form {
    case .scalar(let scalar): scalar.noun
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let element): "a list: " + words(for: element)
    case .keyed(let element): "by id: " + words(for: element)
    case .shape(let shape): "[\(shape.noun)](#\(FieldsPage.anchor(of: shape)))"
    case .either(let forms): forms.map(words).joined(separator: "; or ")
    case .open(let noun): noun
    }
  }

  private static func title(of shape: ShapeDeclaration) -> String {
    shape.noun.prefix(1).uppercased() + shape.noun.dropFirst()
  }

  private static func anchor(of shape: ShapeDeclaration) -> String { shape.noun.replacing(" ", with: "-") }
}

extension FormDeclaration {
  /// The mappings that it is made of.
  fileprivate var shapes: [ShapeDeclaration] {
    switch self {
    case .scalar, .choice, .open: []
    case .list(let element), .keyed(let element): element.shapes
    case .shape(let shape): [shape]
    case .either(let forms): forms.flatMap(\.shapes)
    }
  }
}
