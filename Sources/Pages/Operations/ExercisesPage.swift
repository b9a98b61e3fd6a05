import Diagnostics
import Governance
import Model
import Templates

/// Rehearsals and experiments: what was tried, how it went, and what each product has not tried.
struct ExercisesPage {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  /// Newest first.
  private var exercises: [Exercise] {
    edition.ledger.exercises.sorted { a, b in
      let (x, y) = (a.at.value.start(in: edition.zone).seconds, b.at.value.start(in: edition.zone).seconds)
      return x == y ? a.id < b.id : x > y
    }
  }

  var page: Page {
    let exercises = self.exercises
    let held = exercises.filter { $0.at.value.start(in: edition.zone) <= edition.ledger.asOf }
    let failed = held.count { $0.result?.value == .failed }
    return scope.registerPage(
      "exercises", title: "Exercises",
      description: "Rehearsals of rollback, restore and recovery, and what they showed.",
      lead: "\(Wording.countGrouped(held.count, "exercise was", "exercises were")) held, \(failed) of them failed."
        + (held.count < exercises.count ? " \(exercises.count - held.count) planned." : ""),
      sections: [
        RegisterSection("Who has done what", id: "products", isWide: true, [coverage(held)]),
        RegisterSection("All exercises", id: "exercises", isWide: true, [list(exercises)]),
      ])
  }

  // MARK: By product

  /// The kinds that somebody did or that a rule asks for, as far as its reasons name them.
  private func coverage(_ held: [Exercise]) -> RegisterSection.Block {
    let kinds = Set(held.map(\.kind.value)).sorted()
    let isAsked = edition.judgement?.rules.contains { $0.id == "exercised-lately" } ?? false
    var table = Table(
      "Products and exercises",
      [.init("Product")] + kinds.map { .init(ExercisesPage.name(ofKind: $0)) }
        + (isAsked ? [.init("The rule, for the latest")] : []))
    for facts in edition.products {
      let own = held.filter { exercise in
        exercise.products.isEmpty
          || exercise.products.contains { edition.product(named: $0.value)?.product.id == facts.product.id }
      }
      table.add(
        [Cell(facts.product.name, link: scope.link(to: facts.route))] + kinds.map { cell($0, own) }
          + (isAsked ? [ruleCell(facts)] : []))
    }
    return RegisterSection.Block(
      note: isAsked ? "What must be rehearsed, and how often, is for the rule exercised-lately to say." : nil,
      table: table, missing: "There is no product.")
  }

  private func cell(_ kind: String, _ exercises: [Exercise]) -> Cell {
    let tries = exercises.filter { $0.kind.value == kind }
    guard let last = tries.first else { return Cell("never", style: "none") }
    let date = last.at.value.date(in: edition.zone).words
    let link = scope.link(to: .exercises, fragment: ExercisesPage.anchor(of: last))
    guard let result = last.result?.value else { return Cell("\(date), without a result", link: link) }
    guard result != .succeeded else { return Cell(date, link: link) }
    let before = tries.first { $0.result?.value == .succeeded }
    return Cell(
      "\(result.rawValue) on \(date)", link: link,
      notes: [before.map { "succeeded before, on \($0.at.value.date(in: edition.zone).words)" } ?? "never succeeded"])
  }

  private func ruleCell(_ facts: ProductFacts) -> Cell {
    guard let release = facts.latestRelease, let outcome = edition.judgement?[release.id, "exercised-lately"] else {
      return Cell("no release", style: "none")
    }
    return Cell(outcome.result.words, chip: outcome.result.rawValue, notes: [release.version.text])
  }

  // MARK: All

  /// Such as `Disaster recovery`.
  static func name(ofKind kind: String) -> String { Wording.capitalized(kind.replacing("-", with: " ")) }

  static func anchor(of exercise: Exercise) -> String { "exercise-" + pageID(exercise.id) }

  private func list(_ exercises: [Exercise]) -> RegisterSection.Block {
    var table = Table(
      "Exercises",
      [
        .init("Exercise"), .init("Result"), .init("When"), .init("With"), .init("What it showed"), .init("Evidence"),
      ])
    for exercise in exercises { table.add(cells(of: exercise), id: ExercisesPage.anchor(of: exercise)) }
    return RegisterSection.Block(table: table, missing: "No exercise is recorded.")
  }

  private func cells(of exercise: Exercise) -> [Cell] {
    var with = Cell(
      exercise.products.map { edition.product(named: $0.value)?.product.name ?? $0.value }.joined(separator: ", ")
        .nonEmpty ?? "all products")
    with.notes = [
      exercise.environments.map { scope.environmentName($0.value) }.joined(separator: ", ").nonEmpty.map { "in \($0)" },
      exercise.by.map { scope.person($0.value) ?? $0.value }.joined(separator: ", ").nonEmpty.map { "by \($0)" },
    ].compactMap { $0 }
    let isPlanned = edition.ledger.asOf < exercise.at.value.start(in: edition.zone)
    let result = exercise.result?.value
    return [
      Cell(ExercisesPage.name(ofKind: exercise.kind.value), notes: [exercise.id]),
      result.map { Cell($0.rawValue, chip: $0 == .partial ? "conditional" : $0.rawValue) }
        ?? (isPlanned ? Cell("planned", chip: "planned") : Cell(nil)),
      scope.cell(exercise.at).marked(exercise.duration.map { "took \($0.words)" }), with,
      Cell(exercise.findings ?? "nothing stated", style: exercise.findings == nil ? "none" : nil),
      exercise.evidence.map { path in
        Cell(
          path.value.split(separator: "/").last.map(String.init) ?? path.value, style: "code",
          link: scope.link(to: Route.exerciseEvidence(exercise)))
      } ?? Cell("none", style: "none"),
    ]
  }
}

extension PageScope {
  /// An environment by name, or by the id where nobody says what it is called.
  func environmentName(_ id: String) -> String {
    edition.site.environments.first { $0.id == id }?.name ?? id
  }
}
