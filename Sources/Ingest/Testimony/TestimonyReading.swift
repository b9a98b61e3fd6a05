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

  /// - Parameter memory: Of the last load, for this one to ask less.
  func testimony(
    remembering memory: inout HistoryMemory?, into report: inout Report
  ) async throws(FileError) -> GitTestimony {
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
      .origins, .laterEdits, .evidenceDates, .policyChanges, .scopes, .commitSignatures, .tagSignatures, .log,
      .calendar,
    ]
    guard testimony.obstacle == nil, !questions.isDisjoint(with: ofHistory) else {
      // Without history only a list that is given tells who may sign.
      if let given {
        try await checkSignatures(
          Signers(given: given, people: records.site), of: nil, in: repository, into: &testimony)
      }
      return testimony
    }
    if memory != nil { memory?.begin(key(of: try await repository.state())) }
    var states = if let known = memory?.states { known } else { try await states(of: repository) }
    let missing = blobs(of: states, remembering: memory).filter { states.blobs[$0] == nil }
    if !missing.isEmpty { states.take(try await repository.blobs(missing)) }
    memory?.states = states
    if questions.contains(.calendar) {
      let reading = CalendarHistoryReading(states: states, records: records, content: checkout.content)
      testimony.calendar = reading.history(remembering: &memory)
      if questions == .calendar { return testimony }
    }
    if questions.contains(.log) { await states.readNodes(slices: options.slices) }
    if !questions.isDisjoint(with: [.laterEdits, .evidenceDates]) { readEvidenceEdits(states, into: &testimony) }
    if questions.contains(.laterEdits) { readVanished(states, into: &testimony) }
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

  // MARK: History of the content

  private func states(of repository: GitRepository) async throws(FileError) -> ContentStates {
    let paths = historyPaths
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
        try await repository.graph(keptBy: options.graphMemory)
      } else {
        CommitGraph(commits: [], isShallow: false)
      }
    return ContentStates(
      history: try await history.get(), branches: try await branches.get(), graph: graph, content: checkout.content,
      products: products.map(\.product))
  }

  /// Keys may lie anywhere in the checkout.
  private var historyPaths: [String] {
    [checkout.content] + keyPaths.filter { !$0.hasPrefix(checkout.content + "/") }.sorted()
  }

  private func key(of git: String) -> HistoryMemory.Key {
    HistoryMemory.Key(
      git: git, paths: historyPaths, questions: questions,
      formerly: Dictionary(uniqueKeysWithValues: records.products.map { ($0.id, $0.formerly) }),
      zone: records.site.zone)
  }

  var keyPaths: Set<String> {
    Set(records.site.signing.keys.values.map(\.value) + [records.site.signing.allowedSigners?.value].compactMap { $0 })
  }

  /// The files whose states are looked into; files of releases only where the states differ in what is asked.
  private func blobs(of states: ContentStates, remembering memory: HistoryMemory?) -> Set<String> {
    let content = checkout.content
    var ids = questions == .calendar ? [] : states.blobIDs(of: [content + "/gazette.yml"])
    if questions.contains(.log) { ids.formUnion(ContentLogReading.blobs(of: states)) }
    if questions.contains(.calendar) {
      let reading = CalendarHistoryReading(states: states, records: records, content: content)
      ids.formUnion(reading.blobs(remembering: memory))
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
    guard questions != .calendar else { return ids }
    for record in records.releases {
      let paths = states.paths(of: record)
      if isTraced(record) || isScoped(record) || isCompared(record, states, paths) {
        ids.formUnion(states.blobIDs(of: paths))
      }
    }
    return ids
  }

  func isTraced(_ record: ReleaseRecord) -> Bool {
    questions.contains(.origins) && !(record.approvals.isEmpty && record.amendments.isEmpty)
  }

  func isScoped(_ record: ReleaseRecord) -> Bool { questions.contains(.scopes) && record.scopeFrozen != nil }

  func isCompared(_ record: ReleaseRecord, _ states: ContentStates, _ paths: [String]) -> Bool {
    // Whatever it says today, it may have been released once.
    guard questions.contains(.laterEdits) else { return false }
    return record.baseline != nil || states.steps(of: paths).count > 1
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
}
