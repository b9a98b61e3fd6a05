import Diagnostics
import Model

/// What evidence says of components, vulnerabilities and the way that an artifact was made.
extension EvidenceTables {
  func components(_ list: ComponentList) -> [EvidenceGroup] {
    let parts = EvidenceGroup(
      "Components", [.init("Component"), .init("Version"), .init("Licences"), .init("Package URL")], list.components,
      isOpen: true
    ) { component in
      var name = Cell(component.displayName).marked(component.kind)
      if component.depth > 0 { name.notes.append("inside another, \(component.depth) deep") }
      let licences = component.effectiveLicences.map(\.text).joined(separator: ", ")
      return [name, Cell(component.version), Cell(licences.nonEmpty), .code(component.purl)]
    }
    let notes = EvidenceGroup(
      "Release notes of components", [.init("Component"), .init("Title"), .init("Resolves")], list.notes
    ) { notes in
      [Cell(notes.component), Cell(notes.title), Cell(notes.resolves.map(\.id).joined(separator: ", ").nonEmpty)]
    }
    return [parts] + vulnerabilities(list.vulnerabilities) + [statements(list.statements, "Judgements"), notes]
  }

  func vulnerabilities(_ found: [ScannedVulnerability]) -> [EvidenceGroup] {
    func row(_ index: Int) -> [Cell] {
      let vulnerability = found[index]
      var id = Cell(vulnerability.id, notes: vulnerability.aliases)
      if let suppression = vulnerability.suppression {
        id.notes.append("not counted by \(suppression.source): \(suppression.reason ?? "no reason is given")")
      }
      if vulnerability.withdrawn != nil { id.notes.append("withdrawn from its database") }
      let rating = vulnerability.score.map { "CVSS \(score($0))" }
      return [
        id,
        Cell(vulnerability.severity?.word ?? "not rated", chip: vulnerability.severity.map { "severity-\($0.word)" })
          .marked(rating),
        Cell(vulnerability.package).marked(vulnerability.version),
        Cell(vulnerability.fixedIn.joined(separator: ", ").nonEmpty ?? "no fix is known"),
        .message(vulnerability.summary),
      ]
    }
    let columns: [Table.Column] = [
      .init("Vulnerability"), .init("Severity"), .init("Package"), .init("Fixed in"), .init("Summary"),
    ]
    let live = found.indices.filter { found[$0].isLive }.sorted {
      let (a, b) = (found[$0].severity?.rawValue ?? -1, found[$1].severity?.rawValue ?? -1)
      return a == b ? $0 < $1 : a > b
    }
    return [
      EvidenceGroup("Vulnerabilities", columns, live, isOpen: true, cells: row),
      EvidenceGroup("Not counted by the scanner", columns, found.indices.filter { !found[$0].isLive }, cells: row),
    ]
  }

  func statements(_ statements: [VEXStatement], _ title: String) -> EvidenceGroup {
    EvidenceGroup(
      title, [.init("Vulnerability"), .init("Status"), .init("Why"), .init("Of what"), .init("Since")], statements,
      isOpen: true
    ) { statement in
      let why = [
        statement.justification?.split(separator: "_").joined(separator: " "), statement.impact,
        statement.action.map { "Action: \($0)" },
      ].compactMap { $0 }
      let products = statement.products.map { product in
        (product.names.first ?? "all of the product")
          + (product.components.isEmpty ? "" : ": " + product.components.joined(separator: ", "))
      }
      let isBare = statement.status == .notAffected && !statement.excuses
      return [
        Cell(statement.vulnerability, notes: statement.aliases),
        Cell(statement.status.rawValue).marked(isBare ? "without a reason, so it excuses nothing" : nil),
        .message(why.joined(separator: "\n").nonEmpty ?? "no reason is given"),
        .message(products.joined(separator: "\n")),
        cell(statement.at),
      ]
    }
  }

  // MARK: Provenance

  /// One statement as names and values, with the tables that it brings along.
  func attestation(_ statement: Attestation, number: Int) -> [EvidenceGroup] {
    var rows: [[Cell]] = []
    func add(_ name: String, _ cell: Cell) { rows.append([Cell(name), cell]) }
    add(
      "Signature",
      Cell(statement.signature.words, chip: statement.signature.chip)
        .marked(statement.signatures > 1 ? "\(statement.signatures) signatures; one that verifies is enough" : nil))
    add("What is stated", Cell(statement.predicate.words).marked(statement.predicateType))
    for subject in statement.subjects {
      add("Subject", Cell(subject.name ?? "unnamed", notes: subject.lines))
    }
    if let at = statement.at { add("Stated on", cell(at)) }
    var further: [EvidenceGroup] = []
    switch statement.predicate {
    case .build(let build):
      for row in rowsOf(build) { add(row.0, row.1) }
    case .verification(let summary):
      add("Verifier", .code(summary.verifier))
      add("Resource", .code(summary.resource))
      add("Policy", .code(summary.policy))
      add("Result", Cell(summary.hasPassed ? "passed" : "failed", chip: summary.hasPassed ? "passed" : "failed"))
      add("Levels", Cell(summary.levels.joined(separator: ", ").nonEmpty))
    case .tests(let tests):
      add("Result", Cell(tests.result.rawValue.lowercased()))
      if let url = tests.url { add("Details", .address(url)) }
      for (word, names) in [("Failed", tests.failed), ("Warned", tests.warned), ("Passed", tests.passed)]
      where !names.isEmpty {
        further.append(EvidenceGroup(word, [.init("Test")], names, isOpen: word != "Passed") { [Cell($0)] })
      }
    case .vulnerabilities(let scan): further = vulnerabilities(scan.vulnerabilities)
    case .release(let release):
      add("Package", .code(release.purl))
      add("Release", Cell(release.id))
    case .signature, .document, .other: break
    }
    let shown = rows
    let group = EvidenceGroup(
      "Statement \(number)", [.init("What"), .init("Says")], count: shown.count, isOpen: true
    ) { shown[$0] }
    return [group] + further
  }

  private func rowsOf(_ build: BuildProvenance) -> [(String, Cell)] {
    var rows: [(String, Cell)] = [
      ("Builder", .code(build.builder)), ("Build type", .code(build.buildType)), ("Run", .code(build.invocation)),
      ("Started", cell(build.started)), ("Finished", cell(build.finished)),
    ]
    for material in build.materials {
      rows.append(
        ("Material", Cell(material.uri, style: "code", notes: material.digests.map { "\($0.algorithm):\($0.hex)" })))
    }
    return rows
  }
}

extension EvidenceSubject {
  /// Its commit and digests, a line each.
  var lines: [String] {
    (commit.map { ["commit \($0)"] } ?? []) + digests.map { "\($0.algorithm):\($0.hex)" }
  }
}

extension SignatureResult {
  fileprivate var chip: String {
    switch self {
    case .verified: "passed"
    case .fails: "failed"
    case .unverified: "unverifiable"
    }
  }
}
