package import Diagnostics
import Model

extension Records {
  /// Reads every record below the content folder, each file once, in parallel; the order of the work leaves no trace.
  ///
  /// What is wrong in one file never keeps another from being read.
  /// - Parameter library: The packs that policies may extend, and the frameworks.
  /// - Returns: `nil` when there is no gazette.yml, or none that can be used.
  /// - Throws: ``FileError`` when a file cannot be read for reasons that no author can mend.
  package static func read(
    from checkout: Checkout, library: PolicyLibrary = PolicyLibrary(), slices: Int, into report: inout Report
  ) async throws(FileError) -> Records? {
    var options = LoadOptions(clock: Moment(seconds: 0), slices: slices)
    options.library = library
    var memory: LoadMemory?
    return try await read(from: checkout, options: options, remembering: &memory, into: &report)
  }

  /// The same, reading less where a memory of the last load is given.
  static func read(
    from checkout: Checkout, options: LoadOptions, remembering memory: inout LoadMemory?, into report: inout Report
  ) async throws(FileError) -> Records? {
    let known = try memory?.records.begin(checkout, at: options.clock, into: &report)
    let paths = if let known { known } else { try checkout.files(under: checkout.content, into: &report).map(\.path) }
    var records = try await read(
      memory?.records.inventory(of: paths, in: checkout.content) ?? ContentInventory(of: paths, in: checkout.content),
      content: checkout.content, library: options.library, slices: options.slices,
      files: ContentSource(
        text: { path, report throws(FileError) in try checkout.hashedText(of: path, into: &report) },
        exists: { path throws(FileError) in try checkout.hasFile(path) }), remembering: &memory, into: &report)
    records?.files = paths
    return records
  }

  static func read(
    _ inventory: ContentInventory, content: String, library: PolicyLibrary = PolicyLibrary(), slices: Int,
    files: ContentSource, into report: inout Report
  ) async throws(FileError) -> Records? {
    var memory: LoadMemory?
    return try await read(
      inventory, content: content, library: library, slices: slices, files: files, remembering: &memory, into: &report)
  }

  private static func read(
    _ inventory: ContentInventory, content: String, library: PolicyLibrary, slices: Int, files: ContentSource,
    remembering memory: inout LoadMemory?, into report: inout Report
  ) async throws(FileError) -> Records? {
    report.add(inventory.findings)
    var check = ShapeCheck()
    guard var records = try Records(siteOf: inventory, content: content, files: files, check: &check) else {
      report.merge(check.report)
      return nil
    }
    try records.readProducts(of: inventory, files: files, check: &check)
    if let path = inventory.calendar, let file = try files.file(path, into: &check) {
      records.calendar = check.value(of: file, as: .shape(CalendarFields.shape)) ?? records.calendar
    }
    if let path = inventory.flags, let file = try files.file(path, into: &check) {
      records.flags = check.value(of: file, as: .list(of: FlagFields.shape))?.map(\.value) ?? []
    }
    try records.readOperations(of: inventory, files: files, check: &check)
    (records.eventFiles, records.metricFiles) = (inventory.events, inventory.metrics)
    records.policy = try Policy(inventory, library: library, files: files, check: &check)
    for slice in await records.read(inventory, from: files, slices: slices, remembering: &memory, check: &check) {
      if let error = slice.error { throw error }
      records.releases += slice.releases
      records.fragments += slice.fragments
      records.incidents += slice.incidents
      records.pages += slice.pages
      records.orphanNotes += slice.orphanNotes
      check.merge(slice.check)
    }
    try records.resolvePages(among: inventory.pages, files: files, check: &check)
    records.versionMentions = check.mentions.filter { $0.target == .version }
    records.digests = check.digests
    report.merge(check.report)
    report.add(CrossReferences(records).problems(in: check.mentions))
    report.add(try records.missingFiles(files: files))
    return records
  }

  private mutating func read(
    _ inventory: ContentInventory, from files: ContentSource, slices: Int, remembering memory: inout LoadMemory?,
    check: inout ShapeCheck
  ) async -> [RecordSlice] {
    guard memory != nil else {
      let jobs = jobs(of: inventory, check: &check)
      return await inSlices(of: jobs.count, slices: slices) { RecordSlice(of: jobs[$0], files: files) }
    }
    let work = memory?.records.work(for: products) { jobs(of: inventory, check: &$0) }
    guard let work, let read = await memory?.records.read(work, from: files, slices: slices) else { return [] }
    check.merge(work.check)
    readings = read.readings
    return read.slices
  }

  private init?(
    siteOf inventory: ContentInventory, content: String, files: ContentSource, check: inout ShapeCheck
  ) throws(FileError) {
    guard let path = inventory.site else {
      check.add(
        .error(
          .missingSite, "there is no `\(content)/gazette.yml`",
          help: ContentFolder.candidates.contains(content)
            ? "run `gazette init`, or write `title: …` into it"
            : "correct `--content`, or run `gazette init --content \(content)`")
      )
      return nil
    }
    guard let file = try files.file(path, into: &check), let read = check.value(of: file, as: .shape(SiteFields.shape))
    else {
      return nil
    }
    self.init(site: read.site)
    asOf = read.asOf
  }

