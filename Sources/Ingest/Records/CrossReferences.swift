package import Diagnostics
package import Model

/// Looks up every name that stands somewhere in the content, and finds ids that clash.
package struct CrossReferences: Sendable {
  private let records: Records
  private let known: [ScalarForm.Target: [String]]
  private let sources: [String: [String]]

  package init(_ records: Records) {
    self.records = records
    known = [
      .person: records.site.people.map(\.id),
      .team: records.site.teams.map(\.id),
      .product: records.products.map(\.id.text),
      .environment: records.site.environments.map(\.id),
      .window: records.calendar.windows.map(\.id),
      .train: records.calendar.trains.map(\.id),
      .incident: records.incidents.map(\.id),
    ]
    sources = Dictionary(uniqueKeysWithValues: records.products.map { ($0.id.text, $0.sources.map(\.id)) })
  }

  /// Names without anything behind them, and ids that are used twice; versions are judged by
  /// ``versionProblems(in:knownVersions:)``.
  package func problems(in mentions: [Mention]) -> [Diagnostic] {
    var report = Report()
    let sets = known.mapValues(Set.init)
    var reported = Suggestions()
    for mention in mentions {
      let name = mention.name.value
      switch mention.target {
      case .version: break
      case .source:
        let ids = mention.product.flatMap { sources[$0] } ?? []
        if !ids.contains(name) { report.add(unknown(mention, among: ids, &reported)) }
      default:
        if sets[mention.target]?.contains(name) != true {
          report.add(unknown(mention, among: known[mention.target] ?? [], &reported))
        }
      }
    }
    report.merge(clashes())
    return report.diagnostics
  }

  /// Mentioned versions that are neither recorded nor tagged.
  ///
  /// - Parameter knownVersions: Every version of a product, discovered ones included.
  package func versionProblems(knownVersions: (ProductID) -> Set<String>) -> [Diagnostic] {
    var versions: [String: (all: Set<String>, sorted: [String])] = [:]
    var suggestions = Suggestions()
    var problems: [Diagnostic] = []
    for mention in records.versionMentions {
      // One of an unknown product has been reported with the product.
      guard let product = mention.product, known[.product]?.contains(product) == true else { continue }
      if versions[product] == nil {
        let all = knownVersions(ProductID(product))
        versions[product] = (all, all.sorted())
      }
      guard let known = versions[product], !known.all.contains(mention.name.value) else { continue }
      let help = suggestions.nearest(to: mention.name.value, among: known.sorted)
      problems.append(
        .error(
          .unknownReference, "`\(product)` has no version \(quoted(mention.name.value))", at: mention.name.location,
          help: help ?? "correct it, or write its record"))
    }
    return problems
  }

  private func unknown(_ mention: Mention, among known: [String], _ suggestions: inout Suggestions) -> Diagnostic {
    let place =
      switch mention.target {
      case .person, .team, .environment: "gazette.yml"
      case .product: "a file in products/"
      case .window, .train: "calendar.yml"
      case .incident: "a file in incidents/"
      case .source: "the product's `sources`"
      case .version: "a record"
      }
    let help = suggestions.nearest(to: mention.name.value, among: known)
    return .error(
      .unknownReference, "there is no \(mention.target.rawValue) \(quoted(mention.name.value))",
      at: mention.name.location,
      help: help ?? "correct it, or add it to \(place)")
  }

  // MARK: Clashes

  private func clashes() -> Report {
    var report = Report()
    let releases = records.releases.span
    for place in releases.indices { clashes(in: releases[place], into: &report) }
    distinct(records.flags.map(\.id), "flags", into: &report)
    distinct(records.policy.waivers.map(\.id), "waivers", into: &report)
    sharedAddresses(into: &report)
    overlappingLines(into: &report)
    takenNames(into: &report)
    return report
  }

  private func clashes(in release: ReleaseRecord, into report: inout Report) {
    distinct(release.changes.compactMap(\.id), "changes", into: &report)
    distinct(release.evidence.map(\.id), "pieces of evidence", into: &report)
    distinct(release.security.map(\.id), "vulnerabilities", into: &report)
    distinct(
      release.knownIssues.compactMap { issue in issue.id.map { Located($0, at: issue.location) } }, "known issues",
      into: &report)
    distinct(
      release.environments.map(\.id), "environment states",
      help: "keep what is right, and take the other out: an environment is told of once", into: &report)
    let evidence = release.evidence.map(\.id.value)
    for named in release.acceptance.compactMap(\.evidence) where !evidence.contains(named.value) {
      report.error(
        .unknownReference, "this release has no evidence \(quoted(named.value))", at: named.location,
        help: nearest(to: named.value, among: evidence).map { "did you mean `\($0)`?" } ?? "add it to `evidence`")
    }
  }

  private func sharedAddresses(into report: inout Report) {
    var owners: [String: Person] = [:]
    for person in records.site.people {
      for address in Set(person.emails.map { $0.lowercased() }).sorted() {
        guard let first = owners[address] else {
          owners[address] = person
          continue
        }
        report.error(
          .sharedAddress, "`\(person.id)` has the address `\(address)`, which `\(first.id)` has too",
          at: person.location,
          notes: [Diagnostic.Note("`\(first.id)` is", at: first.location)], help: "leave it with one of them")
      }
    }
  }

  /// Reports versions on two lines, rather than patterns that could overlap and do not.
  private func overlappingLines(into report: inout Report) {
    let places = Dictionary(grouping: records.releases.indices) { records.releases[$0].product }
    for product in records.products where product.lines.count > 1 {
      var reported: Set<String> = []
      for place in places[product.id] ?? [] {
        let version = records.releases[place].version
        let lines = product.lines.filter { $0.contains(version) }
        guard lines.count > 1, reported.insert(lines[1].id).inserted else { continue }
        report.error(
          .overlappingLines, "`\(version)` is on the lines `\(lines[0].id)` and `\(lines[1].id)`",
          at: lines[1].location,
          notes: [Diagnostic.Note("the other line is", at: lines[0].location)],
          help: "make their `match` exclude each other")
      }
    }
  }

  private func takenNames(into report: inout Report) {
    var former: [String: SourceLocation] = [:]
    for product in records.products {
      for name in records.formerProducts[product.id] ?? [] {
        if known[.product]?.contains(name.value) == true {
          report.error(
            .takenName, "the former id `\(name.value)` is a product", at: name.location,
            help: "remove it, or rename the product")
        } else if let other = former.updateValue(name.location, forKey: name.value) {
          report.error(
            .takenName, "the former id `\(name.value)` is claimed twice", at: name.location,
            notes: [Diagnostic.Note("also", at: other)], help: "keep one of them")
        }
      }
    }
    let pages = Set(records.pages.map(\.id))
    var formerPages: [String: SourceLocation] = [:]
    for page in records.pages {
      for name in page.formerly {
        if pages.contains(name.value) {
          report.error(
            .takenName, "the former id `\(name.value)` is a page", at: name.location,
            help: "remove it, or rename the page")
        } else if let other = formerPages.updateValue(name.location, forKey: name.value) {
          report.error(
            .takenName, "the former id `\(name.value)` is claimed twice", at: name.location,
            notes: [Diagnostic.Note("also", at: other)], help: "keep one of them")
        }
      }
    }
  }
}

/// What was probably meant, for the first names that nothing has: thousands of them, each held against thousands of
/// known ones, would take minutes, and are one mistake.
private struct Suggestions {
  private var left = 100

  mutating func nearest(to name: String, among known: [String]) -> String? {
    guard left > 0 else { return nil }
    left -= 1
    return Diagnostics.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
  }
}
