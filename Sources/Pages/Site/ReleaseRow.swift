import Model
import Templates

/// What people scan a list of releases for.
enum Mark: String, CaseIterable, Sendable {
  case breaking, security, action

  var words: String {
    switch self {
    case .breaking: "Breaking"
    case .security: "Security"
    case .action: "Action needed"
    }
  }

  var choice: Value { Wording.choice(rawValue, words) }
}

extension Release {
  var marks: [Mark] {
    var marks: [Mark] = []
    if changes.contains(where: { $0.kind == .breaking }) { marks.append(.breaking) }
    if security.contains(where: \.isFixed) || changes.contains(where: { $0.kind == .security }) {
      marks.append(.security)
    }
    if changes.contains(where: { $0.action != nil }) { marks.append(.action) }
    return marks
  }

  /// A sentence about it in plain words: from its summary, else its notes.
  var brief: String? {
    Wording.excerpt(
      summary?.whole.plainText ?? notes.flatMap { $0.isAllChanges ? nil : $0.prose.whole.plainText } ?? "")
  }
}

extension PageScope {
  /// A release as one row of a list.
  func row(_ position: Int, of facts: ProductFacts) -> Value {
    let release = facts.releases[position]
    return [
      "product": reference(to: facts), "version": .text(release.version.text), "link": link(to: facts.routes[position]),
      "title": .text(release.title), "summary": .text(release.brief), "status": Wording.choice(release.status),
      "unusual": .flag(release.status != .released), "type": Wording.choice(release.kind),
      "latest": .flag(facts.latest == position), "date": release.date.map(dates.day) ?? .null,
      "ahead": .flag(release.status.isUpcoming), "marks": .list(release.marks.map(\.choice)),
      "internal": .flag(facts.isInternal(release)),
    ]
  }

  /// A release as a version with a link and a date.
  func glance(_ position: Int?, of facts: ProductFacts) -> Value {
    guard let position else { return .null }
    let release = facts.releases[position]
    return [
      "version": .text(release.version.text), "link": link(to: facts.routes[position]),
      "date": release.date.map(dates.day) ?? .null,
    ]
  }
}

extension ProductFacts {
  func isInternal(_ release: Release) -> Bool { max(product.audience, release.audience) == .internal }
}
