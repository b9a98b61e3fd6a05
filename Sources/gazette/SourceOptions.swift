import ArgumentParser
import Ingest
import Model
import Publishing

/// What is read, and for which moment.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The content folder, from the top of the checkout (default: content, or gazette).", valueName: "DIR"))
  var content: String?

  @Option(
    help: ArgumentHelp(
      "The moment the site is true for, as 2026-11-02T09:00Z (default: the newest commit).", valueName: "MOMENT|now"),
    transform: TimeArgument.asOf)
  var asOf: AsOf?

  @ArgumentParser.Flag(help: "Allow a moment that is yet to come.")
  var preview = false

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("Where another repository is.", valueName: "NAME=DIR", visibility: .hidden))
  var sources: [SourceBinding] = []

  @Option(
    help: ArgumentHelp(
      "Where files of evidence lie by digest, as sha256/ab/cd….", valueName: "DIR", visibility: .hidden))
  var evidenceStore: String?

  @Option(
    help: ArgumentHelp(
      "The keys that prove approvals, instead of the checkout's list.", valueName: "FILE", visibility: .hidden))
  var signers: String?

  @Option(
    help: ArgumentHelp(
      "How many pieces of work run at once (default: by cores).", valueName: "N", visibility: .hidden))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 1024") }
    if content?.isEmpty == true { throw ValidationError("--content names a folder, such as docs/releases") }
    let names = sources.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError("--source binds `\(twice)` twice")
    }
  }

  private var contentFolder: String {
    let here = WorkingFolder().path
    guard var content else { return ContentFolder.inCheckout(around: here) }
    while content.count > 1, content.hasSuffix("/") { content.removeLast() }
    return ContentFolder.relative(content, around: here)
  }

  private var boundSources: [String: String] {
    let here = WorkingFolder()
    return Dictionary(
      sources.map { ($0.name, here.absolute($0.folder)) }, uniquingKeysWith: { first, _ in first })
  }

  private var clock: Moment { .now }

  /// - Parameter remembers: Whether commits of large repositories may be known from the run before; not where somebody
  ///   relies on the answer.
  func request(isStrict: Bool, remembers: Bool = false) -> SourceRequest {
    let (here, clock) = (WorkingFolder(), clock)
    var options = LoadOptions(
      asOf: asOf?.moment(at: clock), clock: clock, isPreview: preview, slices: jobs ?? slicesByCores)
    options.evidenceStore = evidenceStore.map(here.absolute)
    options.signersFile = signers.map(here.absolute)
    if remembers { options.graphMemory = GraphMemory(version: gazetteVersion) }
    return SourceRequest(
      folder: here.path, content: contentFolder, sources: boundSources, options: options, isStrict: isStrict)
  }
}

/// `--as-of`: a moment, or the clock's hour.
enum AsOf: Hashable, Sendable {
  case now
  case moment(Moment)

  /// - Parameter clock: What `now` is; rounded down to the hour, so that builds of one hour are the same.
  func moment(at clock: Moment) -> Moment {
    switch self {
    case .now: Moment(seconds: clock.seconds - clock.seconds % 3600)
    case .moment(let moment): moment
    }
  }
}

/// `--source`: a name in product files, and the folder of a repository.
struct SourceBinding: ExpressibleByArgument, Hashable, Sendable {
  var name: String
  var folder: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    (name, folder) = (parts[0], parts[1])
  }
}
