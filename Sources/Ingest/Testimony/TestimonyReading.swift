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
    if questions.contains(.log) { testimony.log = ContentLog() }
    testimony.calendar.obstacle = testimony.obstacle == .noCommits ? nil : testimony.obstacle
    let given = try options.signers()
    let ofHistory: GitQuestions = [
      .origins, .laterEdits, .policyChanges, .scopes, .commitSignatures, .log, .calendar,
    ]
    guard testimony.obstacle == nil, !questions.isDisjoint(with: ofHistory) else {
      // Without history only a list that is given tells who may sign.
      if let given {
        try await checkSignatures(Signers(given: given, people: records.site), of: nil, in: repository, into: &testimony)
      }
      return testimony
    }
    var states = try await states(of: repository)
    states.take(try await repository.blobs(blobs(of: states)))
    if questions.contains(.calendar) {
      testimony.calendar = CalendarHistoryReading(states: states, records: records, content: checkout.content).history()
      if questions == .calendar { return testimony }
    }
    if questions.contains(.laterEdits) {
      readEvidenceEdits(states, into: &testimony)
      readVanished(states, into: &testimony)
    }
    let signers = Signers(states: states, site: checkout.content + "/gazette.yml", given: given)
    try await checkSignatures(signers, of: states, in: repository, into: &testimony)
    try await readReleases(states, signers: signers, into: &testimony)
    if questions.contains(.policyChanges) { try await readPolicyChanges(states, signers: signers, into: &testimony) }
    if questions.contains(.log) {
      testimony.log = try await ContentLogReading(
        states: states, content: checkout.content, signatures: testimony.knownSignatures
      ).log(of: repository, slices: options.slices)
    }
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
      testimony.tagObstacles[product.product.id] = reading.tagObstacle(of: product.product)
    }
  }

  /// Checks the commits of releases, each with the keys that were listed before it.
  ///
  /// - Parameter states: The history of the content; `nil` where the keys are given.
  private func checkSignatures(
    _ signers: Signers, of states: ContentStates?, in checkout: GitRepository, into testimony: inout GitTestimony
  ) async throws(FileError) {
    guard questions.contains(.commitSignatures) else { return }
    let line = states.map { FirstParents(of: $0, head: checkout.head) }
    for source in Set(products.flatMap { $0.product.sources.map(\.repository) }).sorted(by: { "\($0)" < "\($1)" }) {
      guard
        let known = products.lazy.flatMap(\.product.sources).first(where: { $0.repository == source })
          .flatMap({ facts.facts(of: $0) })
      else { continue }
      let changes = testimony.commits.values.joined().filter { $0.source.repository == source }.flatMap {
        $0.changes ?? []
      }
      var seen: Set<String> = []
      let commits = changes.filter { seen.insert($0.commit.id).inserted }.map { change in
        (
          id: change.commit.id,
          revision: source == .checkout ? line?.revision(of: change) ?? -1 : line?.revision(by: change.commit.committed) ?? -1
        )
      }
      let signatures = try await signers.signatures(of: commits, in: known.repository, listedIn: checkout)
      testimony.sign(from: source, with: signatures)
    }
  }

  // MARK: History of the content

  private func states(of repository: GitRepository) async throws(FileError) -> ContentStates {
    // Keys may lie anywhere in the checkout.
    let keys = keyPaths.filter { !$0.hasPrefix(checkout.content + "/") }.sorted()
    let paths = [checkout.content] + keys
    async let history = result { () throws(FileError) in try await repository.contentHistory(of: paths) }
    // What branches did is only asked for origins.
    let asksBranches = questions != .calendar
    async let branches = result { () throws(FileError) in
      asksBranches ? try await repository.branchTouches(of: paths) : BranchTouches()
    }
    let graph =
      if let known = facts.graphOfCheckout {
        known
      } else if asksBranches {
        try await repository.graph()
      } else {
        CommitGraph(commits: [], isShallow: false)
      }
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
    var ids = questions == .calendar ? [] : states.blobIDs(of: [content + "/gazette.yml"])
    if questions.contains(.log) { ids.formUnion(ContentLogReading.blobs(of: states)) }
    if questions.contains(.calendar) {
      ids.formUnion(CalendarHistoryReading(states: states, records: records, content: content).blobs)
    }
    if questions.contains(.origins) {
      ids.formUnion(states.blobIDs(of: states.paths.filter { $0.hasPrefix(content + "/waivers/") }))
      ids.formUnion(states.blobIDs(of: [content + "/calendar.yml"]))
    }
    if questions.contains(.policyChanges) {
      ids.formUnion(states.blobIDs(of: states.paths.filter { $0.hasPrefix(content + "/policy/") }))
    }
    if questions.contains(.laterEdits) {
      for gone in gone(from: states) { ids.formUnion(states.blobIDs(of: gone.paths)) }
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
    // Whatever it says today, it may have been released once.
    guard questions.contains(.laterEdits) else { return false }
    return record.baseline != nil || states.steps(of: paths).count > 1
  }

  /// The releases of which no record is left.
  private func gone(from states: ContentStates) -> [(product: String, version: String, paths: [String])] {
    let known = Set(records.releases.map { "\($0.product.text)/\($0.version)" })
    return states.everyRelease.filter { release in
      !known.contains("\(release.product)/\(release.version)")
        && release.paths.contains { $0.hasSuffix("/\(release.version).yml") }
    }
  }

  private func readVanished(_ states: ContentStates, into testimony: inout GitTestimony) {
    for release in gone(from: states) {
      let comparison = RecordComparison(
        states: states, entries: states.entries(of: release.paths), zone: records.site.zone)
      guard comparison.wasReleased(paths: release.paths),
        let path = release.paths.last(where: { $0.hasSuffix("/\(release.version).yml") })
      else { continue }
      let touch = states.history.touches(of: path).first { $0.after == nil }
      let removed = touch.map { states.history.revisions[$0.revision] }.map {
        CommitMark(id: $0.id, author: $0.author, committed: $0.committed)
      }
      testimony.vanished[ProductID(release.product), default: []].append(
        VanishedRecord(version: release.version, path: path, removed: removed))
    }
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

  // MARK: Edits

  private func readEvidenceEdits(_ states: ContentStates, into testimony: inout GitTestimony) {
    for path in Set(records.releases.flatMap(\.evidence).compactMap { $0.path?.value }) {
      let touches = states.history.touches(of: path)
      guard let newest = touches.first, let oldest = touches.last else { continue }
      func mark(_ touch: ContentHistory.Touch) -> CommitMark {
        let revision = states.history.revisions[touch.revision]
        return CommitMark(id: revision.id, author: revision.author, committed: revision.committed)
      }
      testimony.evidence[path] = EvidenceHistory(
        oldest: mark(oldest), newest: mark(newest), wasEdited: touches.count > 1)
    }
  }

  private func readPolicyChanges(
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

extension GitTestimony {
  /// What is known of the signatures of commits of the content, by id.
  fileprivate var knownSignatures: [String: CommitSignature] {
    var known: [String: CommitSignature] = [:]
    for case .commit(let origin) in origins.values { known[origin.commit.id] = origin.signature }
    for change in policyChanges { known[change.commit.id] = change.signature }
    return known
  }

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
