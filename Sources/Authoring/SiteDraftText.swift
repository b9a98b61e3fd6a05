import Model

extension SiteDraft {
  static func siteFile(named name: String, remote: RemoteAddress?) -> String {
    var text = """
      # The site. Every key but `title` is optional; `gazette check` says what is wrong here.
      title: \(quoted("\(name) releases"))

      # Where the site will be. Feeds, the sitemap and links for search engines need it.
      # url: https://releases.example.com/

      # For dates without a time, and for what the pages say.
      # time_zone: Europe/London
      # language: en


      """
    let references = remote?.references ?? []
    text += "# What becomes a link in notes.\n"
    if references.isEmpty {
      text += "# references:\n#   - {match: '#(\\d+)', url: 'https://code.example.com/issues/$1'}\n"
    } else {
      text += "references:\n"
      for reference in references {
        text += "  - {match: \(quoted(reference.match)), url: \(quoted(reference.url))}\n"
      }
    }
    text += """

      # Replace single templates, or add files, from folders of this repository.
      # theme: {templates: docs/theme/templates, files: docs/theme/files}

      """
    return text
  }

  static func productFile(_ product: ProductDraft) -> String {
    var text = """
      # A product: something that is released. The name of this file is its id in addresses, so keep it.
      name: \(quoted(product.name))
      # summary: One sentence about what it is.
      # kind: package               # service | package | application | firmware

      # How versions are written: semver | calver | pep440 | numeric | dated
      versioning: \(product.series.first?.versioning.rawValue ?? "semver")


      """
    text +=
      "# Each tag that matches is a release. Notes come from its section in the changelog, else from its commits.\n"
    if product.series.count <= 1 {
      text += "source:\n" + source(product, product.series.first, id: nil, indent: "  ")
    } else {
      text += "sources:\n"
      for (index, series) in product.series.enumerated() {
        text += source(product, series, id: index == 0 ? "main" : "tags-\(index + 1)", indent: "    ")
      }
    }
    text += """

      # Release lines, and how long each is looked after.
      # lines:
      #   - {id: '2', match: '2.*', released: 2026-01-31, active_until: 2027-01-31, security_until: 2028-01-31}

      # To say more about a release than its tag does, write \(releaseExample(product)):
      #   status: released
      #   summary: What is new, in a sentence.

      """
    return text
  }

  private static func source(
    _ product: ProductDraft, _ series: TagSurvey.Series?, id: String?, indent: String
  ) -> String {
    var lines: [String] = []
    if let id { lines.append("id: \(id)") }
    if product.folder != "." { lines.append("path: \(quoted(product.folder))") }
    lines.append("tags: \(quoted(series?.pattern ?? "v{version}"))")
    lines.append("discover: true")
    lines.append(product.changelog.map { "changelog: \(quoted($0))" } ?? "# changelog: CHANGELOG.md")
    let start = id == nil ? indent : indent.dropLast(2) + "- "
    return zip(lines.indices, lines).map { ($0 == 0 ? start : indent) + $1 + "\n" }.joined()
  }

  private static func releaseExample(_ product: ProductDraft) -> String {
    let version = product.series.first?.newest?.text ?? "1.0.0"
    return "releases/\(product.id)/\(version).yml"
  }

  /// As a YAML scalar in single quotes: nothing in it means anything but itself.
  private static func quoted(_ text: String) -> String {
    let line = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    return "'" + line.replacing("'", with: "''") + "'"
  }
}
