import Model
import Templates

extension SupplyDifference {
  /// For programs: `{components: {added: [{name, coordinate, version}], removed, changed: [{name, coordinate, from,
  /// to}], relicensed: [{name, coordinate, from, to}], unchanged}, licences: {added, removed}, vulnerabilities: {fixed:
  /// [{id, aliases, severity, package, versions, fixed_in, excuse}], new, still_there, excused}, unknown}`; a part that
  /// cannot be compared is null.
  var data: Value {
    [
      "components": components.map(SupplyDifference.data) ?? .null,
      "licences": components == nil
        ? .null
        : [
          "added": .list(licencesAdded.map { .text($0) }), "removed": .list(licencesRemoved.map { .text($0) }),
        ],
      "vulnerabilities": vulnerabilities.map(SupplyDifference.data) ?? .null,
      "unknown": .list(gaps().map { .text($0) }),
    ]
  }

  private static func data(of components: ComponentDifference) -> Value {
    func members(_ members: [ComponentDifference.Member]) -> Value {
      .list(
        members.map {
          ["name": .text($0.name), "coordinate": .text($0.coordinate), "version": .text($0.version)]
        })
    }
    return [
      "added": members(components.added), "removed": members(components.removed),
      "changed": .list(
        components.changed.map {
          [
            "name": .text($0.name), "coordinate": .text($0.coordinate), "from": .text($0.from), "to": .text($0.to),
          ]
        }),
      "relicensed": .list(
        components.relicensed.map {
          [
            "name": .text($0.name), "coordinate": .text($0.coordinate), "from": .list($0.from.map { .text($0) }),
            "to": .list($0.to.map { .text($0) }),
          ]
        }),
      "unchanged": .number(components.unchanged),
    ]
  }

  private static func data(of vulnerabilities: VulnerabilityDifference) -> Value {
    func entries(_ entries: [VulnerabilityPicture.Entry]) -> Value {
      .list(
        entries.map { entry in
          [
            "id": .text(entry.id), "aliases": .list(entry.aliases.map { .text($0) }),
            "severity": .text(entry.severity?.word), "package": .text(entry.package),
            "versions": .list(entry.versions.map { .text($0) }),
            "fixed_in": .list(entry.fixedIn.map { .text($0) }), "excuse": .text(entry.excuse?.reason),
          ]
        })
    }
    return [
      "fixed": entries(vulnerabilities.fixed), "new": entries(vulnerabilities.new),
      "still_there": entries(vulnerabilities.stillThere), "excused": entries(vulnerabilities.excused),
    ]
  }

  /// For a terminal: a line for each difference, `+` and `-` for what came and went, `~` for what changed.
  package var text: String {
    var text = ""
    if let components {
      text += "components: \(components.added.count) added, \(components.removed.count) removed, "
      text += "\(components.changed.count) changed, \(components.unchanged) unchanged\n"
      func line(_ sign: String, _ name: String, _ words: String) { text += "\(sign) component     \(name) \(words)\n" }
      for member in components.added { line("+", member.name, member.version ?? "without a version") }
      for member in components.removed { line("-", member.name, member.version ?? "without a version") }
      for change in components.changed { line("~", change.name, "\(change.from ?? "?") → \(change.to ?? "?")") }
      for change in components.relicensed {
        text += "~ licence       \(change.name) \(change.from.joined(separator: ", ")) → "
        text += change.to.joined(separator: ", ") + "\n"
      }
      for licence in licencesAdded { text += "+ licence       \(licence)\n" }
      for licence in licencesRemoved { text += "- licence       \(licence)\n" }
    }
    if let vulnerabilities {
      text += "vulnerabilities: \(vulnerabilities.fixed.count) fixed, \(vulnerabilities.new.count) new, "
      text += "\(vulnerabilities.stillThere.count) still there, \(vulnerabilities.excused.count) excused\n"
      func lines(_ sign: String, _ word: String, _ entries: [VulnerabilityPicture.Entry]) {
        for entry in entries {
          let severity = entry.severity.map { ", \($0.word)" } ?? ""
          let excuse = entry.excuse.map { ": \($0.reason)" } ?? ""
          text +=
            "\(sign) \(word)\(String(repeating: " ", count: max(1, 14 - word.count)))\(entry.id) in \(entry.package)"
          text += "\(severity)\(excuse)\n"
        }
      }
      lines("-", "fixed", vulnerabilities.fixed)
      lines("~", "excused", vulnerabilities.excused)
      lines("+", "new", vulnerabilities.new)
      lines("=", "still there", vulnerabilities.stillThere)
    }
    return text + gaps { $0 != .both }.map { "? \($0)\n" }.joined()
  }

  /// What cannot be compared, and why; a terminal need not be told what neither release has.
  private func gaps(_ isTold: (Gap) -> Bool = { _ in true }) -> [String] {
    func words(_ gap: Gap?, _ what: String, _ lacks: String) -> String? {
      guard let gap, isTold(gap) else { return nil }
      return switch gap {
      case .both: "\(what) cannot be compared: neither release has a \(lacks)"
      case .old: "\(what) cannot be compared: the first release has no \(lacks)"
      case .new: "\(what) cannot be compared: the second release has no \(lacks)"
      }
    }
    return [
      words(componentsGap, "components", "bill of materials that could be read"),
      words(vulnerabilitiesGap, "vulnerabilities", "scan that could be read"),
    ].compactMap { $0 }
  }
}
