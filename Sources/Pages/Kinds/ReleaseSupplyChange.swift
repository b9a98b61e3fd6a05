import Model
import Templates

/// What changed in what a release is made of, against the release before it.
struct ReleaseSupplyChange {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int

  /// How many rows a table has at most.
  private static let listed = 150

  /// Null where nothing can be compared.
  var value: Value {
    let release = facts.releases[position]
    guard let previous = release.previous?.text, let before = facts.positions[previous] else { return .null }
    let ledger = scope.edition.ledger
    let supply = ledger.supply(of: release)
    guard !supply.isEmpty else { return .null }
    let difference = SupplyDifference(from: ledger.supply(of: facts.releases[before]), to: supply)
    guard !difference.isUnknown else { return .null }
    let (components, more) = difference.components.map(table) ?? (.null, 0)
    return [
      "previous": scope.reference(to: previous, of: facts), "lead": .text(lead(difference)),
      "components": components,
      "rest": more > 0
        ? .text(
          "\(Wording.grouped(more)) more: `gazette diff \(facts.product.id) \(previous) \(release.version.text)`.")
        : .null,
      "licences": .text(licences(difference)),
      "vulnerabilities": difference.vulnerabilities.map(table) ?? .null,
      "gaps": .list(gaps(difference).map { .text($0) }),
    ]
  }

  private func lead(_ difference: SupplyDifference) -> String {
    var parts: [String] = []
    if let components = difference.components {
      let counts = [
        (components.added.count, "added"), (components.removed.count, "removed"), (components.changed.count, "changed"),
      ].filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
      let words = counts.isEmpty ? "no component changed" : counts.joined(separator: ", ")
      parts.append("\(words), \(Wording.grouped(components.unchanged)) as before")
    }
    if let vulnerabilities = difference.vulnerabilities {
      let counts = [
        (vulnerabilities.fixed.count, "fixed"), (vulnerabilities.new.count, "new"),
        (vulnerabilities.stillThere.count, "still there"), (vulnerabilities.excused.count, "judged not to matter"),
      ].filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
      parts.append(
        counts.isEmpty
          ? "no vulnerability was known in either" : "known vulnerabilities: " + counts.joined(separator: ", "))
    }
    return parts.joined(separator: "; ") + "."
  }

  private func table(_ difference: ComponentDifference) -> (Value, rest: Int) {
    var table = Table(
      "Components that changed", [.init("Component"), .init("Change"), .init("From"), .init("To")])
    var rest = 0
    func add(_ name: String, _ coordinate: String, _ change: String, _ from: Cell, _ to: Cell) {
      guard table.rows.count < ReleaseSupplyChange.listed else {
        rest += 1
        return
      }
      table.add([Cell(name).marked(coordinate == name ? nil : coordinate), Cell(change), from, to])
    }
    let none = Cell("—", style: "none")
    func version(_ text: String?) -> Cell { Cell(text ?? "not stated", style: text == nil ? "none" : "version") }
    for change in difference.changed {
      add(change.name, change.coordinate, "changed", version(change.from), version(change.to))
    }
    for member in difference.added { add(member.name, member.coordinate, "added", none, version(member.version)) }
    for member in difference.removed { add(member.name, member.coordinate, "removed", version(member.version), none) }
    for change in difference.relicensed {
      add(
        change.name, change.coordinate, "other licence", Cell(change.from.joined(separator: ", ")),
        Cell(change.to.joined(separator: ", ")))
    }
    return (table.value, rest)
  }

  private func table(_ difference: VulnerabilityDifference) -> Value {
    var table = Table(
      "Known vulnerabilities",
      [.init("Vulnerability"), .init("Now"), .init("Severity"), .init("Component"), .init("Fixed in")])
    func add(_ entries: [VulnerabilityPicture.Entry], _ words: String) {
      for entry in entries {
        table.add([
          Cell(entry.id, notes: entry.aliases), Cell(words).marked(entry.excuse?.reason),
          Cell(entry.severity?.word ?? "not rated", chip: entry.severity.map { "severity-\($0.word)" }),
          Cell(entry.package).marked(entry.versions.isEmpty ? nil : entry.versions.joined(separator: ", ")),
          Cell(entry.fixedIn.isEmpty ? "no fix is known" : entry.fixedIn.joined(separator: ", ")),
        ])
      }
    }
    add(difference.new, "new")
    add(difference.stillThere, "still there")
    add(difference.excused, "does not matter")
    add(difference.fixed, "fixed")
    return table.value
  }

  private func licences(_ difference: SupplyDifference) -> String? {
    let parts = [("New licences", difference.licencesAdded), ("Gone", difference.licencesRemoved)]
      .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
    return parts.isEmpty ? nil : parts.joined(separator: ". ") + "."
  }

  private func gaps(_ difference: SupplyDifference) -> [String] {
    func words(_ gap: SupplyDifference.Gap?, _ what: String, _ lacks: String) -> String? {
      switch gap {
      case nil: nil
      case .both: "\(what) cannot be compared: there is no \(lacks) of either release."
      case .old: "\(what) cannot be compared: there is no \(lacks) of the release before."
      case .new: "\(what) cannot be compared: there is no \(lacks) of this release."
      }
    }
    return [
      words(difference.componentsGap, "Components", "bill of materials"),
      words(difference.vulnerabilitiesGap, "Vulnerabilities", "scan"),
    ].compactMap { $0 }
  }
}
