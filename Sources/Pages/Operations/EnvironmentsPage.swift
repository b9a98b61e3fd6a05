import Diagnostics
import Model
import Templates

/// What runs where, and whether what was tried is what customers get.
struct EnvironmentsPage {
  let scope: PageScope

  /// How many products are compared here.
  private static let compared = 200

  private var edition: Edition { scope.edition }

  var page: Page {
    let deployments = edition.products.map { Deployments(of: $0, in: edition) }
    let environments = self.environments(of: deployments)
    return scope.registerPage(
      "environments", title: "Environments", description: "What runs where, and how alike the environments are.",
      lead: lead(deployments, environments),
      sections: [
        RegisterSection("What runs where", id: "running", isWide: true, [running(deployments, environments)]),
        RegisterSection("How alike they are", id: "alike", alike(deployments)),
      ])
  }

  /// In the order of promotion, then those that only records name.
  private func environments(of deployments: [Deployments]) -> [DeploymentEnvironment] {
    let used = deployments.reduce(into: Set<String>()) { $0.formUnion($1.environments) }
    let known = edition.site.environments
    let others = used.subtracting(known.map(\.id)).sorted().map { DeploymentEnvironment(id: $0, name: $0) }
    return (known + others).filter { used.contains($0.id) }
  }

  private func lead(_ deployments: [Deployments], _ environments: [DeploymentEnvironment]) -> String {
    let products = deployments.count { !$0.environments.isEmpty }
    let silent = edition.site.environments.filter { known in !environments.contains { $0.id == known.id } }
    return "Stages of rollouts tell of \(Wording.countGrouped(products, "product", "products")) in "
      + "\(Wording.count(environments.count, "environment", "environments"))."
      + (silent.isEmpty ? "" : " No stage names \(silent.map(\.name).joined(separator: ", ")).")
  }

  // MARK: What runs where

  private func running(
    _ deployments: [Deployments], _ environments: [DeploymentEnvironment]
  ) -> RegisterSection.Block {
    var table = Table(
      "What runs where",
      [.init("Product")] + environments.map { .init(heading(of: $0)) })
    for (facts, deployments) in zip(edition.products, deployments) where !environments.isEmpty {
      guard facts.releases.contains(where: { $0.status.hasShipped || $0.rollout != nil }) else { continue }
      table.add(
        [Cell(facts.product.name, link: scope.link(to: facts.route)).marked(unstaged(facts, deployments))]
          + environments.map { cell(deployments, $0.id, of: facts) })
    }
    return RegisterSection.Block(
      note:
        "By environment, the newest stage that succeeded or is running, by the records. It is not asked of the environments.",
      table: table, missing: "No stage of a rollout is recorded.")
  }

  private func heading(of environment: DeploymentEnvironment) -> String {
    let isSaid = environment.name.lowercased().contains("production")
    return environment.isProduction && !isSaid ? environment.name + " (production)" : environment.name
  }

  private func cell(_ deployments: Deployments, _ environment: String, of facts: ProductFacts) -> Cell {
    guard let deployment = deployments.latest(in: environment) else { return Cell("none", style: "none") }
    let release = facts.releases[deployment.release]
    var cell = Cell(release.version.text, link: scope.link(to: .dossier(release.id), fragment: "rollout"))
    let share = deployment.stage.share.map { "\(Wording.decimal($0.value)) %" }
    if deployment.isRunning {
      cell.notes.append("rolling out" + (share.map { ", \($0)" } ?? ""))
    } else if deployment.isPartial {
      cell.notes.append(deployment.stage.scope ?? share ?? "")
    }
    cell.notes.append((deployment.isRunning ? "began " : "since ") + deployment.when.words(in: edition.zone))
    if let rest = deployments.rest(in: environment) {
      let version = facts.releases[rest.release].version.text
      // Of what came out between the two nobody says whether it went there.
      let isCertain = facts.releases[deployment.release + 1..<max(rest.release, deployment.release + 1)]
        .allSatisfy { !$0.status.hasShipped || $0.rollout?.stages.isEmpty == false }
      cell.notes.append("the others have \(version)" + (isCertain ? "" : ", as far as stages are recorded"))
    }
    return cell
  }

