package import Diagnostics
import Export
import Governance
import Ingest
import Metrics
import Model
import Pages
import Templates

/// Builds the site: load, check, plan, render, write.
///
/// Content problems never throw; they are in the returned report. A report with errors of content, templates, links or
/// leaks writes nothing, and leaves the old site as it was. Failed outcomes are written, for they are what audit pages
/// are for, unless the request is gated.
/// - Throws: ``FileError`` when the machine, not the content, is at fault.
package func build(_ request: BuildRequest) async throws(FileError) -> SiteBuild {
  var build = SiteBuild(report: Report())
  let place = try OutputPlace(request.output)
  guard var source = try await load(request.rememberingSource(beside: place), into: &build) else { return build }
  try await source.considerHistory(request, into: &build.report)
  let judgement = await source.judge(request.source)
  build.remains += [source, judgement]
  build.judgedAt = source.moment
  build.report.add([source.calendarRefusal].compactMap(\.self))

  build.report.add(
    try place.findings(root: source.checkout.root, sources: source.folders, isForced: request.isForced))
  guard !stops(build.report, request.source) else { return build }
  if request.isGated, judgement.hasErrors(isStrict: request.source.isStrict) {
    build.report.add(judgement.findings)
    return build
  }

  let sealing = try await Sealing(source, request)
  build.report.add(sealing.findings)
  guard !stops(build.report, request.source) else { return build }

  let lock = try OutputLock(for: place)
  let writer = try SiteWriter(to: place, isForced: request.isForced)
  do {
    build.written = try await write(request, judgement, from: source, with: writer, sealedBy: sealing, into: &build)
  } catch {
    try writer.discard()
    throw error
  }
  _ = consume lock
  build.report.add(judgement.findings)
  return build
}

/// The same, stopped after the rules.
package func check(_ request: SourceRequest) async throws(FileError) -> SiteBuild {
  var build = SiteBuild(report: Report())
  // Warnings keep no rule from being asked, however strictly they are told.
  var request = request
  request.isStrict = false
  guard let source = try await load(request, into: &build) else { return build }
  let judgement = await source.judge(request)
  build.judgedAt = source.moment
  build.report.add(judgement.findings)
  build.remains += [source, judgement]
  return build
}

extension SiteSource {
  /// What is judged for.
  var moment: (moment: Moment, zone: Zone) { (ledger.asOf, ledger.site.zone) }

  func judge(_ request: SourceRequest) async -> Judgement {
    let judgement = await book.judge(ledger, slices: request.options.slices)
    request.options.reached(.rules)
    return judgement
  }
}

extension Judgement {
  fileprivate func hasErrors(isStrict: Bool) -> Bool {
    findings.contains { $0.severity == .error || isStrict && $0.severity == .warning }
  }
}

/// Gives the pages as data instead of writing them: for each a line of JSON with its path, its template and its data.
package func plan(_ request: BuildRequest, each line: (String) -> Void) async throws(FileError) -> SiteBuild {
  var build = SiteBuild(report: Report())
  guard let source = try await load(request.askingSource, into: &build) else { return build }
  let judgement = await source.judge(request.source)
  let periods = try request.periods(of: source, judgement).map(\.proof)
  for audience in request.audiences {
    let plan = await SitePlan(
      source.ledger.facts(for: audience), judgement: judgement, periods: periods, bands: .builtIn,
      gazetteVersion: request.gazetteVersion, slices: request.source.options.slices)
    for index in 0..<plan.count {
      let page = plan.page(at: index)
      line(String(decoding: page.data(at: request.prefix(for: audience) + page.route.path), as: UTF8.self))
    }
  }
  return build
}

extension Page {
  fileprivate func data(at path: String) -> [UInt8] {
    switch body {
    case .template(let name, let value):
      JSONWriter.bytes(of: .record(["path": .text(path), "template": .text(name.text), "data": value]))
    case .json(let value): JSONWriter.bytes(of: .record(["path": .text(path), "json": value]))
    case .bytes(let bytes):
      JSONWriter.bytes(of: .record(["path": .text(path), "text": .text(String(decoding: bytes, as: UTF8.self))]))
    }
  }
}

