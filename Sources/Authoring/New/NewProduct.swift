import Ingest
package import Model

extension NewFile {
  /// A product, as far as the tags of the repository and what lies in it tell.
  package static func product(
    _ id: String, name: String?, kind: Product.Kind?, versioning: VersionScheme?, from repository: RepositoryView,
    in content: OpenContent
  ) throws(Refusal) -> NewFile {
    let id = try self.name(id, like: id, as: "product")
    let draft = SiteDraft(for: repository).products.first { $0.id == id }
    // Its tags cannot be the repository's own where another product has those.
    let pattern = content.records.products.isEmpty ? "v{version}" : "\(id)-v{version}"
    var product =
      draft
      ?? SiteDraft.ProductDraft(
        id: id, name: id, folder: repository.folder(of: id) ?? ".",
        series: [
          TagSurvey.Series(
            prefix: String(pattern.dropLast("{version}".count)), name: id, versioning: versioning ?? .semver, tags: [],
            unreadable: [])
        ])
    if let name { product.name = name }
    if let versioning { for index in product.series.indices { product.series[index].versioning = versioning } }
    if product.folder != "." { product.changelog = product.changelog ?? repository.changelog(in: product.folder) }
    var text = SiteDraft.productFile(product)
    if let kind {
      text = text.replacing(
        "# kind: package               # service | package | application | firmware", with: "kind: \(kind.rawValue)")
    }
    return NewFile(
      path: "products/\(id).yml", text: text,
      next: "read it through, and say with `gazette new change \(id)` what is new",
      otherwise: "edit that file, or give the new product another id")
  }
}
