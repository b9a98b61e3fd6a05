package import Diagnostics
import Model

/// The files that start a site in a repository: gazette.yml and one file a product.
package struct SiteDraft: Sendable {
  package struct File: Hashable, Sendable {
    /// Relative to the content folder.
    package var path: String
    package var text: String
  }

  /// A product as `init` understood it.
  package struct ProductDraft: Hashable, Sendable {
    package var id: String
    package var name: String
    /// `.` for the whole repository.
    package var folder: String
    package var series: [TagSurvey.Series]
    package var changelog: String?
  }

  package private(set) var files: [File] = []
  package private(set) var products: [ProductDraft] = []
  package private(set) var report = Report()

  package init(for repository: RepositoryView) {
    let survey = TagSurvey(repository.tags)
    let remote = repository.remote.flatMap { RemoteAddress($0) }
    products = SiteDraft.products(of: repository, survey: survey)
    files.append(File(path: "gazette.yml", text: SiteDraft.siteFile(named: repository.name, remote: remote)))
    for product in products {
      files.append(File(path: "products/\(product.id).yml", text: SiteDraft.productFile(product)))
    }
    report(on: survey, tags: repository.tags)
  }

  private static func products(of repository: RepositoryView, survey: TagSurvey) -> [ProductDraft] {
    var series: [(name: String, series: [TagSurvey.Series])] = []
    for one in survey.series {
      if let last = series.last, last.name == one.name {
        series[series.count - 1].series.append(one)
      } else {
        series.append((one.name, [one]))
      }
    }
    if series.isEmpty { series = [("", [])] }
    var ids = Set<String>()
    let isAlone = series.count == 1
    return series.map { name, series in
      let title = name.isEmpty ? repository.name : series.first?.scopedName ?? name
      let folder = name.isEmpty ? "." : repository.folder(of: name) ?? repository.folder(of: lastPart(of: title)) ?? "."
      // A changelog at the top is not that of one product among several: its versions would be taken for theirs.
      let changelog = name.isEmpty || isAlone || folder != "." ? repository.changelog(in: folder) : nil
      let id = uniqueID(for: title, besides: &ids)
      return ProductDraft(id: id, name: title, folder: folder, series: series, changelog: changelog)
    }
  }

  private static func lastPart(of name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }

  /// An id that resembles the name, and that no other product has.
  private static func uniqueID(for name: String, besides ids: inout Set<String>) -> String {
    var id = ""
    for byte in name.lowercased().utf8 {
      let isPlain = (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
      if isPlain { id.unicodeScalars.append(Unicode.Scalar(byte)) } else if !id.isEmpty, id.last != "-" { id += "-" }
    }
    while id.last == "-" { id.removeLast() }
    id = String(id.prefix(60))
    if id.isEmpty { id = "product" }
    var candidate = id
    var number = 2
    while !ids.insert(candidate).inserted {
      candidate = "\(id)-\(number)"
      number += 1
    }
    return candidate
  }

  private mutating func report(on survey: TagSurvey, tags: [Tag]) {
    if survey.series.isEmpty {
      report.warning(
        .noTags, tags.isEmpty ? "the repository has no tags" : "no tag of the repository is a version",
        notes: tags.isEmpty ? [] : [Diagnostic.Note("the tags are " + listed(tags.map(\.name)))],
        help: "tag a release, as with `git tag -a v1.0.0`, or write a record in releases/PRODUCT/VERSION.yml")
    }
    for series in survey.series where !series.unreadable.isEmpty {
      let count = series.unreadable.count
      let (tags, are, versions) = count == 1 ? ("tag", "is", "version") : ("tags", "are", "versions")
      let names = listed(series.unreadable)
      report.warning(
        .unreadableTags,
        "\(count) \(tags) like `\(series.pattern)` \(are) no \(series.versioning.rawValue) \(versions): \(names)",
        help: "leave \(count == 1 ? "it" : "them"), or change `versioning` or `tags` in the product's file")
    }
    if !survey.ignored.isEmpty {
      report.add(
        Diagnostic(
          .info, .unreadableTags,
          "tags that are probably no releases were left out: "
            + listed(survey.ignored.flatMap(\.tags)),
          help: "add a file in products/ for them if they are"))
    }
    for product in products where product.changelog == nil && !product.series.isEmpty {
      report.add(
        Diagnostic(
          .info, .noChangelog, "no changelog was found for `\(product.id)`; notes come from the commits",
          help: "name it with `changelog:` in products/\(product.id).yml if there is one"))
    }
  }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
  }
}
