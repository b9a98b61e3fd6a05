import Diagnostics
import Governance
import Model
import Templates

/// A period for an auditor: what went out, whether that is all, a sample, what did not hold, and the proof.
struct PeriodPage {
  let scope: PageScope
  let judgement: Judgement
  let proof: PeriodProof

  /// How many rows a table has at most; the rest is in the archive.
  private static let listed = 1000

  private var edition: Edition { scope.edition }
  private var period: Site.Period { proof.period }
  private var members: [Population.Member] { proof.population.members }

  var page: Page {
    scope.page(
      "period", title: "Period \(period.id)", section: .audit,
      description: "What went out from \(period.from.words) to \(period.to.words), and the proof.",
      trail: [(edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "name": .text(period.id), "lead": .text(lead), "terms": terms, "archive": archive,
        "no_archive": runs(noArchive),
        "counts": Tally(members.lazy.flatMap { judgement.outcomes(of: $0.release) }).value,
        "population": population, "population_rest": rest(members.count), "reconciled": .text(reconciled),
        "unmatched": table(of: gaps, "Not known everywhere"), "unmatched_rest": rest(gaps.count),
        "matched": table(of: matched, "Known everywhere"), "matched_count": .number(matched.count),
        "matched_rest": rest(matched.count), "sample": sample, "sample_words": runs(sampleWords),
        "exceptions": exceptions.table.value, "exceptions_rest": rest(exceptions.count),
      ])
  }

  private func runs(_ text: String?) -> Value { text.map { ["runs": Wording.runs($0)] } ?? .null }

  private var lead: String {
    let count = Wording.countGrouped(members.count, "release", "releases")
    let words = "\(count) went out from \(period.from.words) to \(period.to.words)."
    return edition.ledger.asOf < When.day(period.to).end(in: edition.zone)
      ? words + " The period is not over, so more may follow." : words
  }

  private var terms: Value {
    var terms = Terms()
    terms.add("From", scope.cell(When.day(period.from)))
    terms.add("To", scope.cell(When.day(period.to)).marked("includes its day"))
    terms.add("As of", scope.cell(edition.ledger.asOf))
    terms.add("Commit read", Cell.code(edition.ledger.head))
    terms.add("Policy", Cell.code(judgement.policyDigest).marked("SHA-256 over its files"))
    let frameworks = judgement.book.frameworks.filter { framework in
      period.frameworks.contains { $0.value == framework.id }
    }
    if !frameworks.isEmpty {
      terms.add(
        "Controls",
        frameworks.map { Cell($0.title, link: scope.link(to: .framework($0.id, period: period.id))) })
    }
    return terms.value
  }

  // MARK: The archive

  private var archive: Value {
    guard let archive = proof.archive else { return .null }
    return [
      "link": scope.link(to: .periodArchive(period.id)), "name": .text(period.id + ".zip"),
      "size": .text(Wording.countGrouped(archive.size, "byte", "bytes")), "digest": .text(archive.sha256),
    ]
  }

  /// Why there is none, and how to get one.
  private var noArchive: String? {
    guard proof.archive == nil else { return nil }
    if edition.ledger.head == nil { return "There is no archive: nothing is committed yet." }
    guard let path = edition.ledger.uncommitted.first else {
      return "There is no archive here: `gazette export period \(period.id)` makes it."
    }
    return "There is no archive: `\(path)` differs from the commit that it would name. Commit it, and build again."
  }

  private func rest(_ count: Int) -> Value {
    guard count > PeriodPage.listed else { return .null }
    return .text(
      "\(Wording.grouped(count - PeriodPage.listed)) more are in what `gazette export period \(period.id)` makes."
    )
  }

  // MARK: Population

  private var population: Value {
    var table = Table(
      "Population",
      [.init("Release"), .init("Went out"), .init("Risk"), .init("Approvals", "number"), .init("Outcomes")])
    for member in members.prefix(PeriodPage.listed) {
      let release = self.release(member.release)
      let approvals = release?.approvals.count { $0.decision.value == .approved } ?? 0
      table.add([
        scope.cell(member.release).marked(release?.procedure?.value == .emergency ? "emergency" : nil),
        scope.cell(member.at), Cell(release?.risk?.value.rawValue), .number(approvals),
        Cell(Tally(judgement.outcomes(of: member.release)).words),
      ])
    }
    return table.value
  }

  private func release(_ id: ReleaseID) -> Release? {
    guard let facts = edition.product(id.product) else { return nil }
    return facts.positions[id.version].map { facts.releases[$0] }
  }

  // MARK: Reconciliation

  private var gaps: [Reconciliation] {
    proof.population.reconciliation.filter { $0.state == .unmatched }
      + proof.population.reconciliation.filter { $0.state == .undated }
  }

  private var matched: [Reconciliation] { proof.population.reconciliation.filter { $0.state == .matched } }

  private var reconciled: String {
    let all = proof.population.reconciliation
    func only(_ side: (Reconciliation) -> Reconciliation.Trace) -> Int {
      all.count { entry in
        let traces = [entry.record, entry.tag, entry.event]
        return entry.state == .unmatched && side(entry).isFound && traces.count(where: \.isFound) == 1
      }
    }
    var words = "\(Wording.grouped(matched.count)) of \(Wording.grouped(all.count)) are known wherever they should be"
    words +=
      "; \(only(\.record)) only to the records, \(only(\.tag)) only to the tags, \(only(\.event)) only to the events"
    let undated = all.count { $0.state == .undated }
    if undated > 0 { words += "; of \(undated) that went out nobody says when" }
    if !edition.ledger.git.asked.contains(.commits) { words += ". Git was not asked for tags without a record" }
    return words + "."
  }

  private func table(of entries: [Reconciliation], _ label: String) -> Value {
    var table = Table(label, [.init("What"), .init("Record"), .init("Tag"), .init("Event"), .init("Commit")])
    for entry in entries.prefix(PeriodPage.listed) {
      let name =
        entry.release.map(scope.cell)
        ?? Cell(entry.name).marked(
          entry.product.map { edition.product($0)?.product.name ?? $0.text } ?? "no product here")
      table.add([
        entry.state == .undated ? name.marked("out, but when is not said") : name, cell(entry.record), cell(entry.tag),
        cell(entry.event),
        entry.unknownCommit.map { Cell.code(String($0.prefix(10))).marked("stated; Git does not know it") }
          ?? .code(entry.commit.map { String($0.prefix(10)) }),
      ])
    }
    return table.value
  }

  private func cell(_ trace: Reconciliation.Trace) -> Cell {
    switch trace {
    case .found(let place): .code(place)
    case .missing: Cell("missing", chip: "failed")
    case .notKept: Cell("not kept", style: "none")
    }
  }

  // MARK: Sample

  private var sample: Value {
    var table = Table("Sample", [.init("Rank", "number"), .init("Release"), .init("Went out"), .init("SHA-256")])
    for (place, draw) in proof.sample.enumerated() {
      table.add([
        .number(place + 1), scope.cell(draw.member.release), scope.cell(When.day(draw.member.day)), .code(draw.digest),
      ])
    }
    return table.value
  }

  private var sampleWords: String {
    let words =
      "\(Wording.grouped(proof.sample.count)) of \(Wording.grouped(members.count)), "
      + "drawn with the seed `\(proof.seed)`: "
      + "those with the lowest SHA-256 of the seed, a zero byte and `product/version`."
    guard proof.seed == period.id else { return words }
    return words
      + " This seed is the id of the period, which anybody could have known beforehand; an auditor draws with "
      + "one of their own: `gazette export period \(period.id) --seed SEED`."
  }

  // MARK: Exceptions

  private var exceptions: (table: Table, count: Int) {
    var table = Table(
      "Exceptions", [.init("Release"), .init("Rule"), .init("Result"), .init("Why"), .init("Waiver")])
    var count = 0
    for member in members {
      let outcomes = judgement.outcomes(of: member.release).filter { $0.isBroken || $0.result == .waived }
      for outcome in outcomes {
        count += 1
        guard count <= PeriodPage.listed else { continue }
        var release = scope.cell(member.release)
        release.link = scope.link(to: .dossier(member.release), fragment: "rule-" + outcome.rule)
        table.add([
          release, Cell(outcome.rule, link: scope.link(toRule: outcome.rule)),
          Cell(outcome.result.words, chip: outcome.result.rawValue)
            .marked(outcome.isBeforeSince ? "due before the policy asked it" : nil),
          Cell(outcome.reasons.first.map { Wording.plain($0.text) } ?? "no reason is given"),
          outcome.waiver.map {
            Cell($0, link: scope.link(toWaiver: $0))
          } ?? Cell("none", style: "none"),
        ])
      }
    }
    return (table, count)
  }
}

extension Reconciliation.Trace {
  fileprivate var isFound: Bool {
    if case .found = self { true } else { false }
  }
}

extension Route {
  static func period(_ id: String) -> Route { Route("audit/periods/\(segment(id))/index.html") }

  /// The ZIP with the proof of a period.
  package static func periodArchive(_ id: String) -> Route { Route("audit/periods/\(segment(id))/\(segment(id)).zip") }
}
