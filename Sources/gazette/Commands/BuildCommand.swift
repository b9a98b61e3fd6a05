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
    discussion: """
      Errors leave the old site as it was. A release that fails a rule is no such error: the
      site shows it, and the exit status is 1. Files that Gazette did not write are kept.

      Examples:
        gazette build
        gazette build --audience all --output /srv/releases
        gazette build --as-of now --preview
        gazette build --gated --sign release.pem
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

  @Option(help: ArgumentHelp("The folder of the site.", valueName: "DIR"))
  var output = "_site"

  @ArgumentParser.Flag(help: "Write into a folder that has other files.")
  var force = false

  @ArgumentParser.Flag(help: "Write nothing while the outcome of a rule is an error.")
  var gated = false

  @ArgumentParser.Flag(help: "Write pages that need history from a clone without all of it; each page tells.")
  var allowShallow = false

  @Option(help: ArgumentHelp("Sign the seal with an Ed25519 key (PEM, PKCS #8).", valueName: "KEY"))
  var sign: String?

  @ArgumentParser.Flag(help: "Print the pages as JSON, one a line, instead.")
  var plan = false

  @ArgumentParser.Flag(help: ArgumentHelp("Tell when each part of the work was done.", visibility: .hidden))
  var timings = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    var request = BuildRequest(
      source: source.request(isStrict: report.strict), audiences: audience.audiences, output: source.absolute(output),
      isForced: force, isGated: gated, gazetteVersion: gazetteVersion)
    request.allowsMissingHistory = allowShallow
    if let sign { request.signingKey = try SigningKey(file: source.absolute(sign)) }
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
    let told = Result { try report.tell(build.report, root: build.root) }
    if let written = build.written { report.say(words(for: build, written)) }
    try told.get()
  }

  private func words(for build: SiteBuild, _ written: SiteWriter.Written) -> String {
    var changes = "\(written.changed) of \(counted(written.files, "file")) written"
    if written.removed > 0 { changes += ", \(written.removed) removed" }
    if written.changed == 0, written.removed == 0 { changes = "nothing changed" }
    let start = audience == .all ? "\(output)/public/index.html" : "\(output)/index.html"
    return """
      \(output)/ has \(counted(build.releases, "release")) on \(counted(build.pages, "page")): \(changes).
      Look at it: open \(start), or `python3 -m http.server -d \(output)`.

      """
  }
}

/// Such as `1 page`, `12 pages`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