  /// What came out later than anything that a stage tells of.
  private func unstaged(_ facts: ProductFacts, _ deployments: Deployments) -> String? {
    guard let latest = facts.latestRelease, latest.rollout?.stages.isEmpty ?? true, let date = latest.released?.value
    else { return nil }
    let newest = deployments.environments.compactMap { deployments.latest(in: $0)?.seconds }.max() ?? .min
    guard date.end(in: edition.zone).seconds > newest else { return nil }
    return "\(latest.version.text) came out on \(date.date(in: edition.zone).words); its record names no stage"
  }

  // MARK: Side by side

  private func alike(_ deployments: [Deployments]) -> [RegisterSection.Block] {
    let production = edition.site.environments.filter(\.isProduction).map(\.id)
    var blocks: [RegisterSection.Block] = []
    var rest = 0
    for (facts, deployments) in zip(edition.products, deployments) {
      let running = production.lazy.compactMap { deployments.latest(in: $0) }.max { $0.seconds < $1.seconds }?.release
      let stated = facts.releases.indices.filter { !facts.releases[$0].environments.isEmpty }
      guard let position = running ?? stated.first else { continue }
      guard blocks.count < EnvironmentsPage.compared else {
        rest += 1
        continue
      }
      let release = facts.releases[position]
      let table = EnvironmentComparison(release: release, scope: scope).table
      blocks.append(
        RegisterSection.Block(
          "\(facts.product.name) \(release.version.text)", id: "alike-" + pageID(facts.product.id.text),
          note: running == nil ? "Not known to run in production." : nil, table: table,
          missing: "Its record states no digest of image or configuration."))
    }
    if rest > 0 {
      blocks.append(
        RegisterSection.Block(
          note: "\(Wording.countGrouped(rest, "more product has", "more products have")) as much to compare: the "
            + "dossiers of what runs, above, have the digests."))
    }
    if blocks.isEmpty {
      var block = RegisterSection.Block()
      block.missing = "No record states digests of images or configurations."
      blocks.append(block)
    }
    return blocks
  }
}

/// The digests of what one release ran with, environment by environment, each held against production.
struct EnvironmentComparison {
  let release: Release
  let scope: PageScope

  var table: Table {
    let known = scope.edition.site.environments
    let order = Dictionary(known.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let states = release.environments.enumerated().sorted { a, b in
      let (x, y) = (order[a.element.id.value] ?? .max, order[b.element.id.value] ?? .max)
      return x == y ? a.offset < b.offset : x < y
    }.map(\.element)
    let production = states.first { state in known.contains { $0.id == state.id.value && $0.isProduction } }
    var table = Table(
      "Images and configurations of \(release.version.text)",
      [
        .init("Environment"), .init("Like production"), .init("Image"), .init("Configuration"),
        .init("Stated difference"),
      ])
    for state in states {
      let environment = known.first { $0.id == state.id.value }
      table.add([
        Cell(environment?.name ?? state.id.value), likeness(state, production), .code(state.image), .code(state.config),
        Cell(state.difference ?? "none", style: state.difference == nil ? "none" : nil),
      ])
    }
    return table
  }

  private func likeness(_ state: EnvironmentState, _ production: EnvironmentState?) -> Cell {
    guard let production else { return Cell("production is not stated", style: "none") }
    if state.location == production.location && state.id.value == production.id.value {
      return Cell("what customers get", style: "none")
    }
    var differences: [String] = []
    var isSame = true
    for (noun, ours, theirs) in [
      ("image", state.image, production.image), ("configuration", state.config, production.config),
    ] where ours != nil || theirs != nil {
      if ours == nil || theirs == nil {
        isSame = false
        differences.append("\(noun) stated for one only")
      } else if ours != theirs {
        isSame = false
        differences.append("another \(noun)")
      } else {
        differences.append("same \(noun)")
      }
    }
    guard !differences.isEmpty else { return Cell("nothing to compare", style: "none") }
    let isExplained = state.difference != nil || production.difference != nil
    let (chip, word) =
      isSame ? ("passed", "alike") : isExplained ? ("waived", "differs, explained") : ("failed", "differs")
    return Cell(word, chip: chip, notes: differences)
  }
}
