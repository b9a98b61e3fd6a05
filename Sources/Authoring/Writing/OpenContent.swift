package import Diagnostics
package import Ingest
package import Model

/// The content as somebody is about to add to it: what is there, and whether an addition would be sound.
package struct OpenContent: Sendable {
  package let checkout: Checkout
  /// The site, the products and the release in question; nothing derived.
  package let records: Records
  /// Only of this release the records have anything.
  package let release: ReleaseID?
  private let known: Set<Diagnostic>

  /// - Parameters:
  ///   - folder: Any folder of the checkout; absolute.
  ///   - content: The content folder, relative to the checkout.
  ///   - release: The release that will be added to.
  /// - Returns: The content, or `nil` when the report says what has to be mended first; and the top of the checkout.
  package static func open(
    at folder: String, content: String, about release: ReleaseID? = nil, into report: inout Report
  ) async throws(FileError) -> (content: OpenContent?, root: String) {
    var aboutGit = Report()
    let checkout = try await Checkout.open(at: folder, content: content, sources: [:], into: &aboutGit)
    // Neither a short history nor the lack of one is of concern here.
    guard checkout.repository != nil else {
      report.merge(aboutGit)
      return (nil, checkout.root)
    }
    var found = Report()
    guard let records = try await Records.read(from: checkout, about: release, into: &found) else {
      report.merge(found)
      return (nil, checkout.root)
    }
    let content = OpenContent(
      checkout: checkout, records: records, release: release, known: Set(found.diagnostics))
    report.add(found.diagnostics.filter { $0.severity == .error && content.isNeeded($0.location?.file) })
    return (report.hasErrors ? nil : content, checkout.root)
  }

  /// Whether nothing can be added before this file is mended.
  private func isNeeded(_ file: String?) -> Bool {
    guard let file else { return false }
    if file == path("gazette.yml") { return true }
    guard let release else { return false }
    return file == path("products/\(release.product).yml")
      || file.hasPrefix(path("releases/\(release.product)/\(release.version)."))
      || file.hasPrefix(path("changes/\(release.product)/"))
  }

  /// A path in the content folder, relative to the checkout.
  package func path(_ path: String) -> String { checkout.content + "/" + path }

  /// What would be found in the content after an edit that is not found now.
  ///
  /// - Parameter clock: What is dated later than it is refused; a pin of the site counts instead.
  /// - Returns: The records as they would be; `nil` when they could not be read at all.
  package func trial(
    of edit: ContentEdit, clock: Moment, into report: inout Report
  ) async throws(FileError) -> Records? {
    var found = Report()
    let after = try await Records.read(from: checkout, about: release, with: edit, into: &found)
    if let after {
      let facts = FutureFacts(asOf: records.asOf?.value ?? clock, zone: records.site.zone)
      let before = Set(facts.problems(in: records))
      found.add(facts.problems(in: after).filter { !before.contains($0) })
    }
    report.add(found.diagnostics.filter { !known.contains($0) })
    return after
  }
}

// MARK: Times

extension OpenContent {
  /// Whether a moment is later than what the site takes for now.
  package func isAhead(_ at: When) async throws(FileError) -> Bool {
    guard records.asOf == nil, let newest = try await checkout.repository?.newestCommitterDateOnFirstParent()
    else { return false }
    return at.start(in: records.site.zone) > newest
  }
}

// MARK: Names

extension OpenContent {
  package func product(_ id: String) throws(Refusal) -> Product {
    if let product = records.products.first(where: { $0.id.text == id }) { return product }
    throw .unknown(
      "product", id, among: records.products.map(\.id.text), orElse: "add it with `gazette new product \(id)`")
  }

  package func person(_ id: String) throws(Refusal) -> Person {
    if let person = records.site.people.first(where: { $0.id == id }) { return person }
    throw .unknown(
      "person", id, among: records.site.people.map(\.id), orElse: "add them to `people` in \(path("gazette.yml"))")
  }

