import ArgumentParser
import Diagnostics
import Export
import Foundation
import Ingest
import Model
import Publishing

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Check, then write the site.",
    usage: "gazette build [OPTION]…",
    discussion: """
      Errors leave the old site as it was. A release that fails a rule is no such
      error: the site shows it, and the exit status is 1. Files that Gazette did not
      write are kept.

      Examples:
        gazette build
        gazette build --audience all --output /srv/releases
        gazette build --as-of now --preview
        gazette build --at v2.4.0 --output /tmp/then
        gazette build --gated --sign release.pem
        gazette build --shard 3/16
      """)

  /// Whose site.
  enum Readers: String, CaseIterable, ExpressibleByArgument {
    case `public`, `internal`, all

    var audiences: [Audience] {
      switch self {
      case .public: [.public]
      case .internal: [.internal]
      case .all: [.public, .internal]
      }
    }
  }

  @Option(help: ArgumentHelp("Who the site is for.", valueName: "public|internal|all"))
  var audience = Readers.public

  @Option(help: ArgumentHelp("The folder of the site (default: _site; of a part, _part-I).", valueName: "DIR"))
  var output: String?

  @ArgumentParser.Flag(help: "Write into a folder that has other files.")
  var force = false

  @ArgumentParser.Flag(help: "Write nothing while the outcome of a rule is an error.")
  var gated = false

  @ArgumentParser.Flag(help: "Write pages that need history from a clone without all of it; each page tells.")
  var allowShallow = false

  @Option(help: ArgumentHelp("Sign the seal with an Ed25519 key (PEM, PKCS #8).", valueName: "KEY"))
  var sign: String?

  @Option(
    help: ArgumentHelp("Write one of N parts of the site, for `gazette merge`.", valueName: "I/N"),
    transform: shard(named:))
  var shard: Shard?

  @ArgumentParser.Flag(help: "Print the pages as JSON, one a line, instead.")
  var plan = false

  @ArgumentParser.Flag(help: ArgumentHelp("Tell when each part of the work was done.", visibility: .private))
  var timings = false

  @Option(help: ArgumentHelp("Read that commit, not the work tree.", valueName: "REV"))
  var at: String?

  @OptionGroup var baseline: BaselineOptions
  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    guard shard != nil else { return }
    if sign != nil { throw ValidationError("a part has no seal to sign: give the key to `gazette merge --sign KEY`") }
    if plan { throw ValidationError("--plan prints all pages: leave out --shard") }
  }

  private var folder: String { output ?? shard.map { "_part-\($0.number)" } ?? "_site" }

  func run() async throws {
    let here = WorkingFolder()
    var request = BuildRequest(
      source: source.request(isStrict: report.strict), audiences: audience.audiences, output: here.absolute(folder),
      isForced: force, isGated: gated, gazetteVersion: gazetteVersion)
    request.shard = shard
    request.source.revision = at
    request.allowsMissingHistory = allowShallow
    if let sign { request.signingKey = try SigningKey(file: here.absolute(sign)) }
    if timings { request.source.options.reached = StageClock().tell }
    if plan {
      let planned = try await Publishing.plan(request) { Console.standardOutput.write($0) }
      // The pages are for a program to read, so only what kept them from being planned is said.
      let hasErrors = (report.strict ? planned.report.strict : planned.report).hasErrors
      if hasErrors { try report.tell(planned.report, root: planned.root, on: .standardError) }
      return
    }
    let build = try await report.withProgress(request.source) { [request] source in
      var request = request
      if !timings { request.source = source }
      return try await Publishing.build(request)
    }
    keepToTheEnd(build.remains)
    // A site with failed outcomes is written, and the status still says that there are some.
    // One that was not written is no success, whatever was accepted.
    let findings =
      build.written == nil
      ? build.report
      : try baseline.applied(
        to: build, strict: report.strict, isWhole: shard == nil)
    let told = Result { try report.tell(findings, root: build.root) }
    if let written = build.written { report.say(words(for: build, written)) }
    if let count = try baseline.write(build.report) {
      report.say(baseline.words(forWriting: count))
    }
    try told.get()
  }

  private func words(for build: SiteBuild, _ written: SiteWriter.Written) -> String {
    let (releases, pages) = (counted(build.releases, "release"), counted(build.pages, "page"))
    if let shard {
      return """
        \(folder)/ is part \(shard) of a site of \(releases), with \(pages): \(written.words).
        Join it with the others: `gazette merge DIR…`.

        """
    }
    let start = audience == .all ? "\(folder)/public/index.html" : "\(folder)/index.html"
    return """
      \(folder)/ has \(releases) on \(pages): \(written.words).
      Look at it: open \(start), or `python3 -m http.server -d \(folder)`.

      """
  }

  private static func shard(named text: String) throws -> Shard {
    guard let shard = Shard(text) else {
      throw ValidationError("it is a part and how many there are (at most \(Shard.most)), such as 3/16")
    }
    return shard
  }
}

extension SiteWriter.Written {
  /// What it came to.
  var words: String {
    if changed == 0, removed == 0 { return "nothing changed" }
    return "\(changed) of \(counted(files, "file")) written" + (removed > 0 ? ", \(removed) removed" : "")
  }
}

/// Such as `1 page`, `12 pages`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
