import Diagnostics
package import Model

/// The tags of a repository as records, dated by their tags.
package enum GitTags {
  /// - Parameters:
  ///   - product: The one to import; `nil` for each that the tags tell of.
  ///   - known: The products that the content has already; their own patterns count.
  package static func content(
    of repository: RepositoryView, product wanted: String?, known: [Product]
  ) -> ImportedContent {
    var content = ImportedContent()
    let ours = known.filter { product in
      (wanted == nil || wanted == product.id.text)
        && product.sources.contains { $0.repository == .checkout && $0.tags != nil }
    }
    if !ours.isEmpty {
      for product in ours { add(tagsOf: product, in: repository, to: &content) }
    } else {
      addSurveyed(repository, product: wanted, besides: known, to: &content)
    }
    if content.count(in: "releases", ending: ".yml") == 0, !content.report.hasErrors {
      content.refuse(
        repository.tags.isEmpty ? "the repository has no tags" : "no tag of the repository is a version",
        at: nil, help: "fetch them with `git fetch --tags`, or say with `tags` in the product's file how they look")
    }
    return content
  }

  private static func add(tagsOf product: Product, in repository: RepositoryView, to content: inout ImportedContent) {
    for source in product.sources where source.repository == .checkout {
      for tag in repository.tags {
        guard let text = source.tags?.version(in: tag.name) else { continue }
        add(String(text), tag, of: product.id.text, scheme: product.versioning, to: &content)
      }
    }
  }

  private static func addSurveyed(
    _ repository: RepositoryView, product wanted: String?, besides known: [Product], to content: inout ImportedContent
  ) {
    let drafts = SiteDraft(for: repository).products.filter { !$0.series.isEmpty }
    var chosen = drafts.filter { wanted == nil || $0.id == wanted }
    // With one product, its name is whatever the user says.
    if chosen.isEmpty, let wanted, drafts.count == 1 {
      chosen = drafts
      chosen[0].id = wanted
    }
    if chosen.isEmpty, let wanted, !drafts.isEmpty {
      content.refuse(
        "the tags tell of no product `\(wanted)`", at: nil,
        help: "name one of " + drafts.map { "`\($0.id)`" }.joined(separator: ", "))
    }
    let tags = Dictionary(repository.tags.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for draft in chosen {
      if !known.contains(where: { $0.id.text == draft.id }) {
        let path = "products/\(draft.id).yml"
        content.add(path, SiteDraft.productFile(draft), from: SourceLocation(file: path))
      }
      for series in draft.series {
        for name in series.tags {
          guard let tag = tags[name] else { continue }
          add(String(name.dropFirst(series.prefix.count)), tag, of: draft.id, scheme: series.versioning, to: &content)
        }
        for name in series.unreadable {
          content.leaveOut("the tag `\(name)` is left out: it is no \(series.versioning.rawValue) version", at: nil)
        }
      }
    }
  }

  private static func add(
    _ version: String, _ tag: Tag, of product: String, scheme: VersionScheme, to content: inout ImportedContent
  ) {
    guard Version(version, scheme: scheme) != nil else {
      content.leaveOut("the tag `\(tag.name)` is left out: it is no \(scheme.rawValue) version", at: nil)
      return
    }
    guard !content.has("releases/\(product)/\(version).yml") else {
      content.leaveOut("the tag `\(tag.name)` is left out: another one names `\(version)` too", at: nil)
      return
    }
    var record = RecordDraft(product: product, version: version)
    (record.released, record.commit, record.tag) = (tag.date.iso, tag.commit, tag.name)
    content.add(record, from: SourceLocation(file: "releases/\(product)/\(version).yml"))
  }
}
