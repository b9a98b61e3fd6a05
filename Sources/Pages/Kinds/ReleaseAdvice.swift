import Diagnostics
import Model
import Templates

/// The answer to "what should I do?" about a release.
struct ReleaseAdvice {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int
  let anchors: Anchors
  private let release: Release

  init(scope: PageScope, facts: ProductFacts, position: Int, anchors: Anchors) {
    (self.scope, self.facts, self.position, self.anchors) = (scope, facts, position, anchors)
    release = facts.releases[position]
  }

  var value: Value {
    let steps = release.status.isCurrent || release.status.isUpcoming ? self.steps : []
    return ["lead": .text(lead(steps: steps.count)), "steps": items(steps)]
  }

  private func lead(steps: Int) -> String {
    switch release.status {
    case .withdrawn, .rolledBack:
      let target = facts.replacement(for: position).map { " Use \(facts.releases[$0].version.text) instead." } ?? ""
      return "Do not install this release: it was taken back.\(target)"
    case .cancelled: return "Nothing. This release never came out."
    case .planned, .candidate, .approved:
      guard steps > 0 else { return "Nothing yet: this release is not out." }
      return "Nothing yet: this release is not out. \(things(steps)) will need your attention."
    case .rollingOut, .released: break
    }
    let worst = release.security.filter(\.isFixed).compactMap(\.severity).max(by: { rank($0) < rank($1) })
    let fixes = release.security.contains(where: \.isFixed)
    let urgency: String? =
      switch worst {
      case .critical: "Upgrade now: this release fixes a vulnerability of critical severity."
      case .high: "Upgrade soon: this release fixes a vulnerability of high severity."
      case .medium?, .low?: "This release fixes a vulnerability of \(worst?.rawValue ?? "") severity."
      case nil: fixes ? "This release fixes a vulnerability." : nil
      }
    if steps == 0 {
      guard !isWrittenElsewhere else {
        guard !release.changes.isEmpty || release.notes != nil else { return "No notes were written for this release." }
        return urgency.map { $0 + " The notes name nothing else that you must do." }
          ?? "The notes name nothing that you must do."
      }
      return urgency.map { $0 + " It asks nothing else of you." } ?? "Nothing. This release asks no action of you."
    }
    return (urgency.map { $0 + " " } ?? "") + things(steps)
      + (steps == 1 ? " needs your attention." : " need your attention.")
  }

  /// Whether the notes were not written for this page, where an action has its own place: then none that is known is
  /// not the same as none.
  private var isWrittenElsewhere: Bool {
    release.notes?.origin == .changelog
      || (release.notes == nil && release.changes.allSatisfy { $0.origin == .commit })
        && release.summary == nil
  }

  private func things(_ count: Int) -> String { Wording.numeral(count) + (count == 1 ? " thing" : " things") }

  private func rank(_ severity: Vulnerability.Severity) -> Int {
    switch severity {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }

  private var steps: [Value] { stop + requirements + actions + wayBack }

  private func step(
    _ text: Value, detail: Value = .null, link: Value = .null, words: String? = nil, label: String,
    isInternal: Bool = false
  ) -> Value {
    [
      "text": text, "detail": detail, "link": link, "link_text": .text(words), "label": .text(label),
      "internal": .flag(isInternal),
    ]
  }

  /// The last version that must not be skipped; a patch comes from its own line, so it does not ask again.
  private var stop: [Value] {
    guard release.kind == .major || release.kind == .minor,
      let stop = facts.stops(before: position).last
    else { return [] }
    return [
      step(
        .words("Go through \(facts.releases[stop].version.text) if you run anything older."),
        link: scope.link(to: facts.routes[stop]), words: "\(facts.product.name) \(facts.releases[stop].version.text)",
        label: "Required stop")
    ]
  }

  /// What other products must be at, where the release before did not ask it already.
  private var requirements: [Value] {
    let before = release.previous.flatMap { facts.positions[$0.text] }.map { facts.releases[$0].dependsOn } ?? []
    return release.dependsOn.compactMap { dependency in
      guard let version = dependency.version,
        !before.contains(where: { $0.product.value == dependency.product.value && $0.version == version })
      else { return nil }
      let other = scope.edition.product(named: dependency.product.value)
      let name = other?.product.name ?? dependency.product.value
      return step(
        .words("Have \(name) at \(constraintWords(version)) first."), link: scope.link(to: other?.route),
        words: other.map(\.product.name), label: "Needs")
    }
  }

  /// Changes with an action first, then breaking changes without one.
  private var actions: [Value] {
    let indices = release.changes.indices
    let withAction = indices.filter { release.changes[$0].action != nil }
    let breaking = indices.filter { release.changes[$0].action == nil && release.changes[$0].kind == .breaking }
    let sorted =
      withAction.filter { release.changes[$0].kind == .breaking }
      + withAction.filter { release.changes[$0].kind != .breaking }
    guard breaking.count > 3 else { return sorted.map { step(of: $0) } + breaking.map { step(of: $0) } }
    let isListed = breaking.contains { anchors.changes[$0] != "notes" && release.notes?.isAllChanges ?? true }
    return sorted.map { step(of: $0) } + [
      step(
        .words("Check which of the \(breaking.count) breaking changes concern you."),
        link: isListed ? "#breaking" : "#notes", words: isListed ? "Breaking changes" : "Notes",
        label: "Breaking changes",
        isInternal: breaking.allSatisfy { release.changes[$0].audience == .internal })
    ]
  }

  private func step(of index: Int) -> Value {
    let change = release.changes[index]
    let words = Wording.excerpt(change.text.whole.plainText, limit: 90)
    return step(
      change.action.map { scope.inline($0) } ?? .words("Check whether this change concerns you."),
      detail: scope.inline(change.impact), link: .text("#" + anchors.changes[index]), words: words ?? "The change",
      label: change.action == nil ? "Breaking change" : change.kind == .security ? "Security" : "Before upgrading",
      isInternal: change.audience == .internal)
  }

  private var wayBack: [Value] {
    switch release.upgrade.downgrade {
    case .dataLoss?:
      [
        step(
          .words("Make a backup: going back loses data."), link: "#upgrade", words: "Upgrading",
          label: "Before upgrading")
      ]
    case .unsupported?:
      [
        step(
          .words("Be sure before you begin: there is no way back."), link: "#upgrade", words: "Upgrading",
          label: "Before upgrading")
      ]
    case .supported?, nil: []
    }
  }
}

extension ProductFacts {
  /// The positions of the required stops on the way to a release, by ancestry, oldest first; what was taken back is no
  /// place to stop at.
  func stops(before position: Int) -> [Int] {
    guard !stops.isEmpty else { return [] }
    return releases.indices.reversed().filter {
      $0 != position && stops.contains(releases[$0].version.text) && releases[$0].status.isCurrent
        && shelf.lineage.contains($0, in: position)
    }
  }
}

/// A constraint such as `>=3.1` in words; one of several parts stays as written.
func constraintWords(_ constraint: String) -> String {
  let text = constraint.filter { $0 != " " }
  for (sign, words) in [(">=", " or later"), ("<=", " or earlier")] where text.hasPrefix(sign) {
    let version = text.dropFirst(2)
    if !version.contains(where: { "<>=,|".contains($0) }) { return version + words }
  }
  return constraint
}
