package import Diagnostics
import Export
import Governance
import Ingest
import Model
import Pages

/// What the last look at a checkout has found, for the next one to do less.
package struct BuildMemory: Sendable {
  fileprivate(set) var load: LoadMemory? = LoadMemory()
  fileprivate var shelves = PublicShelves()
  fileprivate var plans: [Audience: PlanMemory] = [:]

  package init() {}

  /// Takes note of what may have changed since the last look, see ``LoadMemory/note(_:below:)``.
  package mutating func note(_ paths: Set<String>?, below top: String) { load?.note(paths, below: top) }
}

/// The sites of all audiences of a request as they are now, without writing or even making their pages.
///
/// - Parameter memory: Of the last look.
/// - Returns: No sites where the report says what keeps them from being made.
package func liveSites(
  _ request: BuildRequest, remembering memory: inout BuildMemory
) async throws(FileError) -> (build: SiteBuild, sites: [LiveSite]) {
  var build = SiteBuild(report: Report())
  let asked = request.rememberingSource(beside: try OutputPlace(request.output))
  let checkout = try await SiteSource.open(asked, into: &build.report)
  guard var loaded = try await load(from: checkout, asked, remembering: &memory.load, into: &build) else {
    return (build, [])
  }
  try await loaded.considerHistory(request, into: &build.report)
  let source = loaded
  let judgement = await source.judge(request.source)
  build.judgedAt = source.moment
  build.report.add([source.calendarRefusal].compactMap(\.self))
  guard !stops(build.report, request.source) else { return (build, []) }
  let periods = try request.periods(of: source, judgement)
  // Hashed while the pages are planned.
  async let sealing = inputs(of: source, request, git: memory.load?.git ?? [])
  var sites: [LiveSite] = []
  for audience in request.audiences {
    let facts = await source.ledger.facts(
      for: audience, slices: request.source.options.slices, remembering: &memory.shelves
    ) { [load = memory.load] in load?.making(of: $0) }
    var plan = memory.plans[audience, default: PlanMemory()]
    let site = await LiveSite(of: facts, from: source, judgement, periods, request, remembering: &plan) {
      [load = memory.load, shelves = memory.shelves] product in
      audience == .public ? shelves.making(of: product) : load?.making(of: product)
    }
    memory.plans[audience] = plan
    build.pages += site.pages
    sites.append(site)
  }
  let inputs = try await sealing.get()
  for place in sites.indices { sites[place].inputs = inputs }
  build.report.add(judgement.findings)
  return (build, sites)
}

private func inputs(
  of source: SiteSource, _ request: BuildRequest, git: [String]
) async -> Result<LiveSite.Inputs, FileError> {
  do throws(FileError) {
    return .success(
      LiveSite.Inputs(
        sealing: try await Sealing(source, request), moments: [source.ledger.asOf, source.ledger.embargoesHeldAt],
        changelogs: try source.changelogs(), git: git))
  } catch {
    return .failure(error)
  }
}

extension SiteSource {
  /// The changelogs of the checkout, which are no records and may lie outside of the content.
  fileprivate func changelogs() throws(FileError) -> [SealedFile] {
    let named = ledger.shelves.flatMap(\.product.sources).filter { $0.repository == .checkout }
    var files: [SealedFile] = []
    // One that cannot be read was reported.
    var known = Report()
    for path in Set(named.compactMap { $0.changelog?.value }).sorted() {
      guard let bytes = try checkout.bytes(of: path, into: &known) else { continue }
      files.append(SealedFile(path: path, holding: bytes))
    }
    return files
  }
}

