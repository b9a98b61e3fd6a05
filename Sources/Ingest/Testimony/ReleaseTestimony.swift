import Diagnostics
import Model

/// What the history of the content says of the entries of each record.
extension TestimonyReading {
  private struct Traced: Sendable {
    var origins: [(place: SourceLocation, origin: EntryOrigin, revision: Int?)] = []
    var baselines: [(ReleaseID, RecordBaseline)] = []
    var scopes: [(ReleaseID, ScopeHistory)] = []
  }

  func readReleases(
    _ states: ContentStates, signers: Signers, into testimony: inout GitTestimony
  ) async throws(FileError) {
    let slices = await inSlices(of: records.releases.count, slices: options.slices) { range in
      var traced = Traced()
      for record in records.releases[range] { read(record, states, into: &traced) }
      return traced
    }
    var origins = slices.flatMap(\.origins)
    if questions.contains(.origins) { origins += waiverOrigins(states) + exceptionOrigins(states) }
    var signatures: [String: CommitSignature] = [:]
    if questions.contains(.originSignatures), let repository = checkout.repository {
      let commits = origins.compactMap { entry -> (id: String, revision: Int)? in
        guard case .commit(let origin) = entry.origin, let revision = entry.revision else { return nil }
        return (origin.commit.id, revision)
      }
      signatures = try await signers.signatures(of: commits, in: repository, listedIn: repository)
    }
    for entry in origins {
      guard case .commit(var origin) = entry.origin else {
        testimony.origins[entry.place] = entry.origin
        continue
      }
      origin.signature = signatures[origin.commit.id]
      testimony.origins[entry.place] = .commit(origin)
    }
    for (release, baseline) in slices.flatMap(\.baselines) { testimony.records[release] = baseline }
    for (release, scope) in slices.flatMap(\.scopes) { testimony.scopes[release] = scope }
  }

  private func read(_ record: ReleaseRecord, _ states: ContentStates, into traced: inout Traced) {
    let paths = states.paths(of: record)
    let isCompared = isCompared(record, states, paths)
    guard isTraced(record) || isCompared || isScoped(record) else { return }
    let release = ReleaseID(product: record.product, version: record.version)
    let entries = states.entries(of: paths)
    if isTraced(record) {
      let keys = entries.mapValues { EntryKey.keys(inRelease: $0, at: record.location) }
      let wanted =
        record.approvals.map { (EntryKey($0), $0.location) } + record.amendments.map { (EntryKey($0), $0.location) }
      traced.origins += OriginTracing(states: states, keys: keys).origins(of: wanted, in: paths)
    }
    if isCompared {
      let comparison = RecordComparison(states: states, entries: entries, zone: records.site.zone)
      traced.baselines.append((release, comparison.baseline(of: record, paths: paths)))
    }
    if isScoped(record), let frozen = record.scopeFrozen {
      let zone = records.site.zone
      let tracing = ScopeTracing(states: states, entries: entries, content: checkout.content, zone: zone)
      let scope = tracing.scope(of: record, frozen: frozen.value.end(in: zone), paths: paths)
      traced.scopes.append((release, scope))
    }
  }

  private func waiverOrigins(
    _ states: ContentStates
  ) -> [(place: SourceLocation, origin: EntryOrigin, revision: Int?)] {
    let paths = states.paths.filter { $0.hasPrefix(checkout.content + "/waivers/") && $0.hasSuffix(".yml") }
    var keys: [String: Set<EntryKey>] = [:]
    for path in paths {
      for blob in states.blobIDs(of: [path]) {
        if let node = states.node(blob, path: path) {
          keys[blob, default: []].formUnion(EntryKey.keys(inWaiver: node, path: path))
        }
      }
    }
    let wanted = records.policy.waivers.map { (EntryKey($0, in: $0.location.file), $0.location) }
    return OriginTracing(states: states, keys: keys).origins(of: wanted, in: paths)
  }

  private func exceptionOrigins(
    _ states: ContentStates
  ) -> [(place: SourceLocation, origin: EntryOrigin, revision: Int?)] {
    let exceptions = records.calendar.freezes.flatMap(\.exceptions)
    guard !exceptions.isEmpty else { return [] }
    let path = checkout.content + "/calendar.yml"
    var keys: [String: Set<EntryKey>] = [:]
    for blob in states.blobIDs(of: [path]) {
      if let node = states.node(blob, path: path) { keys[blob] = EntryKey.keys(inCalendar: node) }
    }
    return OriginTracing(states: states, keys: keys).origins(
      of: exceptions.map { (EntryKey($0), $0.product.location) }, in: [path])
  }

  func readPolicyChanges(
    _ states: ContentStates, signers: Signers, into testimony: inout GitTestimony
  ) async throws(FileError) {
    var found = PolicyChangeReading(states: states, content: checkout.content, keys: keyPaths).changes()
    if questions.contains(.originSignatures), let repository = checkout.repository {
      let commits = found.map { (id: $0.change.commit.id, revision: $0.revision) }
      let signatures = try await signers.signatures(of: commits, in: repository, listedIn: repository)
      for index in found.indices { found[index].change.signature = signatures[found[index].change.commit.id] }
    }
    testimony.policyChanges = found.map(\.change)
  }
}
