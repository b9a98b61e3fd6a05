import Diagnostics
import Model

/// Finds the changelogs of products and reads them, each file once.
struct ChangelogShelf {
  let facts: RepositoryFacts
  let checkout: Checkout
  private var read: [Key: [ChangelogSection]] = [:]

  private struct Key: Hashable {
    var repository: SourceRepository.Repository
    var path: String
    var scheme: VersionScheme
  }

  init(facts: RepositoryFacts, checkout: Checkout) {
    (self.facts, self.checkout) = (facts, checkout)
  }

  /// Every section that was read so far, in the order of the files.
  var everySection: [MarkdownSource] { read.values.flatMap { $0.map(\.body) }.sorted { $0.location < $1.location } }

  /// The sections of the product's changelogs by the text of their versions; the first of two wins.
  mutating func sections(
    of product: Product, into report: inout Report
  ) async throws(FileError) -> [String: ChangelogSection] {
    var sections: [String: ChangelogSection] = [:]
    for source in product.sources {
      guard let changelog = source.changelog else { continue }
      let key = Key(repository: source.repository, path: changelog.value, scheme: product.versioning)
      if read[key] == nil {
        let text = try await text(of: changelog, from: source, into: &report)
        read[key] = text.map { Changelog.read($0, scheme: product.versioning, into: &report) } ?? []
      }
      for section in read[key] ?? [] {
        guard let version = section.version?.value, sections[version] == nil else { continue }
        sections[version] = section
      }
    }
    return sections
  }

  private func text(
    of changelog: Located<String>, from source: SourceRepository, into report: inout Report
  ) async throws(FileError) -> MarkdownSource? {
    let location = SourceLocation(file: changelog.value)
    if source.repository == .checkout {
      guard let text = try checkout.text(of: changelog.value, at: changelog.location, into: &report) else { return nil }
      return MarkdownSource(text, at: location)
    }
    guard let repository = facts.facts(of: source)?.repository else { return nil }
    guard let bytes = try await repository.file(changelog.value) else {
      report.error(
        .missingFile, "there is no file `\(changelog.value)` in the repository of source `\(source.id)`",
        at: changelog.location,
        help: "give the changelog's path from the top of that repository, or leave `changelog` out")
      return nil
    }
    switch decodedText(bytes) {
    case .text(let text): return MarkdownSource(text, at: location)
    case .undecodable(let line, let column, let guess):
      report.add(.notUTF8(changelog.value, line: line, column: column, guess: guess))
      return nil
    }
  }
}
