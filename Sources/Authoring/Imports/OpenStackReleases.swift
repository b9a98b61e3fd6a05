import Diagnostics
import Ingest
import Model

/// Deliverables of openstack/releases as products with lines and records.
///
/// The same deliverable in several series is one product with a line each. The files hold no days: they come from the
/// tags, once the product's repository is bound with --source.
package enum OpenStackReleases {
  package static func content(of inputs: ImportInputs) -> ImportedContent {
    var content = ImportedContent()
    content.report.merge(inputs.report)
    var series: [String: OpenStackSeries] = [:]
    var deliverables: [(file: ImportInputs.File, series: String?, read: Deliverable)] = []
    for file in inputs.files {
      guard let text = TextFile(path: file.path, bytes: file.bytes, into: &content.report) else { continue }
      switch kind(of: text) {
      case .deliverable:
        var check = ShapeCheck()
        if let read = check.value(of: text, as: Deliverable.form) { deliverables.append((file, place(of: file), read)) }
        content.report.merge(check.report)
      case .status:
        var check = ShapeCheck()
        for one in check.value(of: text, as: OpenStackSeries.form) ?? [] { series[one.value.name] = one.value }
        content.report.merge(check.report)
      case .schedule:
        content.leaveOut(
          "the schedule of a series is left out: it plans and releases nothing", at: file.start,
          help: "write its days into calendar.yml, as milestones and freezes")
      case .schema: content.leaveOut("a schema is left out: it holds no releases", at: file.start)
      case .other:
        content.refuse(
          "this is no deliverable, for it lacks `team`, `type` and `releases`", at: file.start,
          help: "name files of deliverables/ and data/series_status.yaml")
      case .broken(let why): content.report.merge(why)
      }
    }
    var products: [String: [Part]] = [:]
    for (file, name, read) in deliverables {
      guard let id = productID(for: file.stem) else {
        content.refuse("no id can be made of the name `\(file.stem)`", at: file.start, help: "rename the file")
        continue
      }
      let part = Part(file: file, series: name.map { series[$0] ?? OpenStackSeries(name: $0) }, read: read)
      products[id, default: []].append(part)
    }
    for (id, parts) in products.sorted(by: { $0.key < $1.key }) { OpenStackProduct(id, parts).add(to: &content) }
    leaveOutTeams(of: deliverables.map(\.read), in: &content)
    return content
  }

  /// What one file says of a product.
  struct Part: Sendable {
    var file: ImportInputs.File
    /// `nil` for deliverables that follow no series.
    var series: OpenStackSeries?
    var read: Deliverable
  }

  private enum Kind { case deliverable, status, schedule, schema, other, broken(Report) }

  private static func kind(of text: TextFile) -> Kind {
    var found = Report()
    guard let node = YAMLNode.read(text.text, file: text.path, into: &found) else { return .broken(found) }
    switch node.content {
    case .list: return .status
    case .scalar: return .other
    case .mapping(let entries):
      let keys = Set(entries.map(\.key))
      if keys.contains("$schema") { return .schema }
      if keys.contains("cycle"), !keys.contains("releases") { return .schedule }
      return keys.isDisjoint(with: ["team", "type", "releases"]) ? .other : .deliverable
    }
  }

  /// The series that a file of deliverables/SERIES/ is of.
  private static func place(of file: ImportInputs.File) -> String? {
    let steps = file.path.split(separator: "/").dropLast()
    guard let folder = steps.last, !folder.hasPrefix("_"), folder != "deliverables", folder != "." else { return nil }
    return String(folder)
  }

  /// Teams are named in products, and declared in gazette.yml, which is not ours to change.
  private static func leaveOutTeams(of deliverables: [Deliverable], in content: inout ImportedContent) {
    let teams = Set(deliverables.map(\.team)).sorted()
    guard !teams.isEmpty else { return }
    let shown = teams.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    content.leaveOut(
      "the teams are left out: \(shown)" + (teams.count > 5 ? " and \(teams.count - 5) more" : ""), at: nil,
      help: "declare them in `teams` of gazette.yml, then add `team` to the products")
  }
}

/// One product out of its files, one for each series.
private struct OpenStackProduct {
  let id: String
  let parts: [OpenStackReleases.Part]
  private let scheme: VersionScheme
  /// The repositories, each a source.
  private let repositories: [String]

  init(_ id: String, _ parts: [OpenStackReleases.Part]) {
    (self.id, self.parts) = (id, parts)
    let releases = parts.flatMap(\.read.releases)
    scheme = VersionScheme.fitting(releases.map(\.version.value).filter { !isMark($0) })
    var seen = Set<String>()
    repositories = releases.flatMap(\.projects).map(\.repository).filter { seen.insert($0).inserted }
  }

