import Diagnostics
import Model

/// The files that say what one release is.
struct ReleaseFiles: Sendable {
  var product: ProductID
  var version: String
  var record: TextFile
  var notes: TextFile?
  /// By their names.
  var parts: [TextFile] = []
}

extension ReleaseRecord {
  /// The record and its parts as one; `nil` when something in any of them is wrong, which the check then holds.
  init?(_ files: ReleaseFiles, check: inout ShapeCheck) {
    let form = FormDeclaration.shape(ReleaseFields.shape.declaration)
    let node = check.node(of: files.record, as: form, product: files.product.text)
    let parts = files.parts.map { check.node(of: $0, as: form, product: files.product.text, isPart: true) }
    guard let node, case .mapping(var entries) = node.content, !parts.contains(where: { $0 == nil }) else { return nil }
    var found = Report()
    for case .mapping(let part)? in parts.map({ $0?.content }) {
      join(part, onto: &entries, as: ReleaseFields.shape.declaration, into: &found)
    }
    check.take(found)
    let fields = Fields(entries, at: node.location)
    guard !found.hasErrors, files.parts.isEmpty || check.holds(ReleaseFields.shape.declaration, for: fields),
      let status = fields[ReleaseFields.status]
    else { return nil }
    self.init(
      product: files.product, version: files.version, status: status, at: SourceLocation(file: files.record.path))
    take(fields)
    if let notes = files.notes { self.notes = FrontMatter.plain(notes) }
  }

  private mutating func take(_ fields: Fields) {
    kind = fields[ReleaseFields.type]
    procedure = fields[ReleaseFields.procedure]
    standardChange = fields[ReleaseFields.standardChange]
    hotfixOf = fields[ReleaseFields.hotfixOf]
    cause = fields.value(ReleaseFields.becauseOf)
    isUnplanned = fields.value(ReleaseFields.unplanned) ?? false
    title = fields[ReleaseFields.title]
    summary = fields[ReleaseFields.summary]
    reason = fields[ReleaseFields.reason]
    securityImpact = fields[ReleaseFields.securityImpact]
    risk = fields[ReleaseFields.risk]
    riskFactors = fields.list(ReleaseFields.riskFactors)
    labels = fields.values(ReleaseFields.labels)
    audience = fields[ReleaseFields.audience]
    embargoUntil = fields.value(ReleaseFields.embargo)
    owner = fields[ReleaseFields.owner]
    authors = fields.list(ReleaseFields.authors)
    scheduled = fields.value(ReleaseFields.scheduled)
    released = fields[ReleaseFields.released]
    train = fields[ReleaseFields.train]
    commits = fields.values(ReleaseFields.commits)
    if fields[ReleaseFields.commit] != nil || fields[ReleaseFields.tag] != nil {
      commits = [ReleasedCommit(commit: fields[ReleaseFields.commit], tag: fields[ReleaseFields.tag])]
    }
    previous = fields[ReleaseFields.previous]
    scopeFrozen = fields[ReleaseFields.scopeFrozen]
    build = fields.value(ReleaseFields.build)
    changes = fields.values(ReleaseFields.changes)
    security = fields.values(ReleaseFields.security)
    knownIssues = fields.values(ReleaseFields.knownIssues)
    dependsOn = fields.values(ReleaseFields.dependsOn)
    upgrade = fields.value(ReleaseFields.upgrade) ?? Upgrade()
    compatibility = fields.values(ReleaseFields.compatibility)
    artifacts = fields.values(ReleaseFields.artifacts)
    evidence = fields.values(ReleaseFields.evidence)
    acceptance = fields.values(ReleaseFields.acceptance)
    approvals = fields.values(ReleaseFields.approvals)
    environments = fields.values(ReleaseFields.environments)
    rollout = fields.value(ReleaseFields.rollout)
    rollback = fields.value(ReleaseFields.rollback)
    runbook = fields.values(ReleaseFields.runbook)
    communication = fields.values(ReleaseFields.communication)
    validation = fields.value(ReleaseFields.validation)
    review = fields.value(ReleaseFields.review)
    gates = fields.values(ReleaseFields.gates)
    amendments = fields.values(ReleaseFields.amendments)
    baseline = fields[ReleaseFields.baseline]
  }
}

/// Adds a part to what is there: lists grow, mappings are joined key by key, a single value may be set once.
///
/// Two people who look back at a release at once do not contradict each other: the first who did led it, and when they
/// did is when it was held.
private func join(
  _ part: [YAMLNode.Entry], onto entries: inout [YAMLNode.Entry], as shape: ShapeDeclaration, into report: inout Report
) {
  for entry in part where !entry.value.isNull {
    guard let index = entries.firstIndex(where: { $0.key == entry.key && !$0.value.isNull }) else {
      entries.removeAll { $0.key == entry.key }
      entries.append(entry)
      continue
    }
    switch (shape.field(entry.key)?.form, entries[index].value.content, entry.value.content) {
    case (.list, .list(let elements), .list(let more)):
      // What runs somewhere is said once, and two jobs that say the same do so.
      let isState = entry.key == ReleaseFields.environments.key
      let new = isState ? more.filter { state in !elements.contains { $0.says(state) } } : more
      entries[index].value.content = .list(elements + new)
    case (.shape(let inner), .mapping(var known), .mapping(let more)):
      join(more, onto: &known, as: inner, into: &report)
      entries[index].value.content = .mapping(known)
    default:
      // Two jobs that say the same contradict nobody.
      if let known = entries[index].value.text, known == entry.value.text { continue }
      let places = [entries[index].keyLocation, entry.keyLocation]
      if [ReviewFields.shape.declaration.name, ValidationFields.shape.declaration.name].contains(shape.name) {
        if entry.key == ReviewFields.at.key { continue }
        if entry.key == ReviewFields.by.key {
          report.warning(
            .setTwice, "`\(entry.key)` is set by more than one file of this release, and the first counts",
            at: places[1], notes: [Diagnostic.Note("the first is", at: places[0])], help: "take it out of this file")
          continue
        }
      }
      for (place, other) in zip(places, places.reversed()) {
        report.error(
          .setTwice, "`\(entry.key)` is set by more than one file of this release", at: place,
          notes: [Diagnostic.Note("also", at: other)],
          help: "put what both say into one of the files, and take it out of the other; only lists are joined")
      }
    }
  }
}