  package func environment(_ id: String) throws(Refusal) -> DeploymentEnvironment {
    if let found = records.site.environments.first(where: { $0.id == id }) { return found }
    throw .unknown(
      "environment", id, among: records.site.environments.map(\.id),
      orElse: "add it to `environments` in \(path("gazette.yml"))")
  }

  package func incident(_ id: String) throws(Refusal) -> Incident {
    if let incident = records.incidents.first(where: { $0.id == id }) { return incident }
    throw .unknown(
      "incident", id, among: records.incidents.map(\.id), orElse: "write it with `gazette new incident`")
  }

  /// The version of a product, as its scheme reads it.
  package func version(_ text: String, of product: Product) throws(Refusal) -> Version {
    if let version = Version(text, scheme: product.versioning), ScalarForm.versionProblem(text) == nil {
      return version
    }
    // As people say it, or as its tags do.
    let plain = product.sources.compactMap { $0.tags?.version(in: text) } + [text.dropFirst()]
    if let near = plain.first(where: { Version($0, scheme: product.versioning) != nil }) {
      throw Refusal(
        "`\(text)` is not a \(product.versioning.rawValue) version", help: "did you mean `\(near)`?")
    }
    let numbers = text.utf8.split { $0 < 0x30 || $0 > 0x39 }
    guard numbers.allSatisfy({ UInt64(String(decoding: $0, as: UTF8.self)) != nil }) else {
      throw Refusal("`\(text)` has a number that is too large", help: "keep each number to 19 digits")
    }
    let file = path("products/\(product.id).yml")
    throw Refusal(
      "`\(text)` is not a \(product.versioning.rawValue) version",
      help: "write it as \(product.versioning.example), or change `versioning` in \(file)")
  }

  /// The versions of a product that have a record, by bytes.
  package func recordedVersions(of product: ProductID) throws(FileError) -> [String] {
    let folder = path("releases/\(product)")
    var unreported = Report()
    return try checkout.files(under: folder, into: &unreported).compactMap { file in
      let name = file.path.dropFirst(folder.count + 1)
      return name.hasSuffix(".yml") && !name.contains("/") ? String(name.dropLast(".yml".count)) : nil
    }
  }

  /// The tag that makes a version a release, where a source's tags do; those of other repositories are not known here.
  package func releasingTag(of version: String, of product: Product) async throws(FileError) -> Tag? {
    let names = product.sources.filter { $0.discoversTags && $0.repository == .checkout }
      .compactMap { $0.tags?.tag(of: version) }
    guard !names.isEmpty, let repository = checkout.repository else { return nil }
    return try await repository.tags().first { names.contains($0.name) }
  }

  /// Refuses a version that has neither a record nor such a tag.
  /// - Parameter flag: Where it was named.
  package func require(_ version: String, of product: Product, namedBy flag: String) async throws {
    let known = try recordedVersions(of: product.id)
    guard !known.contains(version), try await releasingTag(of: version, of: product) == nil,
      !product.sources.contains(where: { $0.discoversTags && $0.repository != .checkout })
    else { return }
    throw Refusal(
      "`\(product.id)` has no release \(version)",
      help: suggestion(for: version, among: known) ?? "correct `\(flag)`")
  }

  /// The record of the release that this was opened for.
  package func record() throws -> ReleaseRecord {
    guard let release else { throw Refusal("no release was named") }
    let product = try product(release.product.text)
    _ = try version(release.version, of: product)
    if let record = records.releases.first(where: { $0.version == release.version }) { return record }
    let known = try recordedVersions(of: release.product)
    let near = nearest(to: release.version, among: known).map { "did you mean `\($0)`? Otherwise " } ?? ""
    throw Refusal(
      "`\(release.product)` has no record of \(release.version)",
      help: near + "begin it with `gazette release \(release)`")
  }
}

extension VersionScheme {
  /// How a version is written, for a message.
  var example: String {
    switch self {
    case .semver: "`2.4.0`"
    case .calver: "`2026.04.1`"
    case .pep440: "`2.4.0rc1`"
    case .numeric: "`2.4`"
    case .dated: "`2026-11-02`"
    }
  }
}
