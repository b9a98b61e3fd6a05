import Diagnostics
import Model

/// Asks Git what the rules want to know, in a fixed number of processes.
struct TestimonyReading: Sendable {
  let checkout: Checkout
  let records: Records
  let products: [ProductDraft]
  let facts: RepositoryFacts
  let options: LoadOptions
  let questions: GitQuestions

  init(
    _ records: Records, products: [ProductDraft], facts: RepositoryFacts, in checkout: Checkout, options: LoadOptions
  ) {
    (self.records, self.products, self.facts) = (records, products, facts)
    (self.checkout, self.options) = (checkout, options)
    questions = options.questions(records.policy)
  }

  func testimony(into report: inout Report) async throws(FileError) -> GitTestimony {
    var testimony = GitTestimony()
    testimony.asked = questions
    guard !questions.isEmpty else { return testimony }
    guard let repository = checkout.repository else {
      testimony.obstacle = .noCommits
      return testimony
    }
    testimony.obstacle = try await repository.historyObstacle()
    if let obstacle = testimony.obstacle, obstacle != .shallow, obstacle != .noCommits {
      report.warning(
        .incompleteClone, "what needs history cannot be verified, for \(obstacle.words)", help: obstacle.cure)
    }
    if questions.contains(.commits) {
      try await readCommits(into: &testimony)
    }
    guard testimony.obstacle == nil, !questions.isDisjoint(with: [.origins, .laterEdits, .policyChanges, .scopes]) else {
      return testimony
    }
    var states = try await states(of: repository)
    states.take(try await repository.blobs(blobs(of: states)))
    if questions.contains(.laterEdits) { readEvidenceEdits(states, into: &testimony) }
    let signers = Signers(states: states, site: checkout.content + "/gazette.yml", given: try options.signers())
    try await readReleases(states, signers: signers, into: &testimony)
    if questions.contains(.policyChanges) { try await readPolicyChanges(states, signers: signers, into: &testimony) }
    return testimony
  }

  // MARK: Commits of releases

  private func readCommits(into testimony: inout GitTestimony) async throws(FileError) {
    let reading = try await ReleaseCommitsReading(
      products.map(\.product), facts: facts, content: checkout.content)
    for product in products {
      testimony.commits.merge(reading.commits(of: product), uniquingKeysWith: { first, _ in first })
      let drafts = Set(product.drafts.map(\.version.text))
      testimony.tagsWithoutRecord[product.product.id] = product.product.sources.flatMap { source in
        (facts.facts(of: source)?.tags ?? []).filter { tag in
          guard let version = source.tags?.version(in: tag.name) else { return false }
          return !drafts.contains(String(version)) && Version(version, scheme: product.product.versioning) != nil
        }
      }
    }
    guard questions.contains(.commitSignatures) else { return }
    let signers = try signers()
    for source in Set(products.flatMap { $0.product.sources.map(\.repository) }).sorted(by: { "\($0)" < "\($1)" }) {
      guard
        let known = products.lazy.flatMap(\.product.sources).first(where: { $0.repository == source })
          .flatMap({ facts.facts(of: $0) })
      else { continue }
      let ids = testimony.commits.values.joined().filter { $0.source.repository == source }.flatMap { $0.changes ?? [] }
      let answers = try await SignatureCheck(repository: known.repository).answers(
        for: Set(ids.map(\.commit.id)), signers: signers)
      let people = Identities(records.site.people, bots: records.site.bots)
      let signatures = answers.mapValues { CommitSignature($0, among: people) }
      testimony.sign(from: source, with: signatures)
    }
  }

  /// The list of signers as it stands.
  private func signers() throws(FileError) -> [UInt8] {
    if let given = try options.signers() { return given }
    guard let path = records.site.signing.allowedSigners?.value else { return [] }
    var unreported = Report()
    // One that is missing was reported when records were read.
    return try checkout.bytes(of: path, into: &unreported) ?? []
  }

  // MARK: History of the content

