import Diagnostics
import Model
import Templates

/// How a release was tested, accepted and approved, by whom.
struct DossierProof {
  let scope: PageScope
  let release: Release
  let place: ReleasePosition
  let record: DossierRecord

  private var edition: Edition { scope.edition }
  private var zone: Zone { edition.zone }

  /// How many vulnerabilities are shown one by one.
  private static let listed = 100

  /// What is known to be wrong with the things in the release, what counts first.
  var exposure: Value {
    let findings = SupplyRegister.Findings(of: place, in: edition, listsParts: false)
    let entries = findings.entries.filter(\.isLive) + findings.entries.filter { !$0.isLive }
    let live = findings.entries.count(where: \.isLive)
    var table = Table(
      "Known vulnerabilities", [.init("Vulnerability"), .init("In"), .init("Severity"), .init("Counts")])
    for entry in entries.prefix(Self.listed) {
      table.add([
        Cell(
          entry.id,
          link: edition.advisory(of: entry.id).map { scope.link(to: .security, fragment: $0.anchor) } ?? .null,
          notes: entry.aliases),
        Cell(([entry.package] + entry.versions).joined(separator: " ")).marked(
          entry.fixedIn.isEmpty ? nil : "fixed in " + entry.fixedIn.joined(separator: ", ")),
        Cell(entry.severity.map { Wording.capitalized($0.word) } ?? "not rated")
          .marked(entry.score.map { "CVSS \(score($0))" }),
        entry.excuse.map { Cell("no", notes: [$0.reason]) } ?? Cell("yes"),
      ])
    }
    let lead =
      if !entries.isEmpty {
        "\(Wording.countGrouped(entries.count, "entry", "entries")), of which "
          + "\(Wording.countGrouped(live, "counts", "count")) as a weakness of the release."
          + (findings.hasScan ? "" : " No scan was recorded, so there may be more.")
      } else if findings.hasScan {
        "The scans that are recorded tell of none."
      } else {
        "Nobody looked: no scan, VEX file or bill of materials that tells of vulnerabilities is recorded."
      }
    let rest = entries.count - Self.listed
    return [
      "lead": .text(lead), "table": table.value,
      "rest": rest > 0 ? .text("\(Wording.grouped(rest)) more are on the pages of the evidence.") : .null,
    ]
  }

  var evidence: Value {
    var table = Table(
      "Evidence", [.init("Evidence"), .init("What it says"), .init("Made"), .init("File and digest")])
    for entry in release.evidence {
      let view = EvidenceEntryView(entry, of: release.id, in: scope)
      var made = scope.cell(view.producedAt)
      made.notes = [view.tool.map { "by \($0)" }, entry.environment.map { "in \($0.value)" }].compactMap { $0 }
      table.add(
        [
          Cell(entry.id.value, link: scope.link(to: .evidence(release.id, entry.id.value)))
            .marked(view.kind),
          Cell(view.says, notes: view.remarks + view.additions.map { "\($0.term): \($0.text)" }), made,
          Cell.code(view.file).marked(view.shortDigest),
        ])
    }
    return table.value
  }

  var acceptance: Value {
    var table = Table(
      "Acceptance", [.init("Criterion"), .init("Result"), .init("By"), .init("When"), .init("Evidence")])
    for entry in release.acceptance {
      table.add([
        Cell(entry.criterion),
        Cell(entry.result?.value.rawValue, chip: entry.result?.value.rawValue),
        scope.cell(entry.by).marked(entry.role?.value), scope.cell(entry.at),
        scope.cell(evidence: entry.evidence?.value, of: release),
      ])
    }
    return table.value
  }

  // MARK: Who

  var people: Value {
    var terms = Terms()
    terms.add("Release manager", scope.cell(release.owner))
    terms.add("Authors", release.authors.map { scope.cell($0) })
    return terms.value
  }

  var approvals: Value {
    var table = Table(
      "Approvals", [.init("Who"), .init("Decision"), .init("When"), .init("How far proven")])
    for approval in release.approvals {
      var who = scope.cell(approval.by).marked(approval.role?.value)
      if let other = approval.onBehalfOf { who.notes.append("for \(scope.person(other.value) ?? other.value)") }
      var decision = Cell(approval.decision.value.rawValue, chip: approval.decision.value.rawValue)
      decision.notes = [
        approval.conditions.map { "on condition: \($0)" }, approval.comment.map { "comment: \($0)" },
        approval.reference.map { "reference: \($0)" },
      ].compactMap { $0 }
      let asked = approval.asked.map { "asked \($0.value.words(in: zone))" }
      table.add([
        who, decision, scope.cell(approval.at).marked(asked),
        scope.standing(of: approval.by.value, at: approval.location).linked(to: record.link(to: approval.location)),
      ])
    }
    return table.value
  }

  /// Every time that a gate was asked, with what it answered.
  var gates: Value {
    var table = Table(
      "Gates", [.init("To"), .init("Answer"), .init("When"), .init("Asked by"), .init("Statement")])
    for gate in release.gates {
      let environment = gate.environment?.value
      let name = edition.site.environments.first { $0.id == environment }?.name ?? environment ?? "production"
      table.add([
        Cell(name, link: record.link(to: gate.location)),
        Cell(gate.verdict.value.rawValue, chip: gate.verdict.value.chip).marked(gate.reason), scope.cell(gate.at),
        scope.cell(gate.by), Cell.code(gate.attestation?.value).marked(gate.artifact.map { "asked about \($0.value)" }),
      ])
    }
    return table.value
  }
}

extension GateVerdict.Result {
  /// A gate that was walked around is shown as what it is: something to explain.
  fileprivate var chip: String { self == .bypassed ? "waived" : rawValue }
}