  private mutating func readProducts(
    of inventory: ContentInventory, files: ContentSource, check: inout ShapeCheck
  ) throws(FileError) {
    for entry in inventory.products where check.isIdentifier(entry) {
      guard let file = try files.file(entry.path, into: &check) else { continue }
      let fields = check.value(of: file, as: .shape(ProductFields.shape), product: entry.id)
      let id = ProductID(entry.id)
      guard let fields, let product = ProductFields.product(id, fields, file: entry.path) else { continue }
      products.append(product)
      productSummaries[id] = fields[ProductFields.summary]
      formerProducts[id] = fields.list(ProductFields.formerly)
      for stop in product.upgradeStops where Version(stop.value, scheme: product.versioning) == nil {
        check.add(.malformedVersion(stop.value, of: product, at: stop.location))
      }
    }
    products.sort { $0.id < $1.id }
  }

  private mutating func readOperations(
    of inventory: ContentInventory, files: ContentSource, check: inout ShapeCheck
  ) throws(FileError) {
    let known = Set(inventory.incidents.map(\.id))
    for entry in inventory.postmortems {
      if !known.contains(entry.id) {
        check.add(
          .warning(
            .unknownFile, "the postmortem `\(entry.id).md` has no incident", at: SourceLocation(file: entry.path),
            help: "write `\(entry.id).yml` beside it, or rename it"))
      } else if let file = try files.file(entry.path, into: &check) {
        postmortems[entry.id] = FrontMatter.plain(file)
      }
    }
    for entry in inventory.exercises where check.isIdentifier(entry) {
      guard let file = try files.file(entry.path, into: &check) else { continue }
      guard var exercise = check.value(of: file, as: .shape(ExerciseFields.shape)) else { continue }
      (exercise.id, exercise.location) = (entry.id, SourceLocation(file: entry.path))
      exercises.append(exercise)
    }
    for entry in inventory.endsOfLife {
      guard let file = try files.file(entry.path, into: &check) else { continue }
      var found = Report()
      if let component = EndOfLife(file, component: entry.id, into: &found) { endsOfLife.append(component) }
      check.take(found)
    }
  }

  /// Puts the ids of pages in the place of the paths by which products and releases name them.
  private mutating func resolvePages(
    among pages: [ContentInventory.Named], files: ContentSource, check: inout ShapeCheck
  ) throws(FileError) {
    let ids = Dictionary(pages.map { ($0.path, $0.id) }, uniquingKeysWith: { first, _ in first })
    func resolve(_ page: inout Located<String>?) throws(FileError) {
      guard let path = page else { return }
      page = ids[path.value].map { Located($0, at: path.location) }
      guard page == nil else { return }
      let isFile = try files.exists(path.value)
      check.add(
        .error(
          isFile ? .unknownReference : .missingFile,
          "the file \(quoted(path.value)) \(isFile ? "is no page" : "does not exist")", at: path.location,
          help: nearest(to: path.value, among: pages.map(\.path)).map { "did you mean `\($0)`?" }
            ?? "name a Markdown file of the folder pages/ by its path from the top of the checkout"))
    }
    for index in products.indices { try resolve(&products[index].supportPolicy) }
    for index in releases.indices { try resolve(&releases[index].upgrade.guide) }
  }

  /// The paths that records name and that must be files of the checkout, as far as they are not.
  private func missingFiles(files: ContentSource) throws(FileError) -> [Diagnostic] {
    var named = site.signing.keys.values.map { $0 } + [site.signing.allowedSigners].compactMap { $0 }
    named += exercises.compactMap(\.evidence)
    for release in releases {
      if let plan = release.rollback?.plan { named.append(plan) }
    }
    var known: [String: Bool] = [:]
    var problems: [Diagnostic] = []
    for path in named {
      let exists: Bool
      if let answer = known[path.value] { exists = answer } else { exists = try files.exists(path.value) }
      known[path.value] = exists
      guard !exists else { continue }
      problems.append(
        .error(
          .missingFile, "the file \(quoted(path.value)) does not exist", at: path.location,
          help: "correct the path, which is relative to the top of the checkout, or add the file"))
    }
    return problems
  }
}

/// Where the texts come from, so that tests need no disk.
struct ContentSource: Sendable {
  /// With the SHA-256 of the bytes, where there is a file.
  var text: @Sendable (_ path: String, _ report: inout Report) throws(FileError) -> (text: String, sha256: [UInt8]?)?
  var exists: @Sendable (_ path: String) throws(FileError) -> Bool

  func file(_ path: String, into check: inout ShapeCheck) throws(FileError) -> TextFile? {
    var found = Report()
    let content = try text(path, &found)
    check.take(found)
    if let digest = content?.sha256 { check.digests[path] = digest }
    return content.map { TextFile(path: path, text: $0.text) }
  }
}

extension ShapeCheck {
  /// Whether the name of a file is an id; if not, it is reported.
  mutating func isIdentifier(_ entry: ContentInventory.Named) -> Bool {
    guard let problem = ScalarForm.identifier.problem(entry.id) else { return true }
    add(
      .error(
        problem.code, "the file name \(quoted(entry.id)) is \(problem.what)", at: SourceLocation(file: entry.path),
        help: problem.help))
    return false
  }
}

extension Diagnostic {
  static func malformedVersion(_ version: String, of product: Product, at place: SourceLocation) -> Diagnostic {
    .error(
      .malformedVersion, "\(quoted(version)) is not a \(product.versioning.rawValue) version of `\(product.id)`",
      at: place,
      help: "correct it, or choose another `versioning` in the product's file")
  }
}
