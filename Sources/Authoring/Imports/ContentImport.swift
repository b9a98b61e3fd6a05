package import Diagnostics
import Ingest
package import Model

/// What can be imported.
package enum ImportFormat: String, CaseIterable, Sendable {
  case keepAChangelog = "keep-a-changelog"
  case openStackReleases = "openstack-releases"
  case endOfLife = "endoflife"
  case gitTags = "git-tags"
  case gitHubReleases = "github-releases"

  /// What such files end in, where a folder is named.
  fileprivate var endings: [String] {
    switch self {
    case .keepAChangelog: ["md", "markdown"]
    case .openStackReleases: ["yaml", "yml"]
    case .endOfLife: ["md", "json"]
    case .gitTags: []
    case .gitHubReleases: ["json"]
    }
  }
}

/// What is to be imported, and how.
package struct ImportRequest: Sendable {
  package var format: ImportFormat
  /// Files and folders.
  package var paths: [String]
  /// What the paths are relative to; absolute.
  package var folder: String
  /// The content folder, relative to the checkout.
  package var content: String
  package var product: String?
  package var name: String?
  package var versioning: VersionScheme?
  package var tags: TagPattern?
  /// Whether ends of life become products.
  package var asProducts = false
  /// Whether what is there already is kept, instead of being an error.
  package var isOnlyNew = false
  package var isDryRun = false

  package init(_ format: ImportFormat, _ paths: [String], in folder: String, content: String) {
    (self.format, self.paths, self.folder, self.content) = (format, paths, folder, content)
  }
}

/// Records made from what others wrote down.
package struct ContentImport: Sendable {
  package private(set) var imported: ImportedContent
  /// How many files were there already and are kept.
  package private(set) var kept = 0
  /// Whether the files are on disk.
  package private(set) var isWritten = false

  /// Reads the inputs and writes all of the outcome, or none of it where the report has errors.
  ///
  /// - Parameter repository: The checkout, with its tags.
  package init(_ request: ImportRequest, in repository: RepositoryView) async throws(FileError) {
    let known = try await ContentImport.products(of: request, in: repository)
    imported = try request.imported(known: known, in: repository)
    guard !imported.report.hasErrors else { return }
    let destination = ContentDestination(root: repository.root, content: request.content)
    if request.isOnlyNew {
      let count = imported.files.count
      imported.drop(where: destination.has)
      kept = count - imported.files.count
    }
    if !imported.files.isEmpty, !destination.has("gazette.yml") {
      let site = SiteDraft.siteFile(named: repository.name, remote: repository.remote.flatMap { RemoteAddress($0) })
      imported.add("gazette.yml", site, from: SourceLocation(file: request.content + "/gazette.yml"))
    }
    imported.report.merge(destination.findings(about: imported.files))
    guard !imported.report.hasErrors, !request.isDryRun else { return }
    try destination.write(imported.files)
    isWritten = true
  }

  /// The products that the content has already; what is wrong with it otherwise is for `check` to say.
  private static func products(
    of request: ImportRequest, in repository: RepositoryView
  ) async throws(FileError) -> [Product] {
    var unreported = Report()
    let checkout = try await Checkout.open(
      at: repository.root, content: request.content, sources: [:], into: &unreported)
    return try await Records.read(from: checkout, slices: 4, into: &unreported)?.products ?? []
  }
}

extension ImportRequest {
  fileprivate func imported(known: [Product], in repository: RepositoryView) throws(FileError) -> ImportedContent {
    if format == .gitTags { return GitTags.content(of: repository, product: product, known: known) }
    let inputs = try ImportInputs(paths, in: folder, endings: format.endings)
    switch format {
    case .openStackReleases: return OpenStackReleases.content(of: inputs)
    case .endOfLife: return EndOfLifeDate.content(of: inputs, asProducts: asProducts)
    case .keepAChangelog, .gitHubReleases, .gitTags: break
    }
    var content = ImportedContent()
    content.report.merge(inputs.report)
    guard let file = inputs.files.first else { return content }
    guard inputs.files.count == 1 else {
      content.refuse(
        "there are \(inputs.files.count) files, and one product is made of one", at: file.start,
        help: "import them one after the other, each with its --product")
      return content
    }
    guard let id = product ?? onlyProduct(of: known, in: repository) else {
      content.refuse(
        "the content has several products, and the file may be of any", at: file.start, help: "name it with --product")
      return content
    }
    let product = known.first { $0.id.text == id }
    if format == .keepAChangelog {
      return KeepAChangelog.content(of: file, product: id, named: name ?? id, known: product, scheme: versioning)
    }
    return GitHubReleases.content(
      of: file, product: id, named: name ?? id, known: product, pattern: tags, in: repository)
  }

  /// The product that is meant where nobody says it.
  private func onlyProduct(of known: [Product], in repository: RepositoryView) -> String? {
    known.count > 1 ? nil : known.first?.id.text ?? productID(for: repository.name) ?? "product"
  }
}