/// A site that is not written: each of its files is made when somebody asks for it.
package struct LiveSite: Sendable {
  /// What a site is made of; two of the same are the same site.
  package struct Inputs: Hashable, Sendable {
    fileprivate let sealing: Sealing
    fileprivate let moments: [Moment]
    fileprivate let changelogs: [SealedFile]
    fileprivate let git: [String]
  }

  /// What stands at a path.
  package enum Answer: Hashable, Sendable {
    case file([UInt8])
    /// A folder was asked for without the slash that its page's links need.
    case folder
    case missing
  }

  /// What is no page.
  private enum Place: Sendable {
    case asset(Int)
    case copy(Int)
    case seal
  }

  private let source: SiteSource
  private let facts: Ledger
  private let archives: [SiteSource.CopiedFile]
  private let request: BuildRequest
  private(set) var plan: SitePlan
  private var seal: Seal?
  private var places: [String: Place]
  /// What it is made of.
  package fileprivate(set) var inputs: Inputs?

  fileprivate init(
    of facts: Ledger, from source: SiteSource, _ judgement: Judgement, _ periods: [PeriodFiles],
    _ request: BuildRequest, remembering memory: inout PlanMemory, makings: (ProductID) -> Int?
  ) async {
    let slices = request.source.options.slices
    (self.source, self.facts, self.request) = (source, facts, request)
    archives = facts.audience == .internal ? periods.compactMap(\.archive) : []
    plan = await SitePlan(
      facts, judgement: judgement, periods: periods.map(\.proof), bands: .builtIn,
      gazetteVersion: request.gazetteVersion, slices: slices, isSearchable: false, remembering: &memory,
      makings: makings)
    places = [:]
    places = placed()
  }

  private var copies: [SiteSource.CopiedFile] { source.files + archives }

  private func placed() -> [String: Place] {
    let places: [(String, Place)] =
      plan.assets.indices.map { (plan.assets[$0].address, .asset($0)) }
      + copies.indices.map { (copies[$0].address, .copy($0)) } + (seal == nil ? [] : [(Seal.path, .seal)])
    return Dictionary(places, uniquingKeysWith: { first, _ in first })
  }

  /// How many of its files a browser shows.
  package var pages: Int { plan.routes.count { $0.path.hasSuffix(".html") } }

  /// Whether it can be searched and has its seal; see ``whole()``.
  package var isWhole: Bool { seal != nil }

  /// What stands at a path.
  /// - Parameters:
  ///   - path: Relative to the site, without a slash at its end.
  ///   - isFolder: Whether there was one.
  package func answer(_ path: String, isFolder: Bool) throws(FileError) -> Answer {
    let folder = path.isEmpty ? "" : path + "/"
    let file = isFolder ? folder + "index.html" : path
    if let position = plan.position(of: file) {
      // What is wrong with a page is found when all are read.
      var unreported = Report()
      var bytes: [UInt8] = []
      source.append(plan.page(at: position).body, to: &bytes, into: &unreported)
      return .file(bytes)
    }
    if let place = places[file] { return try bytes(at: place).map { .file($0) } ?? .missing }
    guard !isFolder else { return .missing }
    let index = folder + "index.html"
    return plan.position(of: index) == nil && places[index] == nil ? .missing : .folder
  }

  /// Whether a path may be of what only the whole site has; see ``whole()``.
  package static func isLater(_ path: String) -> Bool { path == Seal.path || path.hasPrefix("search/index/") }

  /// - Returns: `nil` for a file that is gone since.
  private func bytes(at place: Place) throws(FileError) -> [UInt8]? {
    switch place {
    case .asset(let index):
      var unreported = Report()
      return try source.checkout.bytes(
        of: plan.assets[index].path, limit: SiteSource.largestFile, into: &unreported)
    case .copy(let index): return copies[index].bytes
    case .seal: return seal?.bytes
    }
  }

  /// The same site with what takes longer, its index for searching and its seal; and what is wrong with its pages,
  /// each of which is made for that and read as its readers would.
  package func whole() async throws(FileError) -> (site: LiveSite, report: Report) {
    var report = Report()
    guard let inputs else { return (self, report) }
    let slices = request.source.options.slices
    var site = self
    site.plan = await plan.searchable(slices: slices)
    if Task.isCancelled { return (self, report) }
    let rendering = await Rendering(
      site.plan, of: facts, from: source, with: nil, prefix: "", archives: archives, slices: slices)
    var staged = try await rendering.stage(slices: slices, into: &report)
    let seal = inputs.sealing.seal(
      staged.files, of: facts, releases: await SealedRelease.all(in: facts, slices: slices))
    try staged.finish(seal, signedWith: nil, checkedBy: rendering.links, into: &report)
    report.add(rendering.leaks(in: seal))
    site.seal = seal
    site.places = site.placed()
    return (site, report)
  }
}
