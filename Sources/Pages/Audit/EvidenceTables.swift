import Diagnostics
import Model

/// A part of what a file of evidence says: rows that are made when they are shown, for there may be thousands.
struct EvidenceGroup {
  var title: String
  var columns: [Table.Column]
  var count: Int
  /// Whether it is shown at once, for it needs to be seen.
  var isOpen = false
  /// The cells of one row, by its place in the group.
  var cells: (Int) -> [Cell]

  init(
    _ title: String, _ columns: [Table.Column], count: Int, isOpen: Bool = false, cells: @escaping (Int) -> [Cell]
  ) {
    (self.title, self.columns, self.count, self.isOpen, self.cells) = (title, columns, count, isOpen, cells)
  }

  init<Element>(
    _ title: String, _ columns: [Table.Column], _ elements: [Element], isOpen: Bool = false,
    cells: @escaping (Element) -> [Cell]
  ) {
    self.init(title, columns, count: elements.count, isOpen: isOpen) { cells(elements[$0]) }
  }
}

/// What a file of evidence says, as tables: what needs attention first, then all the rest, each row once.
struct EvidenceTables {
  let zone: Zone
  /// What was found beforehand for a large file.
  var lists: EvidenceLists?
  /// How a page shows a moment.
  let cell: (Moment?) -> Cell

  /// Sentences that must be read before the tables.
  func remarks(on payload: EvidencePayload) -> [String] {
    switch payload {
    case .tests(let report):
      let clock = report.timeWithoutZone.map {
        "The file says \($0) for the time it was made, without a time zone, so it proves no moment."
      }
      return [clock].compactMap { $0 }
    case .findings(let report): return report.failures.map { "The tool did not come to its end: \($0)" }
    case .provenance:
      return ["Certificate chains and transparency logs are not checked; only the keys that this site lists count."]
    case .vulnerabilities(let scan) where scan.otherFindings > 0:
      let count = Wording.countGrouped(scan.otherFindings, "finding", "findings")
      return ["The report holds \(count) of other kinds, such as misconfigurations, which are not shown."]
    case .document: return ["Its content is not read. It counts by its name, size and digest."]
    default: return []
    }
  }

  func groups(of payload: EvidencePayload) -> [EvidenceGroup] {
    let groups: [EvidenceGroup] =
      switch payload {
      case .tests(let report): tests(report)
      case .findings(let report): findings(report)
      case .components(let list): components(list)
      case .vex(let document): [statements(document.statements, "Statements")]
      case .provenance(let provenance): provenance.statements.enumerated().flatMap { attestation($1, number: $0 + 1) }
      case .vulnerabilities(let scan): vulnerabilities(scan.vulnerabilities)
      case .coverage(let report): [coverage(report)]
      case .accessibility(let report): accessibility(report)
      case .reviews(let export): [reviews(export)]
      case .measurements(let report): [measurements(report)]
      case .events(let list): [events(list)]
      case .document: []
      }
    return groups.filter { $0.count > 0 }
  }

  // MARK: Tests and analysis

  private func tests(_ report: TestReport) -> [EvidenceGroup] {
    let cases = report.cases
    let lists = (self.lists ?? EvidenceLists(report)).lists
    let columns: [Table.Column] = [.init("Test"), .init("Result"), .init("Time", "number"), .init("Message")]
    func row(_ index: Int) -> [Cell] {
      let test = cases[index]
      let chip: String =
        switch test.outcome {
        case .failed, .errored: "failed"
        case .passed: test.isFlaky ? "flaky" : "passed"
        case .skipped: "skipped"
        }
      let word = test.outcome == .errored ? "error" : test.isFlaky ? "flaky" : test.outcome.rawValue
      return [
        Cell(test.name).marked(test.className), Cell(word, chip: chip),
        Cell(test.seconds.map(Wording.seconds) ?? "", style: "number"), .message(test.message),
      ]
    }
    func withSuite(_ index: Int) -> [Cell] {
      var cells = row(index)
      if !cases[index].suite.isEmpty { cells[0].notes.append(cases[index].suite) }
      return cells
    }
    return [
      EvidenceGroup("Failed", columns, lists[0].rows, isOpen: true, cells: withSuite),
      EvidenceGroup("Passed after a failure", columns, lists[1].rows, isOpen: true, cells: withSuite),
    ]
      + lists.dropFirst(2).map { suite in
        EvidenceGroup(suite.name.isEmpty ? "Tests without a suite" : suite.name, columns, suite.rows, cells: row)
      }
  }

  private func findings(_ report: FindingReport) -> [EvidenceGroup] {
    let all = report.findings
    func row(_ index: Int) -> [Cell] {
      let finding = all[index]
      var rule = Cell.code(finding.rule).marked(finding.tool)
      if let severity = finding.securitySeverity { rule.notes.append("security severity \(Wording.decimal(severity))") }
      if finding.isUndecided { rule.notes.append("somebody has still to decide") }
      var message = Cell.message(finding.message)
      if let suppression = finding.suppression {
        message.notes.append("Suppressed: \(suppression.justification ?? "no reason is given")")
      }
      let place = finding.path.map { path in path + (finding.line.map { ":\($0)" } ?? "") }
      return [rule, message, Cell.code(place).marked(finding.fingerprint.map { "fingerprint \($0)" })]
    }
    let columns: [Table.Column] = [.init("Rule"), .init("Finding"), .init("Place")]
    let lists = (self.lists ?? EvidenceLists(report)).lists
    let live = zip(FindingReport.Level.allCases, lists).map { level, list in
      EvidenceGroup(
        Wording.capitalized(level.words.many), columns, list.rows, isOpen: level == .error, cells: row)
    }
    return live + [EvidenceGroup("Suppressed", columns, lists[lists.count - 1].rows, cells: row)]
  }

