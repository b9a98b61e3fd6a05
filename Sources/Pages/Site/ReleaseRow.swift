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

  /// A sentence about it in plain words: of its summary, else of the first words in its notes that tell something, else
  /// its first change.
  func brief(limit: Int = 160) -> String? {
    if let summary { return Wording.excerpt(summary.whole.plainText, limit: limit) }
    if let notes, !notes.isAllChanges, let line = tellingLine(of: notes.prose.whole) {
      return Wording.excerpt(line, limit: limit)
    }
    if isBareCommits { return Wording.count(changes.count, "commit", "commits") }
    let kinds: [Change.Kind?] = [.breaking, .security] + Wording.listedKinds
    let first = kinds.lazy.compactMap { kind in changes.first { $0.kind == kind } }.first
    return first.flatMap { Wording.excerpt($0.text.whole.plainText, limit: limit) }
  }

  /// The first line that is neither a heading nor a few words above a list, nor the title again.
  private func tellingLine(of text: RichText) -> String? {
    let plain = text.plainText
    var headings = Set(text.headings.map(\.text))
    if let title { headings.insert(title) }
    var start = plain.startIndex
    while start < plain.endIndex {
      let end = plain.utf8[start...].firstIndex(of: UInt8(ascii: "\n")) ?? plain.endIndex
      let line = String(plain[start..<end])
      start = end < plain.endIndex ? plain.utf8.index(after: end) : end
      let isLabel = line.hasSuffix(":") || (line.utf8.count { $0 == UInt8(ascii: " ") } < 3 && !line.hasSuffix("."))
      if !line.isEmpty, !headings.contains(line), !isLabel || start == plain.endIndex { return line }
    }
    return nil
  }
}

extension PageScope {
  /// A release as one row of a list.
  func row(_ position: Int, of facts: ProductFacts) -> Value {
    let release = facts.releases[position]
    return [
      "product": reference(to: facts), "version": .text(release.version.text), "link": link(to: facts.routes[position]),
      "title": .text(release.title), "summary": .text(release.brief()), "status": Wording.choice(release.status),
      "unusual": .flag(release.status != .released), "type": Wording.choice(release.kind),
      "latest": .flag(facts.latest == position), "date": release.date.map(dates.day) ?? .null,
      "ahead": .flag(release.status.isUpcoming || (release.status == .cancelled && release.date != nil)),
      "marks": .list(release.marks.map(\.choice)),
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