/// Renders every audience's site, and puts all in place or none.
private func write(
  _ request: BuildRequest, _ judgement: Judgement, from source: SiteSource, with writer: SiteWriter,
  sealedBy sealing: Sealing, into build: inout SiteBuild
) async throws(FileError) -> SiteWriter.Written? {
  let slices = request.source.options.slices
  let reached = request.source.options.reached
  var findings = build.report
  findings.add(judgement.findings)
  var staged: [SiteWriter.Staged] = []
  var parts: [(site: SitePart.Site, paths: [String])] = []
  let periods = try request.periods(of: source, judgement)
  for audience in request.audiences {
    let facts = await source.ledger.facts(for: audience, slices: slices)
    let plan = await SitePlan(
      facts, judgement: judgement, periods: periods.map(\.proof), bands: .builtIn,
      gazetteVersion: request.gazetteVersion, slices: slices)
    let rendering = await Rendering(
      plan, of: facts, from: source, with: writer, prefix: request.prefix(for: audience),
      archives: audience == .internal ? periods.compactMap(\.archive) : [], shard: request.shard, slices: slices)
    reached(.plan)
    async let releases = SealedRelease.all(in: facts, slices: slices)
    var site = try await rendering.stage(slices: slices, into: &build.report)
    let seal = sealing.seal(site.files, of: facts, releases: await releases)
    if request.shard == nil {
      try site.finish(seal, signedWith: request.signingKey, checkedBy: rendering.links, into: &build.report)
    } else {
      parts.append((SitePart.Site(seal: seal, copied: rendering.copied), rendering.paths))
    }
    build.report.add(rendering.leaks(in: seal))
    staged += site.staged
    reached(.pages)
    build.pages += rendering.pages.count { plan.routes[$0].path.hasSuffix(".html") }
    if audience == request.audiences.last { build.remains += [facts, rendering] }
  }
  guard !stops(build.report, request.source) else {
    try writer.discard()
    return nil
  }
  if let shard = request.shard {
    let part = SitePart(
      shard, of: source, judgement, findings: findings, sites: parts.map(\.site), paths: parts.map(\.paths))
    var last = SiteWriter.Staged()
    try writer.stage(part.bytes, at: SitePart.name, into: &last)
    staged.append(last)
  }
  let written = try writer.finish(staged, into: &build.report)
  reached(.files)
  return written
}

extension BuildRequest {
  /// The periods for the internal site, if there is to be one.
  func periods(of source: SiteSource, _ judgement: Judgement) throws(FileError) -> [PeriodFiles] {
    audiences.contains(.internal) ? try source.periods(judgement, gazetteVersion: gazetteVersion) : []
  }
}

/// Reads all that the site is made from; `nil` when nothing can be made of it.
func load(_ request: SourceRequest, into build: inout SiteBuild) async throws(FileError) -> SiteSource? {
  try await load(from: try await SiteSource.open(request, into: &build.report), request, into: &build)
}

/// The same from a checkout that is open.
func load(
  from checkout: Checkout, _ request: SourceRequest, into build: inout SiteBuild
) async throws(FileError) -> SiteSource? {
  var memory: LoadMemory?
  return try await load(from: checkout, request, remembering: &memory, into: &build)
}

/// The same, doing less where a memory of the last load is given.
func load(
  from checkout: Checkout, _ request: SourceRequest, remembering memory: inout LoadMemory?, into build: inout SiteBuild
) async throws(FileError) -> SiteSource? {
  build.root = checkout.isOfCommit ? nil : checkout.root
  let source = try await SiteSource(checkout, request, remembering: &memory, into: &build.report)
  build.sources = source?.sources ?? []
  build.products = source?.ledger.shelves.count ?? 0
  build.releases = source?.ledger.shelves.reduce(0) { $0 + $1.releases.count } ?? 0
  return stops(build.report, request) ? nil : source
}

func stops(_ report: Report, _ request: SourceRequest) -> Bool {
  (request.isStrict ? report.strict : report).hasErrors
}