  private func states(of repository: GitRepository) async throws(FileError) -> ContentStates {
    // Keys may lie anywhere in the checkout.
    let keys = keyPaths.filter { !$0.hasPrefix(checkout.content + "/") }.sorted()
    let paths = [checkout.content] + keys
    async let history = result { () throws(FileError) in try await repository.contentHistory(of: paths) }
    async let branches = result { () throws(FileError) in try await repository.branchTouches(of: paths) }
    let graph =
      if let known = facts.graphOfCheckout { known } else { try await repository.graph() }
    return ContentStates(
      history: try await history.get(), branches: try await branches.get(), graph: graph, content: checkout.content,
      products: products.map(\.product))
  }

  private var keyPaths: Set<String> {
    Set(records.site.signing.keys.values.map(\.value) + [records.site.signing.allowedSigners?.value].compactMap { $0 })
  }

  /// The files whose states are looked into; files of releases only where the states differ in what is asked.
  private func blobs(of states: ContentStates) -> Set<String> {
    let content = checkout.content
    var ids = states.blobIDs(of: [content + "/gazette.yml"])
    if questions.contains(.origins) {
      ids.formUnion(states.blobIDs(of: states.paths.filter { $0.hasPrefix(content + "/waivers/") }))
      ids.formUnion(states.blobIDs(of: [content + "/calendar.yml"]))
    }
    for record in records.releases {
      let paths = states.paths(of: record)
      if isTraced(record) || isScoped(record) || isCompared(record, states, paths) { ids.formUnion(states.blobIDs(of: paths)) }
    }
    return ids
  }

  private func isTraced(_ record: ReleaseRecord) -> Bool {
    questions.contains(.origins) && !(record.approvals.isEmpty && record.amendments.isEmpty)
  }

  private func isScoped(_ record: ReleaseRecord) -> Bool { questions.contains(.scopes) && record.scopeFrozen != nil }

  private func isCompared(_ record: ReleaseRecord, _ states: ContentStates, _ paths: [String]) -> Bool {
    questions.contains(.laterEdits) && record.status.value.hasShipped
      && (record.baseline != nil || states.steps(of: paths).count > 1)
  }

  private struct Traced: Sendable {
    var origins: [(place: SourceLocation, origin: EntryOrigin, revision: Int?)] = []
    var baselines: [(ReleaseID, RecordBaseline)] = []
    var scopes: [(ReleaseID, ScopeHistory)] = []
  }

  private func readReleases(
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
      signatures = try await signers.signatures(of: commits, in: repository)
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

  // MARK: Edits

  private func readEvidenceEdits(_ states: ContentStates, into testimony: inout GitTestimony) {
    for path in Set(records.releases.flatMap(\.evidence).compactMap { $0.path?.value }) {
      let touches = states.history.touches(of: path)
      guard let newest = touches.first else { continue }
      let revision = states.history.revisions[newest.revision]
      testimony.evidence[path] = EvidenceHistory(
        newest: CommitMark(id: revision.id, author: revision.author, committed: revision.committed),
        wasEdited: touches.count > 1)
    }
  }

  private func readPolicyChanges(
    _ states: ContentStates, signers: Signers, into testimony: inout GitTestimony
  ) async throws(FileError) {
    var found = PolicyChangeReading(states: states, content: checkout.content, keys: keyPaths).changes()
    if questions.contains(.originSignatures), let repository = checkout.repository {
      let commits = found.map { (id: $0.change.commit.id, revision: $0.revision) }
      let signatures = try await signers.signatures(of: commits, in: repository)
      for index in found.indices { found[index].change.signature = signatures[found[index].change.commit.id] }
    }
    testimony.policyChanges = found.map(\.change)
  }
}

extension GitTestimony {
  fileprivate mutating func sign(
    from repository: SourceRepository.Repository, with signatures: [String: CommitSignature]
  ) {
    commits = commits.mapValues { sources in
      sources.map { source in
        guard source.source.repository == repository else { return source }
        var source = source
        source.changes = source.changes?.map { change in
          var change = change
          change.signature = signatures[change.commit.id]
          return change
        }
        return source
      }
    }
  }
}

/// As a result, for `async let` knows no typed errors.
private func result<Value: Sendable>(
  _ work: @Sendable () async throws(FileError) -> Value
) async -> Result<Value, FileError> {
  do throws(FileError) { return .success(try await work()) } catch { return .failure(error) }
}
