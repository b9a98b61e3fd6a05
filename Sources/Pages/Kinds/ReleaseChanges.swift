import Diagnostics
import Model
import Templates

/// What a release changes, in the parts of its page: breaking, security, prose, the rest by kind, or bare commits.
struct ReleaseChanges {
  let scope: PageScope
  let facts: ProductFacts
  let release: Release
  let anchors: Anchors

  /// The changes that the page lists: those that its prose does not tell already.
  private var listed: [Int] {
    release.changes.indices.filter { index in
      if case .prose = release.changes[index].origin { false } else { true }
    }
  }

  private func value(_ index: Int) -> Value {
    scope.value(of: release.changes[index], anchor: anchors.changes[index], in: facts)
  }

  var breaking: Value { items(listed.filter { release.changes[$0].kind == .breaking }.map { value($0) }) }

  var security: Value {
    let changes = listed.filter { release.changes[$0].kind == .security }.map { value($0) }
    guard !release.security.isEmpty || !changes.isEmpty else { return .null }
    let vulnerabilities = zip(release.security, anchors.vulnerabilities).map { scope.value(of: $0, anchor: $1) }
    return ["items": .list(vulnerabilities), "changes": .list(changes)]
  }

  var notes: Value {
    guard let notes = release.notes, !notes.isAllChanges, !notes.prose.whole.isEmpty else { return .null }
    var markup = scope.markup(notes.prose.whole)
    for (old, new) in anchors.renamedHeadings {
      // The template has an element of this id itself.
      if let place = markup.firstRange(of: "id=\"\(old)\"") { markup.replaceSubrange(place, with: "id=\"\(new)\"") }
      markup.replace("href=\"#\(old)\"", with: "href=\"#\(new)\"")
    }
    return .html(SafeHTML(trusted: markup))
  }

  var groups: Value {
    guard !release.isBareCommits else { return .null }
    var byKind: [Change.Kind?: [Int]] = [:]
    var count = 0
    for index in listed where release.changes[index].kind != .breaking && release.changes[index].kind != .security {
      byKind[release.changes[index].kind, default: []].append(index)
      count += 1
    }
    guard count > 0 else { return .null }
    let groups: [(kind: Change.Kind?, indices: [Int])] = Wording.listedKinds.compactMap { kind in
      byKind[kind].map { (kind, $0) }
    }
    return [
      "count": .number(count), "filter": filter(groups, count: count),
      "groups": .list(
        groups.map { kind, indices in
          [
            "id": .text(kind?.rawValue ?? "other"), "text": .text(Wording.heading(for: kind)),
            "items": .list(indices.map { value($0) }),
          ]
        }),
    ]
  }

  private func filter(_ groups: [(kind: Change.Kind?, indices: [Int])], count: Int) -> Value {
    guard count > 5 else { return .null }
    var components: [String: (text: String, count: Int)] = [:]
    for index in groups.flatMap(\.indices) {
      guard let component = release.changes[index].component else { continue }
      components[scope.filterID(of: component), default: (component, 0)].count += 1
    }
    guard groups.count >= 2 || components.count >= 2 else { return .null }
    return [
      "kinds": .list(
        groups.map { kind, indices in
          [
            "id": .text(kind?.rawValue ?? "other"), "text": .text(Wording.heading(for: kind)),
            "count": .number(indices.count),
          ]
        }),
      "components": .list(
        components.sorted { $0.key < $1.key }.map { id, component in
          ["id": .text(id), "text": .text(component.text), "count": .number(component.count)]
        }),
    ]
  }

  var commits: Value {
    guard release.isBareCommits else { return .null }
    return items(
      release.changes.map { change in
        let isCommit = change.id.hasPrefix("c-")
        let short = isCommit ? String(change.id.dropFirst(2).prefix(8)) : nil
        return ["subject": scope.inline(change.text), "short": .text(short)]
      })
  }

  /// Where the notes come from when nobody wrote them for this page.
  var provenance: String? {
    if let notes = release.notes {
      guard notes.origin == .changelog else { return nil }
      return scope.edition.isInternal ? "Notes from \(notes.location.file)." : "Notes from the changelog."
    }
    let commits = release.changes.count { $0.origin == .commit }
    guard commits > 0, commits == release.changes.count else { return nil }
    let since = release.previous.map { " since \($0.text)" } ?? ""
    return "Notes from \(Wording.count(commits, "commit", "commits"))\(since)."
  }

  var knownIssues: Value {
    items(
      zip(release.knownIssues, anchors.issues).map { issue, anchor in
        [
          "id": .text(anchor), "text": scope.inline(issue.text), "workaround": scope.inline(issue.workaround),
          "fixed_in": issue.fixedIn.map { scope.reference(to: $0.value, of: facts) } ?? .null,
          "internal": .flag(issue.audience == .internal),
        ]
      })
  }
}

extension Release {
  /// Whether nothing is known but the subjects of commits, and none says of what kind it is.
  var isBareCommits: Bool { !changes.isEmpty && changes.allSatisfy { $0.origin == .commit && $0.kind == nil } }
}
