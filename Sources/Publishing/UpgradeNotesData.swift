package import Model
import Pages
import Templates

extension UpgradeNotes {
  /// The notes for programs: `{product, from, to, releases, stops, changes: [{id, kind, text, markdown, action, impact,
  /// component, release}], lacked: […], fixed: [{id, aliases, severity, summary, release}], lacked_fixes: […]}`.
  package var json: String { String(decoding: JSONWriter.bytes(of: data), as: UTF8.self) }

  var data: Value {
    [
      "product": .text(product.id.text), "from": .text(from.version.text), "to": .text(to.version.text),
      "releases": .list(releases.map { .text($0.version.text) }), "stops": .list(stops.map { .text($0.text) }),
      "changes": .list((actions + changes).map(UpgradeNotes.data)), "lacked": .list(missing.map(UpgradeNotes.data)),
      "fixed": .list(fixed.map(UpgradeNotes.data)), "lacked_fixes": .list(missingFixes.map(UpgradeNotes.data)),
    ]
  }

  private static func data(of entry: Entry) -> Value {
    let change = entry.change
    return [
      "id": .text(change.id), "kind": .text(change.kind?.rawValue), "text": .text(change.text.whole.plainText),
      "markdown": .text(change.text.whole.markdown), "action": .text(change.action?.whole.plainText),
      "impact": .text(change.impact?.whole.plainText), "component": .text(change.component),
      "release": .text(entry.release.text),
    ]
  }

  private static func data(of weakness: Weakness) -> Value {
    let vulnerability = weakness.vulnerability
    return [
      "id": .text(vulnerability.id), "aliases": .list(vulnerability.aliases.map { .text($0) }),
      "severity": .text(vulnerability.severity?.rawValue), "summary": .text(vulnerability.summary?.whole.plainText),
      "release": .text(weakness.release.text),
    ]
  }

  /// The notes for a terminal: `+` for what `to` has, `-` for fixes that it lacks.
  package var text: String {
    var text = "\(product.name) \(from.version.text) to \(to.version.text): \(releases.count) release"
    text += (releases.count == 1 ? "" : "s") + releases.map { ", " + $0.version.text }.joined() + "\n"
    for stop in stops { text += "! \(stop.text) must not be skipped\n" }
    for weakness in missingFixes { text += line("-", weakness) }
    for entry in missing { text += line("-", entry) }
    for weakness in fixed { text += line("+", weakness) }
    for kind in Change.Kind.allCases + [nil] {
      for entry in actions + changes where entry.change.kind == kind { text += line("+", entry) }
    }
    return text
  }

  private func line(_ sign: String, _ entry: Entry) -> String {
    line(sign, entry.change.kind?.rawValue ?? "other", entry.change.text.whole.plainText, entry.release)
  }

  private func line(_ sign: String, _ weakness: Weakness) -> String {
    let summary = weakness.vulnerability.summary.map { ": " + $0.whole.plainText } ?? ""
    return line(sign, "security", weakness.vulnerability.id + summary, weakness.release)
  }

  private func line(_ sign: String, _ kind: String, _ text: String, _ release: Version) -> String {
    let words = text.split(separator: "\n").joined(separator: " ")
    return "\(sign) \(kind)\(String(repeating: " ", count: max(1, 14 - kind.count)))\(words) (\(release.text))\n"
  }
}
