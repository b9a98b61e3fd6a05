import Diagnostics
import Model

extension FragmentRecord {
  /// A change that waits; `nil` when something in it is wrong, which the check then holds.
  /// - Parameter slug: The name of the file, which is the id of the change unless it states another.
  init?(_ file: TextFile, product: ProductID, slug: String, check: inout ShapeCheck) {
    guard let parts = FrontMatter(file) else {
      check.add(.unterminatedFrontMatter(of: file))
      return nil
    }
    guard let header = parts.header else {
      check.add(
        .error(
          .malformedFrontMatter, "a fragment begins with front matter", at: SourceLocation(file: file.path),
          help: "begin with a line `---`, then `kind: fix` or another kind, then a line `---`, then the text"))
      return nil
    }
    let fields = check.value(of: header, as: .shape(FragmentFields.shape), product: product.text)
    if parts.body.text.isEmpty {
      check.add(
        .error(
          .missingKey, "a fragment lacks its text", at: parts.body.location,
          help: "say below the front matter what changed"))
    }
    guard let fields, let kind = fields[ChangeFields.kind], !parts.body.text.isEmpty else { return nil }
    let text = Located(parts.body.text, at: parts.body.location)
    var entry = ChangeFields.entry(of: fields, kind: kind, text: text)
    entry.location = parts.body.location
    if entry.id == nil { entry.id = Located(slug, at: SourceLocation(file: file.path)) }
    self.init(product: product, entry: entry, body: parts.body)
    products = fields.list(FragmentFields.products)
  }
}

extension PageRecord {
  /// A page, also one without front matter; `nil` when something in it is wrong, which the check then holds.
  init?(_ file: TextFile, id: String, check: inout ShapeCheck) {
    guard let parts = FrontMatter(file) else {
      check.add(.unterminatedFrontMatter(of: file))
      return nil
    }
    self.init(id: id, body: parts.body)
    guard let header = parts.header else { return }
    guard let fields = check.value(of: header, as: .shape(PageFields.shape)) else { return nil }
    title = fields[PageFields.title]
    summary = fields[PageFields.summary]
    audience = fields.value(PageFields.audience) ?? .public
    products = fields.list(PageFields.products)
    order = fields.value(PageFields.order)
    reviewed = fields.value(PageFields.reviewed)
    owner = fields[PageFields.owner]
    formerly = fields.list(PageFields.formerly)
  }
}

extension Diagnostic {
  fileprivate static func unterminatedFrontMatter(of file: TextFile) -> Diagnostic {
    .error(
      .malformedFrontMatter, "the front matter does not end", at: SourceLocation(file: file.path, length: 3),
      help: "close it with a line `---`")
  }
}
