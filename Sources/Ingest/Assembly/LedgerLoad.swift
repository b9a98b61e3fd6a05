package import Diagnostics
package import Model

extension Ledger {
  /// Reads everything: records, tags, changelogs and commits, joined and cross-referenced.
  ///
  /// - Returns: `nil` when there is no site to speak of, for instance without a gazette.yml; the report says why.
  /// - Throws: ``FileError`` when a file or Git cannot be read.
  package static func load(
    from opened: Checkout, options: LoadOptions, into report: inout Report
  ) async throws(FileError) -> Ledger? {
    var memory: LoadMemory?
    return try await load(from: opened, options: options, remembering: &memory, into: &report)
  }

  /// The same, doing anew only what changed since the last load.
  package static func load(
    from opened: Checkout, options: LoadOptions, remembering memory: inout LoadMemory?, into report: inout Report
  ) async throws(FileError) -> Ledger? {
    // Git goes through the work tree while the records are read.
    async let workTree = result { () throws(FileError) in try await opened.workTree() }
    guard
      let records = try await Records.read(from: opened, options: options, remembering: &memory, into: &report)
    else { return nil }
    options.reached(.records)
    let checkout = try await opened.holding(records.namedFiles.union(records.changelogs))
    // So are the files that the records name as evidence.
    let keys = try VerificationKeys.read(records.site.signing, in: checkout, into: &report)
    async let readings = result { () throws(FileError) in
      try await evidence(of: records.releases, in: checkout, keys: keys, options: options)
    }
    let zone = records.site.zone
    let asOf = try await options.moment(of: records, in: checkout, into: &report)
    let held = min(asOf, options.clock)

    let facts = try await RepositoryFacts.read(
      for: records.products, in: checkout, questions: options.questions(records.policy),
      memory: options.graphMemory, tellsStates: memory != nil, into: &report)
    options.reached(.git)
    memory?.join(records, at: asOf, git: facts.states, in: checkout.content)
    let products = await drafts(
      of: records, facts: facts, asOf: asOf, slices: options.slices, remembering: &memory, into: &report)
    checkReferences(in: records, among: products, into: &report)

    let delivery = try await DeliveryReading(
      checkout: checkout, records: records, products: products, facts: facts, asOf: asOf, slices: options.slices
    ).read(into: &report)

    options.reached(.deliveries)

    // Git goes through the history of the content while the texts are set.
    let reading = TestimonyReading(records, products: products, facts: facts, in: checkout, options: options)
    async let testimony = result { [history = memory?.history] () throws(FileError) in
      var report = Report()
      var history = history
      let facts = try await reading.testimony(remembering: &history, into: &report)
      return (facts: facts, history: history, report: report)
    }

    let withdrawals = try await Withdrawals.read(for: products, in: checkout, asOf: asOf)
    var changelogs = ChangelogShelf(facts: facts, checkout: checkout)
    var assemblers: [ReleaseAssembler] = []
    for product in products {
      let sections = try await changelogs.sections(of: product.product, into: &report)
      assemblers.append(
        ReleaseAssembler(
          product: product, facts: facts, changelog: sections, withdrawals: withdrawals, zone: zone))
    }

    let embargo = EmbargoedNames(records, at: held)
    embargo.findings(in: changelogs.everySection, into: &report)
    let linked = try LinkMap.Files(records, products: products, in: checkout)
    let links = memory?.shelves.linkMap(of: linked) ?? LinkMap(linked)
    let reader = MarkdownReader(
      references: records.site.references, links: links, embargoed: embargo.names, into: &report)

    options.reached(.history)
    var ledger = Ledger(site: records.site, asOf: asOf)
    ledger.embargoesHeldAt = held
    ledger.head = checkout.repository?.head
    ledger.contentFiles = records.files
    ledger.digests = records.digests
    ledger.uncommitted = try await checkout.uncommitted(try await workTree.get(), naming: records.namedFiles)
    report.add(Checkout.findings(aboutUncommitted: ledger.uncommitted))
    var future = FutureFacts(asOf: asOf, zone: zone)
    if options.asOf == nil, records.asOf == nil {
      future.uncommitted = (Set(ledger.uncommitted), options.clock)
    }
    report.add(future.problems(in: records))
    ledger.exercises = records.exercises
    ledger.flags = records.flags
    ledger.calendar = records.calendar
    ledger.endsOfLife = records.endsOfLife
    ledger.events = delivery.events
    ledger.policy = records.policy
    ledger.delivery = delivery.history
    let typesetting = Typesetting(
      records: records, incidents: delivery.incidents, assemblers: assemblers, reader: reader)
    memory?.shelves.begin(
      in: ShelfMemory.TextSurroundings(links: links, embargoed: embargo.names, withdrawals: withdrawals))
    await typesetting.fill(&ledger, slices: options.slices, remembering: &memory, into: &report)
    options.reached(.texts)
    let told = try await testimony.get()
    memory?.history = told.history
    ledger.git = told.facts
    ledger.calendarHistory = told.facts.calendar
    report.merge(told.report)
    let loaded = try await readings.get()
    ledger.evidence = loaded.shelf
    report.merge(loaded.report)
    if ledger.git.asked.contains(.examinedCommits), let repository = checkout.repository, repository.head != nil {
      ledger.git.examined = try await ExaminedCommits(repository: repository, content: checkout.content)
        .commits(of: ledger)
    }
    options.reached(.evidence)
    return ledger
  }

