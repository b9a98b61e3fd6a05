import Diagnostics
import Model

/// The notes of a release as one Markdown text, in the order of its page.
struct NotesMarkdown {
  let scope: PageScope
  let facts: ProductFacts
  private let release: Release

  init(scope: PageScope, facts: ProductFacts, position: Int) {
    (self.scope, self.facts) = (scope, facts)
    release = facts.releases[position]
  }

  var text: String {
    var parts = ["# \(facts.product.name) \(release.version.text)" + (release.title.map { ": " + $0 } ?? ""), dateline]
    if let summary = release.summary { parts.append(scope.markdown(summary)) }
    parts += [changes(of: .breaking), security].compactMap { $0 }
    if let notes = release.notes, !notes.isAllChanges { parts.append(scope.markdown(notes.prose)) }
    parts += Wording.listedKinds.compactMap { changes(of: $0) }
    if let issues = knownIssues { parts.append(issues) }
    return parts.map { trimmed($0) }.joined(separator: "\n\n") + "\n"
  }

  private var dateline: String {
    let status = Wording.words(for: release.status)
    return release.date.map {
      "\(status)\(release.status.isUpcoming ? " for" : ",") \($0.words(in: scope.edition.zone))."
    }
      ?? status + "."
  }

  private func changes(of kind: Change.Kind?) -> String? {
    // By their places, for there are many kinds, and a change is costly to copy.
    let places = release.changes.indices.filter { place in
      if case .prose = release.changes[place].origin { return false }
      return release.changes[place].kind == kind
    }
    guard !places.isEmpty else { return nil }
    return "## \(Wording.heading(for: kind))\n\n"
      + places.map { line(for: release.changes[$0]) }.joined(separator: "\n")
  }

  private func line(for change: Change) -> String {
    var lines = [(change.component.map { "**\($0)**: " } ?? "") + scope.markdown(change.text)]
    if let impact = change.impact { lines.append("Impact: " + scope.markdown(impact)) }
    if let action = change.action { lines.append("Action: " + scope.markdown(action)) }
    if !change.furtherReferences.isEmpty {
      lines[0] = trimmed(lines[0]) + " (" + change.furtherReferences.joined(separator: ", ") + ")"
    }
    return item(lines)
  }

  private var security: String? {
    let vulnerabilities = release.security.map { vulnerability in
      let severity = vulnerability.severity.map { ", \($0.rawValue)" } ?? ""
      let state = vulnerability.isFixed ? "" : " (not fixed yet)"
      let summary = vulnerability.summary.map { ": " + scope.markdown($0) } ?? ""
      return item(["**\(vulnerability.id)**\(severity)\(state)\(summary)"])
    }
    let changes = changes(of: .security)
    guard !vulnerabilities.isEmpty else { return changes }
    let list = changes.map { [$0] } ?? ["## Security\n"]
    return (list + vulnerabilities).joined(separator: "\n")
  }

  private var knownIssues: String? {
    guard !release.knownIssues.isEmpty else { return nil }
    return "## Known issues\n\n"
      + release.knownIssues.map { issue in
        var lines = [scope.markdown(issue.text)]
        if let workaround = issue.workaround { lines.append("Workaround: " + scope.markdown(workaround)) }
        if let version = issue.fixedIn { lines.append("Fixed in \(version.value).") }
        return item(lines)
      }.joined(separator: "\n")
  }

  /// Paragraphs as one item of a list.
  private func item(_ paragraphs: [String]) -> String {
    let text = paragraphs.map { trimmed($0) }.joined(separator: "\n\n")
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return "- " + text }
    return "- "
      + text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n").dropFirst(2)
  }

  private func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while let last = text.utf8.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: " ") { text.removeLast() }
    return text
  }
}
