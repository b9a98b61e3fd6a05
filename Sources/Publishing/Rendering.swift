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
  /// `nil` where the pages are only read.
  let writer: SiteWriter?
  /// Where in the output the site goes: a path that ends in `/`, or nothing.
  let prefix: String
  /// Which of the files to make; `nil` for all.
  private let shard: Shard?
  /// The pages to make, by their places in the plan.
  let pages: [Int]
  private let assets: [Asset]
  /// Of the theme, and what auditors take away.
  private let files: [SiteSource.CopiedFile]
  /// Every file of the whole site but its seal.
  let paths: [String]
  let links: LinkCheck
  /// `nil` for the internal site, which may say everything.
  private let leaks: LeakCheck?

  init(
    _ plan: SitePlan, of facts: Ledger, from source: SiteSource, with writer: SiteWriter?, prefix: String,
    archives: [SiteSource.CopiedFile] = [], shard: Shard? = nil, slices: Int
  ) async {
    (self.plan, self.facts, self.source, self.writer, self.prefix) = (plan, facts, source, writer, prefix)
    self.shard = shard
    func isOurs(_ address: String) -> Bool { shard?.holds(address) ?? true }
    pages = plan.routes.indices.filter { isOurs(plan.routes[$0].path) }
    assets = plan.assets.filter { isOurs($0.address) }
    let copied = source.files + archives
    files = copied.filter { isOurs($0.address) }
    paths = plan.routes.map(\.path) + plan.assets.map(\.address) + copied.map(\.address)
    let all = paths + [Seal.path]
    links = LinkCheck(paths: all, url: facts.site.url)
    let check =
      facts.audience == .public
      ? await LeakCheck(full: source.ledger, public: facts, paths: all, slices: slices) : nil
    leaks = check?.isTrivial == true ? nil : check
  }

  private typealias Slice = StagedSite.Slice

  /// Renders the pages in parallel and adds the files that are copied.
  func stage(slices: Int, into report: inout Report) async throws(FileError) -> StagedSite {
    // Pages of a kind stand together and cost alike, so each slice takes some of every kind.
    let step = min(slices * 4, pages.count)
    let results = await inSlices(of: step, slices: step) { range in
      Result { () throws(FileError) in
        try slice(range.flatMap { stride(from: $0, to: pages.count, by: step).map { pages[$0] } })
      }
    }
    let copied = await inSlices(of: assets.count, slices: slices) { range in
      Result { () throws(FileError) in try copies(range) }
    }
    var site = StagedSite(by: writer, at: prefix)
    for result in results + [Result { () throws(FileError) in try themeCopies() }] + copied {
      site.add(try result.get(), into: &report)
    }
    return site
  }

  /// What a seal gives away, which names every file.
  func leaks(in seal: Seal) -> [Diagnostic] {
    leaks?.leaks(in: seal.words(naming: paths), path: Seal.path) ?? []
  }

  /// The files that are copied, sorted by bytes.
  var copied: [String] { (assets.map(\.address) + files.map(\.address)).sorted(by: precedesInBytes) }

  private func slice(_ pages: [Int]) throws(FileError) -> Slice {
    var slice = Slice()
    var bytes: [UInt8] = []
    for index in pages {
      // Who only reads may have lost interest.
      if writer == nil, Task.isCancelled { break }
      let page = plan.page(at: index)
      bytes.removeAll(keepingCapacity: true)
      source.append(page.body, to: &bytes, into: &slice.report)
      // Of a part nobody knows yet whether its links lead somewhere.
      if shard == nil { slice.links.append(links.findings(in: bytes, path: page.route.path)) }
      try finish(bytes, at: page.route.path, in: &slice)
    }
    // Sorted parts are quick to sort together, which nobody can do in parallel.
    slice.files = slice.files.inOrder
    slice.staged.sort()
    return slice
  }

  private func themeCopies() throws(FileError) -> Slice {
    var slice = Slice()
    for file in files { try finish(file.bytes, at: file.address, in: &slice) }
    return slice
  }

  /// Evidence may be most of a site, so it is copied in parallel too.
  private func copies(_ range: Range<Int>) throws(FileError) -> Slice {
    var slice = Slice()
    for asset in assets[range] {
      let bytes = try source.checkout.bytes(of: asset.path, limit: SiteSource.largestFile, into: &slice.report)
      if let bytes { try finish(bytes, at: asset.address, in: &slice) }
    }
    return slice
  }

  private func finish(_ bytes: [UInt8], at path: String, in slice: inout Slice) throws(FileError) {
    if let leaks { slice.report.add(leaks.leaks(in: bytes, path: path)) }
    slice.files.append(SealedFile(path: path, holding: bytes))
    try writer?.stage(bytes, at: prefix + path, into: &slice.staged)
  }
}

extension SiteSource {
  /// The bytes of a page's file.
  func append(_ body: Page.Body, to bytes: inout [UInt8], into report: inout Report) {
    switch body {
    case .template(let name, let value): templates.render(name, with: value, into: &bytes, report: &report)
    case .json(let value):
      JSONWriter.append(value, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .bytes(let all): bytes += all
    }
  }
}
