package import Diagnostics
import Model
import Pages
import Templates

/// The notes between two versions, merged, for people to paste: actions first, then the changes by kind.
package struct MergedNotes: Sendable {
  package enum Format: String, CaseIterable, Sendable { case markdown, html, json }

  package let difference: Difference
  /// The site's address, for links in HTML; relative to the site's root without one.
  package let address: String

  package init(_ difference: Difference, address: String?) {
    (self.difference, self.address) = (difference, address ?? "")
  }

  package func text(as format: Format, into report: inout Report) -> String {
    switch format {
    case .markdown: return markdown
    case .json: return String(decoding: JSONWriter.bytes(of: difference.data), as: UTF8.self)
    case .html:
      var bytes: [UInt8] = []
      let template = TemplateSource(file: "notes.mustache", bytes: Array(MergedNotes.template.utf8))
      let library = TemplateLibrary(sources: ["notes": template], into: &report)
      library.render("notes", with: html, into: &bytes, report: &report)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private var title: String {
    "\(difference.product.name) \(difference.from.version.text) to \(difference.to.version.text)"
  }

  static func heading(_ kind: Change.Kind?) -> String {
    switch kind {
    case .breaking: "Breaking changes"
    case .security: "Security"
    case .feature: "Features"
    case .improvement: "Improvements"
    case .fix: "Fixes"
    case .deprecation: "Deprecations"
    case .removal: "Removals"
    case .performance: "Performance"
    case .documentation: "Documentation"
    case .dependency: "Dependencies"
    case .internal: "Internal"
    case nil: "Other changes"
    }
  }

  // MARK: Markdown

  private var markdown: String {
    var text = "# \(title)\n"
    if !difference.lacked.isEmpty {
      text += "\n> [!WARNING]\n> \(difference.to.version.text) lacks fixes that \(difference.from.version.text) has:\n"
      text += ">\n"
      text += difference.lacked.map { item($0, marker: "> - ", indent: ">   ") }.joined()
    }
    if !difference.stops.isEmpty || !difference.actions.isEmpty { text += "\n## What to do\n\n" }
    for stop in difference.stops { text += "- Upgrade to \(stop) first: it must not be skipped\n" }
    for entry in difference.actions {
      guard let action = entry.change.action else { continue }
      text += MergedNotes.indented(action.whole.markdown, marker: "- ", indent: "  ", suffix: versions(of: entry))
    }
    for (kind, entries) in difference.groups {
      text += "\n## \(MergedNotes.heading(kind))\n\n" + entries.map { item($0, marker: "- ", indent: "  ") }.joined()
    }
    for release in difference.texts {
      guard let notes = release.notes else { continue }
      text += "\n## \(release.version.text)\n\n\(notes.prose.whole.markdown)"
      if !text.hasSuffix("\n") { text += "\n" }
    }
    if difference.releases.isEmpty {
      text += "\n\(difference.from.version.text) contains everything that \(difference.to.version.text) has.\n"
    }
    return text
  }

  private func item(_ entry: Difference.Entry, marker: String, indent: String) -> String {
    MergedNotes.indented(entry.change.text.whole.markdown, marker: marker, indent: indent, suffix: versions(of: entry))
  }

  private func versions(of entry: Difference.Entry) -> String {
    " (" + entry.releases.map(\.version.text).joined(separator: ", ") + ")"
  }

  private static func indented(_ markdown: String, marker: String, indent: String, suffix: String) -> String {
    var lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    var text = ""
    for (number, line) in lines.enumerated() {
      text += (number == 0 ? marker : line.isEmpty ? "" : indent) + line + (number == 0 ? suffix : "") + "\n"
    }
    return text
  }

  // MARK: HTML

  private static let template = """
    <h1>{{title}}</h1>
    {{#lacked}}
    <p><strong>{{to}} lacks fixes that {{from}} has:</strong></p>
    <ul>
    {{#items}}
    <li>{{{text}}} ({{versions}})</li>
    {{/items}}
    </ul>
    {{/lacked}}
    {{#advice}}
    <h2>What to do</h2>
    <ul>
    {{#stops}}
    <li>Upgrade to {{version}} first: it must not be skipped</li>
    {{/stops}}
    {{#items}}
    <li>{{{text}}} ({{versions}})</li>
    {{/items}}
    </ul>
    {{/advice}}
    {{#groups}}
    <h2>{{heading}}</h2>
    <ul>
    {{#items}}
    <li>{{{text}}} ({{versions}})</li>
    {{/items}}
    </ul>
    {{/groups}}
    {{#notes}}
    <h2>{{version}}</h2>
    {{{text}}}
    {{/notes}}

    """

  private var html: Value {
    func items(_ entries: [Difference.Entry], _ text: (Change) -> Prose?) -> Value {
      .list(
        entries.compactMap { entry in
          text(entry.change).map { prose in
            [
              "text": .html(SafeHTML(trusted: markup(prose))),
              "versions": .text(entry.releases.map(\.version.text).joined(separator: ", ")),
            ]
          }
        })
    }
    let hasAdvice = !difference.stops.isEmpty || !difference.actions.isEmpty
    return [
      "title": .text(title), "from": .text(difference.from.version.text), "to": .text(difference.to.version.text),
      "lacked": difference.lacked.isEmpty ? .null : ["items": items(difference.lacked) { $0.text }],
      "advice": !hasAdvice
        ? .null
        : [
          "stops": .list(difference.stops.map { ["version": .text($0)] }),
          "items": items(difference.actions) { $0.action },
        ],
      "groups": .list(
        difference.groups.map { kind, entries in
          ["heading": .text(MergedNotes.heading(kind)), "items": items(entries) { $0.text }]
        }),
      "notes": .list(
        difference.texts.compactMap { release in
          release.notes.map {
            ["version": .text(release.version.text), "text": .html(SafeHTML(trusted: markup($0.prose)))]
          }
        }),
    ]
  }

  private func markup(_ prose: Prose) -> String {
    prose.whole.pieces.map { piece in
      switch piece {
      case .html(let html): html
      case .address(let destination, let fragment): link(to: destination) + (fragment.map { "#" + $0 } ?? "")
      }
    }.joined()
  }

  private func link(to destination: Destination) -> String {
    let route: Route =
      switch destination {
      case .home: .home
      case .product(let id): .product(id.text)
      case .release(let id): .release(id)
      case .guide(let page): .guide(page)
      case .incident(let id): Route("incidents/\(Route.segment(id))/index.html")
      case .asset(let path): Route(path)
      }
    return address + route.address
  }
}
