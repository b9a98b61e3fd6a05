import Model

/// The ids that the entries of a release have on its page.
///
/// Each is unique and none is an id that the template itself uses.
struct Anchors: Sendable {
  private(set) var changes: [String] = []
  private(set) var vulnerabilities: [String] = []
  private(set) var issues: [String] = []
  /// Headings of the notes whose anchor the template uses, with what they are called instead.
  private(set) var renamedHeadings: [(old: String, new: String)] = []

  private static let reserved: Set<String> = [
    "main", "search-field", "what-to-do", "breaking", "security", "notes", "changes", "known-issues", "upgrade",
    "dependencies", "downloads", "releases", "support", "commits", "results", "count",
  ]

  init(of release: Release) {
    var names = UniqueNames(reserved: Anchors.reserved)
    func unique(_ wanted: String) -> String {
      let wanted = wanted.isEmpty ? "entry" : wanted
      let isReserved = wanted.hasPrefix("g-") || Anchors.reserved.contains(wanted)
      return names.name(isReserved ? "c-" + wanted : wanted)
    }
    if let notes = release.notes, !notes.isAllChanges {
      for heading in notes.prose.whole.headings {
        let anchor = unique(heading.anchor)
        if anchor != heading.anchor { renamedHeadings.append((heading.anchor, anchor)) }
      }
    }
    let areBareCommits = release.isBareCommits
    changes = release.changes.map { change in
      if areBareCommits { return "commits" }
      if case .prose(let anchor) = change.origin { return Anchors.heading(anchor, renamed: renamedHeadings) }
      return unique(change.id)
    }
    vulnerabilities = release.security.map { unique(pageID($0.id)) }
    issues = release.knownIssues.enumerated().map { unique($1.id ?? "issue-\($0 + 1)") }
  }

  private static func heading(_ anchor: String?, renamed: [(old: String, new: String)]) -> String {
    guard let anchor else { return "notes" }
    return renamed.first { $0.old == anchor }?.new ?? anchor
  }
}

/// A text as an id within a page, which is never empty.
func pageID(_ text: String) -> String {
  let id = slug(text)
  return id.isEmpty ? "x" : id
}
