import Model
import Templates

/// Changes as templates show them.
extension PageScope {
  func value(of change: Change, anchor: String, in facts: ProductFacts) -> Value {
    let (text, detail) = split(change.text)
    return [
      "id": .text(anchor), "text": .html(text), "detail": .html(detail), "kind": Wording.choice(change.kind),
      "component": component(change.component), "action": inline(change.action), "impact": inline(change.impact),
      "refs": .list(
        change.furtherReferences.map { ["text": .text($0), "link": .text(edition.ledger.referenceLinks[$0])] }),
      "backport_of": origin(of: change, in: facts), "authors": .null,
      "internal": .flag(change.audience == .internal || change.kind == .internal),
    ]
  }

  func component(_ name: String?) -> Value { name.map { Wording.choice(filterID(of: $0), $0) } ?? .null }

  /// What a filter calls it: of names with other letters than ASCII's, their bytes, so that no two are the same.
  func filterID(of name: String) -> String {
    pageID(name.utf8.allSatisfy { $0 < 0x80 } ? name : Route.segment(name))
  }

  private func origin(of change: Change, in facts: ProductFacts) -> Value {
    guard let id = change.backportOf, let position = facts.origins[id] else { return .null }
    let release = facts.releases[position]
    let anchors = Anchors(of: release)
    let anchor = release.changes.firstIndex { $0.id == id }.map { anchors.changes[$0] }
    return ["text": .text(release.version.text), "link": link(to: facts.routes[position], fragment: anchor)]
  }

  func value(of vulnerability: Vulnerability, anchor: String) -> Value {
    let advisory = edition.advisory(of: vulnerability.id)
    return [
      "anchor": .text(anchor), "id": .text(vulnerability.id), "aliases": .list(vulnerability.aliases.map { .text($0) }),
      "severity": vulnerability.severity.map(Wording.choice) ?? .null, "cvss": .text(vulnerability.score.map(score)),
      "summary": vulnerability.summary.map { inline($0) } ?? .words("No description is published."),
      "fixed": .flag(vulnerability.isFixed), "disclosed": vulnerability.disclosed.map(dates.day) ?? .null,
      "link": advisory.map { link(to: .security, fragment: $0.anchor) } ?? .null,
      "internal": .flag(vulnerability.audience == .internal),
    ]
  }
}

extension Change {
  /// Without those that its text holds, as it does in a changelog.
  var furtherReferences: [String] {
    references.filter { text.whole.plainText.firstRange(of: $0) == nil }
  }
}

/// A CVSS score with one decimal.
func score(_ score: Double) -> String {
  let tenths = Int((score * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
