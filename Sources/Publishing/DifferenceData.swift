import Model
import Pages
import Templates

extension Difference {
  /// The difference for programs: `{product, from, to, releases, stops, changes: [{id, kind, text, markdown, action,
  /// impact, component, releases}], lacked: […]}`.
  package var json: String { String(decoding: JSONWriter.bytes(of: data), as: UTF8.self) }

  var data: Value {
    [
      "product": .text(product.id.text), "from": .text(from.version.text), "to": .text(to.version.text),
      "releases": .list(releases.map { .text($0.version.text) }), "stops": .list(stops.map { .text($0) }),
      "changes": .list(gained.map(Difference.data)), "lacked": .list(lacked.map(Difference.data)),
    ]
  }

  private static func data(of entry: Entry) -> Value {
    let change = entry.change
    func text(_ prose: Prose?) -> Value { prose.map { .text($0.whole.plainText) } ?? .null }
    return [
      "id": .text(change.id), "kind": change.kind.map { .text($0.rawValue) } ?? .null, "text": text(change.text),
      "markdown": .text(change.text.whole.markdown), "action": text(change.action), "impact": text(change.impact),
      "component": change.component.map { .text($0) } ?? .null,
      "releases": .list(entry.releases.map { .text($0.version.text) }),
    ]
  }

  /// The difference for a terminal: `+` for what `to` has, `-` for fixes that it lacks.
  package var text: String {
    var text = "\(product.name) \(from.version.text) to \(to.version.text): \(releases.count) release"
    text += (releases.count == 1 ? "" : "s") + releases.map { ", " + $0.version.text }.joined() + "\n"
    for stop in stops { text += "! \(stop) must not be skipped\n" }
    for entry in lacked { text += line("-", entry) }
    for (_, entries) in groups { for entry in entries { text += line("+", entry) } }
    return text
  }

  private func line(_ sign: String, _ entry: Entry) -> String {
    let kind = entry.change.kind?.rawValue ?? "other"
    let words = entry.change.text.whole.plainText.split(separator: "\n").joined(separator: " ")
    let versions = entry.releases.map(\.version.text).joined(separator: ", ")
    return "\(sign) \(kind)\(String(repeating: " ", count: max(1, 14 - kind.count)))\(words) (\(versions))\n"
  }
}