  private static func evidence(
    of releases: [ReleaseRecord], in checkout: Checkout, keys: VerificationKeys, options: LoadOptions
  ) async throws(FileError) -> EvidenceLoading.Loaded {
    let store = try options.evidenceStore.map(EvidenceFiles.store)
    let files = EvidenceFiles(checkout: checkout.reader, store: store, keys: keys)
    let memory = options.evidenceCache.map { EvidenceCacheFolder(path: $0.folder, version: $0.version) }
    return try await EvidenceLoading(files: files, slices: options.slices, memory: memory).load(releases)
  }

  /// The products with their releases, versions and tags joined.
  private static func drafts(
    of records: Records, facts: RepositoryFacts, asOf: Moment, slices: Int, remembering memory: inout LoadMemory?,
    into report: inout Report
  ) async -> [ProductDraft] {
    let keys = records.products.map { memory?.key(of: $0, readings: records.readings[$0.id]) }
    let known = zip(records.products, keys).map { memory?.shelves.joined($0.id, of: $1) }
    let releases = Dictionary(grouping: records.releases.indices) { records.releases[$0].product }
    let orphans = Dictionary(grouping: records.orphanNotes, by: \.product)
    let parts = await inSlices(of: records.products.count, slices: slices) { range in
      range.map { place in
        if let known = known[place] { return known }
        let product = records.products[place]
        var report = Report()
        let reader = DraftReader(product: product, facts: facts, zone: records.site.zone, asOf: asOf)
        let drafts = reader.drafts(
          from: (releases[product.id] ?? []).map { records.releases[$0] }, orphans: orphans[product.id] ?? [],
          into: &report)
        return ShelfMemory.Joined(
          draft: ProductDraft(product: product, drafts: drafts, facts: facts), report: report)
      }
    }
    let joined = parts.flatMap { $0 }
    memory?.shelves.keep(
      zip(zip(records.products, keys), joined).map { (product: $0.0.id, key: $0.1, joined: $1) })
    for product in joined { report.merge(product.report) }
    return joined.map(\.draft)
  }

  private static func checkReferences(
    in records: Records, among products: [ProductDraft], into report: inout Report
  ) {
    let places = Dictionary(uniqueKeysWithValues: products.enumerated().map { ($1.product.id, $0) })
    report.add(
      CrossReferences(records).versionProblems { product in
        guard let drafts = places[product].map({ products[$0].drafts }) else { return [] }
        return Set(drafts.indices.map { drafts[$0].version.text })
      })
    report.add(StaleStatus(records.site).problems(in: records.releases))
  }
}
