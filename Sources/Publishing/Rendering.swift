import Diagnostics
import Ingest
import Model
import Pages
import Templates

/// Turns the pages of one audience's site into bytes and stages them, slice by slice.
struct Rendering: Sendable {
  let plan: SitePlan
  let source: SiteSource
  let writer: SiteWriter
  /// Where in the output the site goes: a path that ends in `/`, or nothing.
  let prefix: String

  /// What came of one slice of the work.
  struct Slice: Sendable {
    var staged = SiteWriter.Staged()
    var report = Report()
  }

  /// Renders all pages in parallel and adds the files that are copied.
  func stage(slices: Int, into report: inout Report) async throws(FileError) -> [SiteWriter.Staged] {
    let results = await inSlices(of: plan.count, slices: slices) { range in
      Result { () throws(FileError) in try slice(range) }
    }
    var staged: [SiteWriter.Staged] = []
    for result in results + [Result { () throws(FileError) in try copies() }] {
      let slice = try result.get()
      staged.append(slice.staged)
      report.merge(slice.report)
    }
    return staged
  }

  private func slice(_ range: Range<Int>) throws(FileError) -> Slice {
    var slice = Slice()
    var bytes: [UInt8] = []
    for index in range {
      let page = plan.page(at: index)
      bytes.removeAll(keepingCapacity: true)
      append(page.body, to: &bytes, into: &slice.report)
      try writer.stage(bytes, at: prefix + page.route.path, into: &slice.staged)
    }
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

  private func copies() throws(FileError) -> Slice {
    var slice = Slice()
    for file in source.files { try writer.stage(file.bytes, at: prefix + file.address, into: &slice.staged) }
    for asset in plan.assets {
      let bytes = try source.checkout.bytes(of: asset.path, limit: SiteSource.largestFile, into: &slice.report)
      if let bytes { try writer.stage(bytes, at: prefix + asset.address, into: &slice.staged) }
    }
    return slice
  }
}
