import ArgumentParser
import Diagnostics
import Export
import Publishing

struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the parts of a site that was built in parts.",
    usage: "gazette merge DIR… [OPTION]…",
    discussion: """
      Each DIR is what one `gazette build --shard I/N` wrote. Together they give the
      same bytes as one build: links are checked here, and here the site is sealed
      and signed. No checkout is needed. What the rules found is told as one build
      tells it, with its exit status: a site with failed outcomes is written, and
      the status is 1.

      Examples:
        gazette merge _part-1 _part-2 _part-3
        gazette merge parts/* --output _site --sign release.pem
      """)

  @Argument(help: ArgumentHelp("The folders of all parts, in any order.", valueName: "DIR"))
  var parts: [String]

  @Option(help: ArgumentHelp("The folder of the site.", valueName: "DIR"))
  var output = "_site"

  @ArgumentParser.Flag(help: "Write into a folder that has other files.")
  var force = false

  @Option(help: ArgumentHelp("Sign the seal with an Ed25519 key (PEM, PKCS #8).", valueName: "KEY"))
  var sign: String?

  @OptionGroup var baseline: BaselineOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let here = WorkingFolder()
    var request = MergeRequest(
      parts: parts.map { (name: $0, folder: here.absolute($0)) }, output: here.absolute(output), isForced: force,
      gazetteVersion: gazetteVersion, slices: slicesByCores)
    if let sign { request.signingKey = try SigningKey(file: here.absolute(sign)) }
    let build = try await merge(request)
    let findings = build.written == nil ? build.report : try baseline.applied(to: build, strict: report.strict)
    let told = Result { try report.tell(findings, root: build.root) }
    if let written = build.written {
      let (pages, parts) = (counted(build.pages, "page"), counted(parts.count, "part"))
      report.say("\(output)/ has \(pages) out of \(parts): \(written.words).\n")
    }
    if let count = try baseline.write(build.report) { report.say(baseline.words(forWriting: count)) }
    try told.get()
  }
}