  func add(to content: inout ImportedContent) {
    guard let first = parts.first else { return }
    var product = ProductText(name: first.file.stem)
    product.versioning = scheme
    product.kind = kind(of: first.read.type)
    product.sources = sources
    product.lines = lines(into: &content)
    content.add("products/\(id).yml", product.text, from: first.file.start)
    for part in parts {
      if part.read.releases.isEmpty {
        content.leaveOut("`\(part.file.stem)` has no releases here", at: part.file.start)
      }
      for release in part.read.releases { add(release, of: part, to: &content) }
    }
  }

  private func kind(of type: String) -> Product.Kind? {
    switch type {
    case "service": .service
    case "library", "client-library", "horizon-plugin", "tempest-plugin": .package
    default: nil
    }
  }

  private var sources: [ProductText.Source] {
    let branches = parts.flatMap(\.read.branches)
    var ids = Set<String>()
    return repositories.compactMap { repository in
      let name = repository.split(separator: "/").last ?? ""
      guard let id = productID(for: name), ids.insert(id).inserted else { return nil }
      return ProductText.Source(id: id, repository: id, tags: "{version}", branches: branches)
    }
  }

  private func add(_ release: OpenStackRelease, of part: OpenStackReleases.Part, to content: inout ImportedContent) {
    let version = release.version.value
    guard !isMark(version) else {
      content.leaveOut(
        "`\(version)` is left out: it marks the end of a series and is no release", at: release.version.location)
      return
    }
    guard Version(version, scheme: scheme) != nil else {
      content.leaveOut(
        "`\(version)` is left out: it is no \(scheme.rawValue) version, as the others are",
        at: release.version.location, severity: .warning)
      return
    }
    var record = RecordDraft(product: id, version: version)
    if repositories.count == 1, let project = release.projects.first {
      record.commit = project.commit
    } else {
      record.commits = release.projects.compactMap { project in
        guard let source = productID(for: project.repository.split(separator: "/").last ?? "") else { return nil }
        return [YAMLField("source", .text(source)), YAMLField("commit", .text(project.commit))]
      }
    }
    if isFirstFinal(release, of: part), !part.read.highlights.isEmpty {
      record.notes = part.read.highlights.map { "- " + $0.replacing("\n", with: "\n  ") + "\n" }.joined()
    }
    content.add(record, from: release.version.location)
  }

  /// Highlights are of a series, so they belong to the release that begins it.
  private func isFirstFinal(_ release: OpenStackRelease, of part: OpenStackReleases.Part) -> Bool {
    let finals = part.read.releases.filter { Version($0.version.value, scheme: scheme)?.isPreRelease == false }
    return finals.first?.version == release.version
  }

  // MARK: Lines

  /// A line for each series, by the beginnings of its versions that no other series has.
  private func lines(into content: inout ImportedContent) -> [ProductText.Line] {
    var lines: [ProductText.Line] = []
    for (index, part) in parts.enumerated() {
      guard let series = part.series else { continue }
      let own = beginnings(of: part, others: parts.indices.filter { $0 != index }.map { parts[$0] })
      guard let own else {
        content.leaveOut(
          "the line of the series `\(series.name)` is left out: other series have versions that begin alike",
          at: part.file.start)
        continue
      }
      for beginning in own {
        var line = ProductText.Line(
          id: (series.id ?? series.name) + (own.count > 1 ? " (\(beginning))" : ""), match: beginning + ".*")
        line.released = series.released
        let dates = [series.maintainedUntil, series.ended].map { date in
          date.flatMap { end in series.released.map { end >= $0 } ?? true ? end : nil }
        }
        (line.activeUntil, line.securityUntil) = (dates[0], dates[1])
        lines.append(line)
      }
    }
    return lines
  }

  /// `26`, or `26.0` where others have releases of 26 too; `nil` where even that is not theirs alone.
  private func beginnings(of part: OpenStackReleases.Part, others: [OpenStackReleases.Part]) -> [String]? {
    for count in 1...2 {
      let own = beginnings(of: part, count: count)
      if own.isEmpty { return [] }
      let taken = Set(others.flatMap { beginnings(of: $0, count: count) })
      if taken.isDisjoint(with: own) { return own }
    }
    return nil
  }

  private func beginnings(of part: OpenStackReleases.Part, count: Int) -> [String] {
    var seen = Set<String>()
    return part.read.releases.map(\.version.value).filter { !isMark($0) && Version($0, scheme: scheme) != nil }
      .map { $0.split(separator: ".").prefix(count).joined(separator: ".") }.filter { seen.insert($0).inserted }
  }
}

/// Whether a tag only says that a series has ended, such as `2024.1-eom`.
private func isMark(_ version: String) -> Bool {
  ["-eom", "-eol", "-em", "-last"].contains { version.hasSuffix($0) }
}
