package import Diagnostics
package import Model
import Pages
package import Templates

/// The notes between two versions, merged, for people to paste: actions first, then the changes by kind, then what the
/// releases say as a text.
package struct MergedNotes: Sendable {
  package enum Format: String, CaseIterable, Sendable { case markdown, html, json }

  package let notes: UpgradeNotes
  /// The site's address, for links in HTML; relative to the site's root without one.
  package let address: String

  package init(_ notes: UpgradeNotes, address: String?) {
    (self.notes, self.address) = (notes, address ?? "")
  }

  /// - Parameter templates: Those of the site; the HTML is drawn with `notes.mustache`.
  package func text(as format: Format, with templates: TemplateLibrary, into report: inout Report) -> String {
    switch format {
    case .markdown: return markdown
    case .json: return notes.json
    case .html:
      var bytes: [UInt8] = []
      templates.render("notes", with: html, into: &bytes, report: &report)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private var title: String { "\(notes.product.name) \(from) to \(to)" }
  private var from: String { notes.from.version.text }
  private var to: String { notes.to.version.text }
  private var lacksFixes: Bool { !notes.missing.isEmpty || !notes.missingFixes.isEmpty }
  private var hasAdvice: Bool { !notes.stops.isEmpty || !notes.actions.isEmpty }

  /// A heading with what stands under it.
  private struct Group {
    var heading: String
    var weaknesses: [UpgradeNotes.Weakness] = []
    var entries: [UpgradeNotes.Entry] = []
  }

  /// Those that have something, in the order that readers need them. What was read out of a text is not here, for the
  /// text itself follows.
  private var groups: [Group] {
    let listed = notes.changes.filter { if case .prose = $0.change.origin { false } else { true } }
    return (Change.Kind.allCases + [nil]).compactMap { kind in
      let entries = listed.filter { $0.change.kind == kind }
      let weaknesses = kind == .security ? notes.fixed : []
      return entries.isEmpty && weaknesses.isEmpty
        ? nil : Group(heading: Wording.heading(for: kind), weaknesses: weaknesses, entries: entries)
    }
  }

  /// Releases with a text that is more than the list of their changes.
  private var texts: [(release: Release, texts: [Prose])] {
    notes.releases.compactMap { release in
      let notes = release.notes.flatMap { $0.isAllChanges ? nil : $0.prose }
      let texts = [release.summary, notes].compactMap { $0 }
      return texts.isEmpty ? nil : (release, texts)
    }
  }

  // MARK: Markdown

  private var markdown: String {
    var text = "# \(title)\n"
    if lacksFixes {
      text += "\n> [!WARNING]\n> \(to) lacks fixes that \(from) has:\n>\n"
      let items = notes.missingFixes.map(item).joined() + notes.missing.map { item($0) }.joined()
      text += MergedNotes.lines(of: items).map { ($0.isEmpty ? ">" : "> \($0)") + "\n" }.joined()
    }
    if hasAdvice { text += "\n## What to do\n\n" }
    for stop in notes.stops { text += "- Upgrade to \(stop.text) first: it must not be skipped\n" }
    for entry in notes.actions { text += action(entry) }
    for group in groups {
      text += "\n## \(group.heading)\n\n"
      text += group.weaknesses.map(item).joined() + group.entries.map { item($0) }.joined()
    }
    for (release, texts) in texts {
      text += "\n## \(release.version.text)" + (release.title.map { ": " + $0 } ?? "") + "\n"
      for prose in texts { text += "\n" + MergedNotes.lines(of: markdown(of: prose)).joined(separator: "\n") + "\n" }
    }
    if notes.releases.isEmpty { text += "\n\(from) contains everything that \(to) has.\n" }
    return text
  }

  private func item(_ entry: UpgradeNotes.Entry) -> String {
    item([entry.change.text] + [entry.change.impact].compactMap { $0 }, release: entry.release)
  }

  private func action(_ entry: UpgradeNotes.Entry) -> String {
    item(paragraphs(of: entry), release: entry.release)
  }

  /// What to do, where somebody says it, then why.
  private func paragraphs(of entry: UpgradeNotes.Entry) -> [Prose] {
    [entry.change.action, entry.change.text, entry.change.impact].compactMap { $0 }
  }

  private func item(_ weakness: UpgradeNotes.Weakness) -> String {
    let vulnerability = weakness.vulnerability
    let severity = vulnerability.severity.map { ", \($0.rawValue)" } ?? ""
    let summary = vulnerability.summary.map { ": " + markdown(of: $0) } ?? ""
    return MergedNotes.item(["**\(vulnerability.id)**" + severity + summary], release: weakness.release)
  }

  private func item(_ paragraphs: [Prose], release: Version) -> String {
    MergedNotes.item(paragraphs.map(markdown), release: release)
  }

  /// Without the site's address, links into it would lead nowhere.
  private func markdown(of prose: Prose) -> String {
    prose.whole.markdown { destination, fragment in
      address.isEmpty ? nil : link(to: destination, fragment: fragment)
    }
  }

  /// One item of a list; the release stands behind the first line.
  private static func item(_ paragraphs: [String], release: Version) -> String {
    var text = ""
    for paragraph in paragraphs {
      if !text.isEmpty { text += "\n" }
      for line in lines(of: paragraph) {
        let isFirst = text.isEmpty
        text += (isFirst ? "- " : line.isEmpty ? "" : "  ") + line + (isFirst ? " (\(release.text))" : "") + "\n"
      }
    }
    return text
  }

  private static func lines(of markdown: String) -> [Substring] {
    var lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: HTML

  private var html: Value {
    func value(_ texts: [Prose], _ release: Version, name: String? = nil) -> Value {
      [
        "name": .text(name), "release": .text(release.text),
        "text": .html(SafeHTML(trusted: texts.first.map(markup) ?? "")),
        "rest": .list(texts.dropFirst().map { .html(SafeHTML(trusted: markup($0))) }),
      ]
    }
    func values(_ weaknesses: [UpgradeNotes.Weakness]) -> [Value] {
      weaknesses.map {
        value([$0.vulnerability.summary].compactMap { $0 }, $0.release, name: $0.vulnerability.id)
      }
    }
    func values(_ entries: [UpgradeNotes.Entry]) -> [Value] {
      entries.map { value([$0.change.text, $0.change.impact].compactMap { $0 }, $0.release) }
    }
    return [
      "title": .text(title), "from": .text(from), "to": .text(to),
      "lacked": lacksFixes ? ["items": .list(values(notes.missingFixes) + values(notes.missing))] : .null,
      "advice": hasAdvice
        ? [
          "stops": .list(notes.stops.map { ["version": .text($0.text)] }),
          "items": .list(notes.actions.map { value(paragraphs(of: $0), $0.release) }),
        ] : .null,
      "groups": .list(
        groups.map {
          ["heading": .text($0.heading), "items": .list(values($0.weaknesses) + values($0.entries))]
        }),
      "notes": .list(
        texts.map { release, texts in
          [
            "version": .text(release.version.text),
            "texts": .list(texts.map { .html(SafeHTML(trusted: markup($0))) }),
          ]
        }),
    ]
  }

  private func markup(_ prose: Prose) -> String {
    prose.whole.pieces.map { piece in
      switch piece {
      case .html(let html): html
      case .address(let destination, let fragment): escaped(link(to: destination, fragment: fragment))
      }
    }.joined()
  }

  private func link(to destination: Destination, fragment: String?) -> String {
    let route: Route =
      switch destination {
      case .home: .home
      case .product(let id): .product(id.text)
      case .release(let id): .release(id)
      case .guide(let page): .guide(page)
      case .incident(let id): Route("incidents/\(Route.segment(id))/index.html")
      case .asset(let path): Route(path)
      }
    return address + route.address + (fragment.map { "#" + $0 } ?? "")
  }
}
