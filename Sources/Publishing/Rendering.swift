import Diagnostics
import Export
import Ingest
import Model
import Pages
import Templates

/// Turns the pages of one audience's site into bytes, reads them as their readers would, and stages them, slice by slice.
struct Rendering: Sendable {
  let plan: SitePlan
  let facts: Ledger
  let source: SiteSource
  let writer: SiteWriter
  /// Where in the output the site goes: a path that ends in `/`, or nothing.
  let prefix: String
  /// What auditors take away.
  private let archives: [SiteSource.CopiedFile]
  private let links: LinkCheck
  /// `nil` for the internal site, which may say everything.
  private let leaks: LeakCheck?

  init(
    _ plan: SitePlan, of facts: Ledger, from source: SiteSource, with writer: SiteWriter, prefix: String,
    archives: [SiteSource.CopiedFile] = [], slices: Int
  ) async {
    (self.plan, self.facts, self.source, self.writer, self.prefix) = (plan, facts, source, writer, prefix)
    self.archives = archives
    let copied = (source.files + archives).map(\.address)
    let paths = plan.routes.map(\.path) + plan.assets.map(\.address) + copied + [Seal.path]
    links = LinkCheck(paths: paths, url: facts.site.url)
    let check =
      facts.audience == .public
      ? await LeakCheck(full: source.ledger, public: facts, paths: paths, slices: slices) : nil
    leaks = check?.isTrivial == true ? nil : check
  }

  /// What came of one slice of the work.
  struct Slice: Sendable {
    var staged = SiteWriter.Staged()
    var report = Report()
    var links: [LinkCheck.Findings] = []
    /// What was staged, hashed while it was at hand.
    var sealed: [SealedFile] = []
  }

  /// Renders all pages in parallel and adds the files that are copied, then seals them.
  func stage(
    sealedBy sealing: Sealing, slices: Int, into report: inout Report
  ) async throws(FileError) -> [SiteWriter.Staged] {
    async let releases = SealedRelease.all(in: facts, slices: slices)
    // Small slices, for pages differ much in what they cost.
    let results = await inSlices(of: plan.count, slices: slices * 4) { range in
      Result { () throws(FileError) in try slice(range) }
    }
    var staged: [SiteWriter.Staged] = []
    var found: [LinkCheck.Findings] = []
    var sealed: [SealedFile] = []
    let copied = await inSlices(of: plan.assets.count, slices: slices) { range in
      Result { () throws(FileError) in try copies(range) }
    }
    for result in results + [Result { () throws(FileError) in try themeCopies() }] + copied {
      let slice = try result.get()
      staged.append(slice.staged)
      found += slice.links
      sealed += slice.sealed
      report.merge(slice.report)
    }
    // What a broken template left out would only look like broken links.
    if !report.hasErrors { report.add(links.brokenLinks(in: found)) }
    return staged + [try seal(sealed, with: await releases, by: sealing, into: &report)]
  }

  private func seal(
    _ files: [SealedFile], with releases: [SealedRelease], by sealing: Sealing, into report: inout Report
  ) throws(FileError) -> SiteWriter.Staged {
    let (seal, signature) = try sealing.files(for: files, of: facts, releases: releases)
    if let leaks { report.add(leaks.leaks(in: seal.words, path: Seal.path)) }
    var staged = SiteWriter.Staged()
    try writer.stage(seal.bytes, at: prefix + Seal.path, into: &staged)
    if let signature { try writer.stage(signature, at: prefix + Seal.signaturePath, into: &staged) }
    return staged
  }

  private func slice(_ range: Range<Int>) throws(FileError) -> Slice {
    var slice = Slice()
    var bytes: [UInt8] = []
    for index in range {
      let page = plan.page(at: index)
      bytes.removeAll(keepingCapacity: true)
      append(page.body, to: &bytes, into: &slice.report)
      slice.links.append(links.findings(in: bytes, path: page.route.path))
      try finish(bytes, at: page.route.path, in: &slice)
    }
    // Sorted parts are quick to sort together, which nobody can do in parallel.
    slice.sealed = slice.sealed.inOrder
    slice.staged.sort()
    return slice
  }

  private func append(_ body: Page.Body, to bytes: inout [UInt8], into report: inout Report) {
    switch body {
    case .template(let name, let value): source.templates.render(name, with: value, into: &bytes, report: &report)
    case .json(let value):
      JSONWriter.append(value, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .bytes(let all): bytes += all
    }
  }

  private func themeCopies() throws(FileError) -> Slice {
    var slice = Slice()
    for file in source.files + archives { try finish(file.bytes, at: file.address, in: &slice) }
    return slice
  }

  /// Evidence may be most of a site, so it is copied in parallel too.
  private func copies(_ range: Range<Int>) throws(FileError) -> Slice {
    var slice = Slice()
    for asset in plan.assets[range] {
      let bytes = try source.checkout.bytes(of: asset.path, limit: SiteSource.largestFile, into: &slice.report)
      if let bytes { try finish(bytes, at: asset.address, in: &slice) }
    }
    return slice
  }

  private func finish(_ bytes: [UInt8], at path: String, in slice: inout Slice) throws(FileError) {
    if let leaks { slice.report.add(leaks.leaks(in: bytes, path: path)) }
    slice.sealed.append(SealedFile(path: path, holding: bytes))
    try writer.stage(bytes, at: prefix + path, into: &slice.staged)
  }
}
