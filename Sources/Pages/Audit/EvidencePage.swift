import Diagnostics
import Model
import Templates

/// One file of evidence, readable. Thousands of rows go over several pages; the counts are always of the whole.
struct EvidencePage {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int
  let entry: EvidenceEntry
  /// From 0.
  let part: Int
  let plan: EvidencePlan

  /// How many rows a page shows at most.
  static let rowsPerPage = 1000

  private var release: Release { facts.releases[position] }
  private var reading: EvidenceReading? { scope.edition.ledger.evidence[release.id, entry.id.value] }
  private var zone: Zone { scope.edition.zone }

  private func route(_ part: Int) -> Route { .evidence(release.id, entry.id.value, part: part) }

  var page: Page {
    let view = EvidenceEntryView(entry, of: release.id, in: scope)
    let parts = plan.parts
    let name = "\(facts.product.name) \(release.version.text)"
    let tables = EvidenceTables(zone: zone, lists: plan.lists) { scope.cell($0) }
    let remarks = view.remarks + (reading?.file.map { tables.remarks(on: $0.payload) } ?? [])
    return scope.page(
      "evidence", title: "\(entry.id.value), evidence of \(name)" + (parts > 1 ? ", page \(part + 1)" : ""),
      section: .audit, description: view.says + ".",
      trail: [
        (scope.edition.site.title, .home), (facts.product.name, facts.route),
        (release.version.text, facts.routes[position]),
        ("Dossier", .dossier(release.id)),
      ],
      fields: [
        "name": .text(entry.id.value), "release": .text(name), "kind": .text(view.kind),
        "dossier": scope.link(to: .dossier(release.id)), "says": .text(view.says),
        "remarks": .list(remarks.map { .text($0) }),
        "terms": terms(view), "groups": groups(tables), "pages": scope.pages(parts, current: part, route: route),
      ])
  }

  private func terms(_ view: EvidenceEntryView) -> Value {
    var terms = Terms()
    let file = reading?.file
    terms.add("File", Cell.code(view.file))
    terms.add("Format", file.map { $0.format.words } ?? entry.format?.value)
    if let size = file?.size ?? entry.size { terms.add("Size", Cell(Wording.size(size))) }
    terms.add("Digest", Cell.code(view.digest))
    terms.add("Download", download(view))
    terms.add("Made", scope.cell(view.producedAt))
    terms.add("Tool", view.tool)
    for addition in view.additions { terms.add(addition.term, addition.text) }
    terms.addKnown("Environment", entry.environment?.value)
    terms.add("Commit stated", Cell.code(entry.commit?.value))
    let subjects = file?.subjects ?? []
    terms.add(
      "What it is about",
      subjects.isEmpty
        ? [Cell("the file does not say", style: "none")]
        : subjects.prefix(20).map { Cell($0.name ?? "unnamed", notes: $0.lines) }
          + (subjects.count > 20 ? [Cell("and \(subjects.count - 20) more", style: "none")] : []))
    if case .components(let list) = file?.payload {
      terms.add("Specification", list.specification)
      terms.addKnown("Serial", list.serial)
      if let subject = list.subject {
        terms.add("List of", Cell(subject.displayName + (subject.version.map { " " + $0 } ?? "")).marked(subject.purl))
      }
      terms.add(
        "Dependencies", "stated for \(Wording.countGrouped(list.dependencies.count, "component", "components"))")
    }
    if case .vex(let document) = file?.payload {
      terms.add("Document", Cell.code(document.document).marked(document.version.map { "version \($0)" }))
      terms.add("Author", document.author)
    }
    terms.add("Named in", Cell.code(entry.location.words))
    return terms.value
  }

  /// The file, byte for byte, or why it is not here.
  private func download(_ view: EvidenceEntryView) -> Cell {
    guard let route = view.download else {
      let isLarge = reading?.file.map { $0.size > EvidenceDownload.largest } ?? false
      return Cell(
        isLarge ? "the file is too large to be carried here" : "the file is not in this site", style: "none")
    }
    var cell = Cell(route.path.split(separator: "/").last.map(String.init) ?? route.path, link: scope.link(to: route))
    if route.path.hasSuffix(".txt"), let path = view.file, !path.hasSuffix(".txt") {
      cell.notes.append("as text, so that no browser runs it; the bytes are those of the file")
    }
    return cell
  }

  /// The groups with the rows that are on this page. A group that has none here is named all the same on the first.
  private func groups(_ tables: EvidenceTables) -> Value {
    guard let payload = reading?.file?.payload else { return .null }
    let first = part * EvidencePage.rowsPerPage
    let shown = first..<first + EvidencePage.rowsPerPage
    var start = 0
    var values: [Value] = []
    for (number, group) in tables.groups(of: payload).enumerated() {
      let rows =
        max(shown.lowerBound, start)..<max(max(shown.lowerBound, start), min(shown.upperBound, start + group.count))
      defer { start += group.count }
      guard !rows.isEmpty else { continue }
      var table = Table(group.title, group.columns)
      for row in rows { table.add(group.cells(row - start)) }
      let isWhole = rows.count == group.count
      values.append([
        "id": .text("g-\(number + 1)"), "title": .text(group.title), "count": .text(Wording.grouped(group.count)),
        "open": .flag(group.isOpen), "table": table.value,
        "range": isWhole
          ? .null
          : .text(
            "Rows \(Wording.grouped(rows.lowerBound - start + 1)) to \(Wording.grouped(rows.upperBound - start)) of "
              + "\(Wording.grouped(group.count)); the others are on the other pages."),
      ])
    }
    return items(values)
  }
}

/// What all pages of one file need to know of it, found once.
struct EvidencePlan: Sendable {
  /// How many pages there are.
  let parts: Int
  /// `nil` for a file of one page, which makes them itself.
  let lists: EvidenceLists?

  init(of reading: EvidenceReading?, zone: Zone) {
    guard let file = reading?.file, file.payload.rowsAtMost > EvidencePage.rowsPerPage else {
      (parts, lists) = (1, nil)
      return
    }
    lists = EvidenceLists(file.payload)
    let tables = EvidenceTables(zone: zone, lists: lists) { _ in Cell("") }
    let rows = tables.groups(of: file.payload).reduce(0) { $0 + $1.count }
    parts = max(1, (rows + EvidencePage.rowsPerPage - 1) / EvidencePage.rowsPerPage)
  }
}

extension EvidencePayload {
  /// No fewer than the rows of its tables, found without making them.
  fileprivate var rowsAtMost: Int {
    switch self {
    case .tests(let report): report.cases.count
    case .findings(let report): report.findings.count
    case .components(let list):
      list.components.count + list.vulnerabilities.count + list.statements.count + list.notes.count
    case .vex(let document): document.statements.count
    case .provenance(let provenance): provenance.statements.reduce(0) { $0 + $1.rowsAtMost }
    case .vulnerabilities(let scan): scan.vulnerabilities.count
    case .coverage(let report): report.files.count
    case .accessibility(let report): report.violations.count + report.incomplete.count + report.pages.count
    case .reviews(let export): export.changes.count
    case .measurements(let report): report.measurements.count
    case .events(let list): list.events.count
    case .document: 0
    }
  }
}

extension Attestation {
  fileprivate var rowsAtMost: Int {
    let own = 12 + subjects.count
    return switch predicate {
    case .build(let build): own + build.materials.count
    case .tests(let tests): own + tests.passed.count + tests.warned.count + tests.failed.count
    case .vulnerabilities(let scan): own + scan.vulnerabilities.count
    case .verification, .release, .signature, .document, .other: own
    }
  }
}
