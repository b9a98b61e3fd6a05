import Diagnostics
import Governance
import Model
import Templates

/// How evidence for one control stands over some releases, each counted once.
private struct ControlCount {
  var present = 0
  var missing = 0
  var waived = 0
  var pending = 0
  /// Those that no mapped rule asks.
  var unasked = 0

  mutating func add(_ results: Set<Outcome.Result>) {
    if results.contains(.failed) || results.contains(.unverifiable) {
      missing += 1
    } else if results.contains(.waived) {
      waived += 1
    } else if results.contains(.pending) {
      pending += 1
    } else if results.contains(.passed) {
      present += 1
    } else {
      unasked += 1
    }
  }
}

/// The controls of one framework, and which evidence the releases give for each; of all releases or of one period.
struct ControlPage {
  let scope: PageScope
  let judgement: Judgement
  let framework: Framework
  /// Of the period; `nil` for all releases.
  let population: Population?

  private var edition: Edition { scope.edition }

  private var period: Site.Period? { population?.period }

  /// The releases that are counted, and how many went out that may belong to the period, for nobody says when.
  private var counted: (releases: [ReleaseID], undated: Int) {
    guard let population else { return (edition.newestFirst.map { edition.release(at: $0).id }, 0) }
    return (population.members.map(\.release), population.reconciliation.count { $0.state == .undated })
  }

  var page: Page {
    let (releases, undated) = counted
    let title = framework.title + (period.map { ", \($0.id)" } ?? "")
    return scope.page(
      "controls", title: title, section: .audit,
      description: "Which evidence the releases give for the controls of \(framework.title).",
      trail: [(edition.site.title, .home), ("Audit", .audit), ("Controls", .controls)],
      fields: [
        "name": .text(framework.title), "edition": .text(framework.edition), "source": .text(framework.source),
        "population": .text(words(of: releases.count, undated: undated)), "periods": periods,
        "controls": .list(framework.controls.map { value($0, releases) }),
      ])
  }

  private func words(of count: Int, undated: Int) -> String {
    let releases = Wording.countGrouped(count, "release", "releases")
    guard let period else { return "\(releases) that went out, of any time" }
    let rest = undated == 0 ? "" : "; \(Wording.grouped(undated)) more went out, and nobody says when"
    return "\(releases) that went out from \(period.from.words) to \(period.to.words)\(rest)"
  }

  private var periods: Value {
    let others: [Site.Period?] = [nil] + edition.populations(for: framework).map(\.period)
    guard others.count > 1 else { return .null }
    return items(
      others.map { other in
        [
          "title": .text(other.map { "Period \($0.id)" } ?? "Any time"), "current": .flag(other == period),
          "link": scope.link(to: .framework(framework.id, period: other?.id)),
        ]
      })
  }

  private func value(_ control: Control, _ population: [ReleaseID]) -> Value {
    let asked = control.answers.filter { answer in judgement.rules.contains { $0.id == answer.rule.value } }
    var count = ControlCount()
    var table = Table(
      "Rules for \(control.id.value)",
      [.init("Rule"), .init("How much")] + Outcome.Result.byUrgency.map { .init($0.words, "number") })
    for answer in control.answers {
      let extent = Cell(answer.extent == .shows ? "shows it" : "one input of several")
      guard asked.contains(answer) else {
        table.add(
          [Cell(answer.rule.value), extent.marked("not in the policy, so nobody was asked")]
            + Outcome.Result.byUrgency.map { _ in Cell("–", style: "number zero") })
        continue
      }
      let tally = Tally(population.lazy.compactMap { judgement[$0, answer.rule.value] })
      table.add(
        [Cell(answer.rule.value, link: scope.link(toRule: answer.rule.value)), extent]
          + Outcome.Result.byUrgency.map {
            Cell(Wording.grouped(tally[$0]), style: tally[$0] == 0 ? "number zero" : "number")
          })
    }
    for release in population {
      count.add(Set(asked.compactMap { judgement[release, $0.rule.value]?.result }))
    }
    return [
      "id": .text("control-" + pageID(control.id.value)), "name": .text(control.id.value),
      "title": .text(control.title),
      "outside": control.answers.isEmpty ? .text(control.outside ?? "no rule answers it") : .null,
      "silent": .flag(!control.answers.isEmpty && asked.isEmpty),
      "counts": asked.isEmpty ? .null : counts(count, of: population.count), "rules": table.value,
    ]
  }

  private func counts(_ count: ControlCount, of population: Int) -> Value {
    let entries = [
      ("failed", "missing", count.missing), ("waived", "waived", count.waived),
      ("pending", "not due yet", count.pending),
      ("passed", "present", count.present), ("not-applicable", "not asked", count.unasked),
    ]
    return [
      "population": .text(Wording.countGrouped(population, "release", "releases")),
      "items": .list(entries.map { ["id": .text($0.0), "text": .text($0.1), "count": .number($0.2)] }),
    ]
  }
}

/// The frameworks that Gazette knows.
struct ControlIndexPage {
  let scope: PageScope
  let judgement: Judgement

  var page: Page {
    var table = Table(
      "Frameworks",
      [
        .init("Framework"), .init("Edition"), .init("Controls", "number"), .init("Outside Gazette", "number"),
        .init("Periods"),
      ])
    for framework in judgement.book.frameworks {
      var periods = Cell("", notes: [])
      periods.notes = scope.edition.populations(for: framework).map(\.period.id)
      table.add([
        Cell(framework.title, link: scope.link(to: .framework(framework.id))), Cell(framework.edition),
        .number(framework.controls.count), .number(framework.controls.count { $0.answers.isEmpty }),
        periods.notes.isEmpty ? Cell("none asks for it", style: "none") : Cell(periods.notes.joined(separator: ", ")),
      ])
    }
    return scope.page(
      "frameworks", title: "Controls", section: .audit,
      description: "Requirements of outside frameworks, and the rules that give evidence for them.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)], fields: ["frameworks": table.value])
  }
}

extension Edition {
  /// What went out in each of the periods that ask for a framework.
  func populations(for framework: Framework) -> [Population] {
    periods.map(\.population).filter { $0.period.frameworks.contains { $0.value == framework.id } }
  }
}
