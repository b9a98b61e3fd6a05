import Diagnostics
import Model
import Templates

/// What a release is, and why it was made, by its record and by Git.
struct DossierFacts {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int
  let release: Release
  let record: DossierRecord

  private var edition: Edition { scope.edition }
  private var zone: Zone { edition.zone }

  var what: Value {
    var terms = Terms()
    terms.add("Product", "\(facts.product.name) (\(facts.product.id.text))")
    terms.add("Version", release.version.text + (release.line.map { ", line \($0)" } ?? ""))
    terms.add(
      "Follows", release.previous.map { scope.cell(version: $0.text, of: facts) } ?? Cell("nothing: the first known"))
    if let repaired = release.hotfixOf { terms.add("Repairs", scope.cell(version: repaired.value, of: facts)) }
    terms.add("Type", Wording.words(for: release.kind))
    if let scheduled = release.scheduled {
      terms.add("Scheduled", scope.cell(scheduled.at).marked(scheduled.window.map { "window \(windowName($0.value))" }))
    }
    terms.add("Released", released)
    terms.add(
      "Changes",
      Cell(
        release.changes.isEmpty ? "none listed" : Wording.countGrouped(release.changes.count, "change", "changes"),
        link: scope.link(to: facts.routes[position])))
    terms.addKnown("Train", release.train.map { trainName($0.value) })
    if let frozen = release.scopeFrozen { terms.add("Scope frozen", scope.cell(frozen)) }
    terms.add("Source", sources)
    let tags = tags
    if !tags.isEmpty { terms.add("Tag", tags) }
    terms.add("Build", build)
    if !release.dependsOn.isEmpty {
      terms.add(
        "Needs",
        release.dependsOn.map { needed in
          Cell(
            needed.product.value + (needed.version.map { " " + $0 } ?? ""),
            link: edition.product(named: needed.product.value).map { scope.link(to: $0.route) } ?? .null)
        })
    }
    terms.add("Recorded in", Cell.code(release.location.words).linked(to: record.link))
    return terms.value
  }

  private func trainName(_ id: String) -> String {
    edition.ledger.calendar.trains.first { $0.id == id }?.name ?? id
  }

  private func windowName(_ id: String) -> String {
    edition.ledger.calendar.windows.first { $0.id == id }?.name ?? id
  }

  private var released: Cell {
    guard release.released == nil, release.status == .rollingOut else { return scope.cell(release.released) }
    let first = release.rollout?.stages.lazy.compactMap { stage in
      edition.site.environments.contains { $0.id == stage.environment.value && $0.isProduction } ? stage.started : nil
    }.first
    guard let first else { return Cell("not everywhere yet", style: "none") }
    var cell = scope.cell(first)
    cell.notes.append("in production since; not everywhere yet")
    return cell
  }

  private var sources: [Cell] {
    var cells = release.commits.map { commit in
      Cell.code(commit.commit?.value ?? commit.tag?.value).marked(
        [
          commit.source.map { "source \($0.value)" },
          commit.commit == nil ? nil : commit.tag.map { "tag \($0.value)" },
          release.commit == nil ? "Git does not know it" : nil,
        ].compactMap { $0 }.joined(separator: ", ").nonEmpty)
    }
    if let commit = release.commit, !release.commits.contains(where: { $0.commit?.value == commit }) {
      cells.insert(Cell.code(commit), at: 0)
    }
    return cells
  }

  /// What Git has as tags of the release, and how far they are proven.
  private var tags: [Cell] {
    let git = edition.ledger.git
    return (git.commits[release.id] ?? []).compactMap { source in
      guard let tag = source.tag else { return nil }
      let unchecked = "signature not checked" + (git.obstacle.map { ", for \($0.words)" } ?? "")
      return Cell(
        tag.name, style: "code",
        notes: tag.isAnnotated
          ? ["annotated, tagged \(zone.words(for: tag.date))", source.tagSignature?.words ?? unchecked]
          : ["light: without a tagger, not signed"])
    }
  }

  private var build: [Cell] {
    guard let build = release.build else { return [] }
    var cell = Cell(build.id ?? "a run without an id")
    cell.notes = [
      build.at.map { "on \($0.value.words(in: zone))" }, build.runner.map { "by \($0)" },
      build.reproducible.map { "reproducible: \($0)" },
    ].compactMap { $0 }
    return [cell] + (build.url.map { [Cell.address($0)] } ?? [])
  }

  var artifacts: Value {
    var table = Table("Artifacts", [.init("Artifact"), .init("Digest"), .init("Size", "number")])
    for artifact in release.artifacts {
      table.add([
        Cell(artifact.name).marked(artifact.purl), .code(artifact.digest),
        Cell(artifact.size.map(Wording.size), style: "number"),
      ])
    }
    return table.value
  }

  var why: Value {
    var terms = Terms()
    terms.add("Reason", release.reason?.value)
    switch release.cause {
    case .incident(let id):
      terms.add(
        "Because of",
        Cell(
          "incident \(id.value)" + (release.isUnplanned ? ", unplanned" : ""),
          link: scope.link(to: edition.route(of: .incident(id.value)))))
    case .vulnerability(let id):
      terms.add(
        "Because of",
        Cell(
          "vulnerability \(id.value)" + (release.isUnplanned ? ", unplanned" : ""),
          link: edition.advisory(of: id.value).map { scope.link(to: .security, fragment: $0.anchor) } ?? .null))
    case nil: if release.isUnplanned { terms.add("Because of", "unplanned; no cause is stated") }
    }
    terms.add(
      "Procedure", (release.procedure?.value ?? .normal).rawValue + (release.procedure == nil ? " (by default)" : ""))
    terms.addKnown("Standard change", release.standardChange)
    terms.add("Risk", release.risk?.value.rawValue)
    terms.add(
      "Risk factors",
      release.riskFactors.isEmpty ? "none stated" : release.riskFactors.map(\.value).joined(separator: ", "))
    terms.add("Impact on security", release.securityImpact?.value)
    terms.addKnown("Labels", release.labels.joined(separator: ", ").nonEmpty)
    return terms.value
  }

  var vulnerabilities: Value {
    var table = Table("Vulnerabilities", [.init("Vulnerability"), .init("Severity"), .init("In this release")])
    for vulnerability in release.security {
      table.add([
        Cell(
          vulnerability.id,
          link: edition.advisory(of: vulnerability.id).map {
            scope.link(to: .security, fragment: $0.anchor)
          } ?? .null, notes: vulnerability.aliases),
        Cell(vulnerability.severity?.rawValue).marked(vulnerability.score.map { "CVSS \(score($0))" }),
        Cell(vulnerability.isFixed ? "fixed" : "known, not fixed"),
      ])
    }
    return table.value
  }
}

extension TagSignature {
  /// In a few words.
  fileprivate var words: String {
    if let otherName { return "signed as another tag, \(otherName)" }
    return switch result {
    case .good(let address, let person): "signed by \(person ?? address), whose key was listed before"
    case .unlisted: "signed by a key that was not listed before"
    case .bad: "signed, and the signature is bad"
    case .unsigned: "not signed"
    case .unverifiable(let reason, _): "signed; the signature is not checked: \(reason)"
    }
  }
}
