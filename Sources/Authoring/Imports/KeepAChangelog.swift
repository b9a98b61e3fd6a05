import Diagnostics
import Ingest
package import Model

/// The sections of a changelog as records of a product.
package enum KeepAChangelog {
  /// - Parameters:
  ///   - product: Its id.
  ///   - known: The product as the content has it already; `nil` makes a new one.
  ///   - scheme: How its versions are written; `nil` to see from the headings.
  package static func content(
    of file: ImportInputs.File, product: String, named name: String, known: Product?, scheme: VersionScheme?
  ) -> ImportedContent {
    var content = ImportedContent()
    guard let text = TextFile(path: file.path, bytes: file.bytes, into: &content.report) else { return content }
    let source = MarkdownSource(text.text, at: file.start)
    let scheme = known?.versioning ?? scheme ?? fittingScheme(of: source)
    let sections = Changelog.read(source, scheme: scheme, into: &content.report)
    guard sections.contains(where: { $0.version != nil }) else {
      content.refuse(
        "the changelog has no section whose heading is a version", at: file.start,
        help: "write headings such as `## [1.2.0] - 2026-01-31`, or say with --versioning how versions are written")
      return content
    }
    if known == nil {
      var draft = ProductText(name: name)
      draft.versioning = scheme
      content.add("products/\(product).yml", draft.text, from: file.start)
    }
    for section in sections { add(section, of: product, to: &content) }
    return content
  }

  /// The scheme of most headings; days only where they are more than anything else.
  private static func fittingScheme(of source: MarkdownSource) -> VersionScheme {
    var best = (scheme: VersionScheme.semver, count: -1)
    for scheme in [VersionScheme.semver, .numeric, .pep440, .dated] {
      var unreported = Report()
      let count = Changelog.read(source, scheme: scheme, into: &unreported).count { $0.version != nil }
      if count > best.count { best = (scheme, count) }
    }
    return best.scheme
  }

  private static func add(_ section: ChangelogSection, of product: String, to content: inout ImportedContent) {
    guard let version = section.version else {
      if !section.body.text.isEmpty {
        content.leaveOut(
          "`\(section.title.value)` is left out: it is not released", at: section.title.location,
          help: "write its entries into changes/\(product)/, one file each")
      }
      return
    }
    // The second section of a version is in the report already.
    guard !content.has("releases/\(product)/\(version.value).yml") else { return }
    var record = RecordDraft(product: product, version: version.value)
    if section.isYanked { record.status = .withdrawn }
    record.released = section.date?.iso
    if section.date == nil {
      content.leaveOut("`\(version.value)` has no date", at: version.location, help: "add `released:` to its record")
    }
    let scan = section.changes
    if scan.isAllChanges, !hasDefinitions(section.body.text) {
      record.changes = scan.entries.map(fields)
    } else if !section.body.text.isEmpty {
      record.notes = section.body.text
    }
    content.add(record, from: version.location)
  }

  /// Whether links of the text are defined at its end, so that no part of it can stand alone.
  private static func hasDefinitions(_ text: String) -> Bool {
    text.split(separator: "\n").contains { $0.first == "[" && $0.contains("]:") }
  }

  private static func fields(_ entry: ChangeScan.Entry) -> [YAMLField] {
    [
      YAMLField(text: "id", isIdentifier(entry.id) ? entry.id : nil),
      YAMLField(word: "kind", (entry.kind ?? .improvement).rawValue), YAMLField(text: "text", entry.text.text),
      YAMLField(text: "component", entry.component),
    ].compactMap(\.self)
  }
}