  private func coverage(_ report: CoverageReport) -> EvidenceGroup {
    func cells(_ share: CoverageReport.Share) -> [Cell] {
      [
        Cell(share.rate.map(Wording.percent) ?? "none to cover", style: "number"),
        Cell("\(Wording.grouped(share.covered)) of \(Wording.grouped(share.valid))", style: "number"),
      ]
    }
    return EvidenceGroup(
      "By file",
      [
        .init("File"), .init("Lines", "number"), .init("Covered", "number"), .init("Branches", "number"),
        .init("Covered", "number"),
      ], report.files, isOpen: true
    ) { file in [Cell.code(file.path)] + cells(file.lines) + cells(file.branches) }
  }

  private func accessibility(_ report: AccessibilityReport) -> [EvidenceGroup] {
    let columns: [Table.Column] = [.init("Rule"), .init("Impact"), .init("Page"), .init("Elements")]
    func row(_ issue: AccessibilityReport.Issue) -> [Cell] {
      let elements = Wording.countGrouped(issue.count, "element", "elements")
      let rest = issue.count > issue.targets.count && !issue.targets.isEmpty ? "the first of \(elements)" : elements
      return [
        Cell.code(issue.rule).marked(issue.help.nonEmpty).marked(issue.tags.joined(separator: ", ").nonEmpty),
        Cell(issue.impact?.rawValue), Cell.code(issue.page),
        Cell.message(issue.targets.joined(separator: "\n")).marked(rest),
      ]
    }
    return [
      EvidenceGroup("Violations", columns, report.violations, isOpen: true, cells: row),
      EvidenceGroup("Not decided, which is no pass", columns, report.incomplete, isOpen: true, cells: row),
      EvidenceGroup("Pages looked at", [.init("Page")], report.pages) { [Cell.code($0)] },
    ]
  }

  private func measurements(_ report: MeasurementReport) -> EvidenceGroup {
    EvidenceGroup(
      "Measurements", [.init("Metric"), .init("Measured", "number"), .init("Limit", "number"), .init("Result")],
      report.measurements, isOpen: true
    ) { measurement in
      let unit = measurement.unit.map { " " + $0 } ?? ""
      let word = measurement.isWithinLimit.map { $0 ? "within" : "beyond" } ?? "no limit"
      let chip = measurement.isWithinLimit.map { $0 ? "passed" : "failed" }
      return [
        Cell(measurement.metric), Cell(Wording.decimal(measurement.value) + unit, style: "number"),
        Cell(
          measurement.limit.map { "\($0.comparison.rawValue) \(Wording.decimal($0.value))\(unit)" } ?? "none",
          style: "number"),
        Cell(word, chip: chip),
      ]
    }
  }

  // MARK: What happened

  private func reviews(_ export: ReviewExport) -> EvidenceGroup {
    EvidenceGroup(
      "Changes", [.init("Change"), .init("Written by"), .init("Approvals of the last state"), .init("All reviews")],
      export.changes, isOpen: true
    ) { change in
      let standing = change.standingApprovals
      let reviews = change.reviews.map { review in
        "\(review.by.displayName): \(review.decision.words)" + (review.at.map { " on \(zone.words(for: $0))" } ?? "")
          + (change.isOfLastState(review) ? "" : ", not of the last state")
      }
      return [
        Cell(change.id, notes: [change.title, change.head.map { "last commit \($0)" }].compactMap { $0 }),
        Cell(change.authors.map(\.displayName).joined(separator: ", ").nonEmpty),
        standing.isEmpty
          ? Cell("none", chip: "failed") : Cell(standing.map(\.by.displayName).joined(separator: ", ")),
        .message(reviews.joined(separator: "\n")),
      ]
    }
  }

  private func events(_ list: EventList) -> EvidenceGroup {
    EvidenceGroup(
      "Events", [.init("When"), .init("What"), .init("Subject"), .init("Told by")], list.events, isOpen: true
    ) { event in
      let artifact = event.artifact == event.subject ? nil : event.artifact
      let notes = [event.environment.map { "in \($0)" }, artifact, event.outcome, event.summary].compactMap { $0 }
      return [
        cell(event.at), Cell(event.type), Cell(event.subject, notes: notes),
        Cell(event.source, notes: [event.by.map { "by \($0)" }, "id \(event.id)"].compactMap { $0 }),
      ]
    }
  }
}

extension ChangeReview.Decision {
  var words: String {
    switch self {
    case .approved: "approved"
    case .changesRequested: "asked for changes"
    case .commented: "commented"
    case .dismissed: "dismissed"
    }
  }
}
