import Diagnostics
import Export
import Pages

/// The files of one audience's site on their way out: staged, hashed, and read for links.
///
/// A build fills it with what it renders; a merge with what the builds of parts have rendered.
struct StagedSite: Sendable {
  /// What came of one slice of the work.
  struct Slice: Sendable {
    var staged = SiteWriter.Staged()
    var report = Report()
    var links: [LinkCheck.Findings] = []
    /// What was staged, hashed while it was at hand.
    var files: [SealedFile] = []
  }

  /// `nil` where nothing is written.
  let writer: SiteWriter?
  /// Where in the output the site goes: a path that ends in `/`, or nothing.
  let prefix: String
  private(set) var staged: [SiteWriter.Staged] = []
  private(set) var files: [SealedFile] = []
  private var links: [LinkCheck.Findings] = []

  init(by writer: SiteWriter?, at prefix: String) {
    (self.writer, self.prefix) = (writer, prefix)
  }

  mutating func add(_ slice: Slice, into report: inout Report) {
    staged.append(slice.staged)
    files += slice.files
    links += slice.links
    report.merge(slice.report)
  }

  /// Settles what needs every file of the site: where its links lead, and its seal.
  mutating func finish(
    _ seal: Seal, signedWith key: SigningKey?, checkedBy check: LinkCheck, into report: inout Report
  ) throws(FileError) {
    // What a broken template left out would only look like broken links.
    if !report.hasErrors { report.add(check.brokenLinks(in: links)) }
    var last = SiteWriter.Staged()
    try writer?.stage(seal.bytes, at: prefix + Seal.path, into: &last)
    if let key { try writer?.stage(seal.signed(with: key), at: prefix + Seal.signaturePath, into: &last) }
    staged.append(last)
  }
}

extension Seal {
  fileprivate func signed(with key: SigningKey) throws(FileError) -> [UInt8] {
    do {
      return try signature(with: key)
    } catch {
      throw FileError("--sign", error.reason, help: error.help)
    }
  }
}
