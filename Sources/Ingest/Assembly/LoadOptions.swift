import Diagnostics
package import Model

/// A part of the work whose time is worth knowing; named when it is done.
package enum Stage: String, Sendable {
  case records, git, deliveries, history, texts, evidence, rules, figures, plan, pages, files
}

/// What a load depends on besides the checkout.
package struct LoadOptions: Sendable {
  /// The moment for which the site shall be true; `nil` for the site's pin or, without one, the newest commit.
  package var asOf: Moment?
  /// What the clock says. It only refuses a later as-of, and holds embargoes in a preview.
  package var clock: Moment
  /// Whether an as-of later than the clock is wanted.
  package var isPreview: Bool
  /// How many slices to cut work into.
  package var slices: Int
  /// The absolute path of the folder that holds evidence by its digest.
  package var evidenceStore: String?
  /// The absolute path of a folder in which to keep what evidence says until the next build, and the version of the
  /// program; `nil` to read all of it anew and keep nothing.
  package var evidenceCache: (folder: String, version: String)?
  /// Who keeps the commits of large repositories until the next run; `nil` to ask Git for all of them.
  package var graphMemory: GraphMemory?
  /// The packs that policies may extend, and the frameworks.
  package var library = PolicyLibrary()
  /// What a policy wants Git to be asked beyond what every site needs.
  package var questions: @Sendable (Policy) -> GitQuestions = { _ in [] }
  /// The absolute path of a list of signers that counts instead of the checkout's, as `ssh-keygen` takes it.
  package var signersFile: String?
  /// Told of each stage when it is done.
  package var reached: @Sendable (Stage) -> Void = { _ in }

  package init(asOf: Moment? = nil, clock: Moment, isPreview: Bool = false, slices: Int = 8) {
    (self.asOf, self.clock, self.isPreview, self.slices) = (asOf, clock, isPreview, slices)
  }
}

extension LoadOptions {
  /// The as-of: what the command asked for, else the site's pin, else the newest commit on HEAD's first-parent history.
  func moment(
    of records: Records, in checkout: Checkout, into report: inout Report
  ) async throws(FileError) -> Moment {
    var moment = asOf ?? records.asOf?.value
    if moment == nil { moment = try await checkout.repository?.newestCommitterDateOnFirstParent() }
    let asOf = moment ?? Moment(seconds: clock.seconds / 3600 * 3600)
    if asOf > clock, !isPreview {
      report.error(
        .asOfInFuture, "the as-of `\(asOf.iso)` is later than now",
        at: self.asOf == nil ? records.asOf?.location : nil,
        help: "give `--preview` to see the site as it will be, or an earlier as-of; a preview never lifts an embargo")
    }
    return asOf
  }

  /// The list of signers that was given; `nil` where none was.
  func signers() throws(FileError) -> [UInt8]? {
    guard let signersFile else { return nil }
    guard let path = try resolvedPath(signersFile), let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      case .bytes(let bytes) = try FileReader(root: String(path[..<slash])).read(
        String(path[path.index(after: slash)...]), limit: Checkout.largestText)
    else { throw FileError(signersFile, "no such file", help: "name a list of signers, as `ssh-keygen` takes it") }
    return bytes
  }
}
