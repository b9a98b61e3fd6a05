import ArgumentParser
import Diagnostics
import Ingest
import Publishing

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read and judge; write nothing.",
    usage: "gazette check [OPTION]…",
    discussion: """
      Examples:
        gazette check
        gazette check --strict --report text --report sarif=gazette.sarif
        gazette check --since origin/main --report github
        gazette check --write-baseline baseline.yml
        gazette check --baseline baseline.yml
      """)

  @Option(help: ArgumentHelp("Tell only what differs from that commit.", valueName: "REV"))
  var since: String?

  @OptionGroup var baseline: BaselineOptions
  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    if since != nil, baseline.writeBaseline != nil {
      throw ValidationError("--write-baseline takes everything that is found: leave --since out")
    }
  }

  func run() async throws {
    let request = source.request(isStrict: report.strict, remembers: true)
    var difference: CheckedDifference?
    let build = try await report.withProgress(request) { request in
      guard let since else { return try await check(request) }
      let (build, found) = try await check(request, since: since)
      difference = found
      return build
    }
    keepToTheEnd(build.remains)
    let findings = try baseline.applied(to: build, strict: report.strict, isWhole: since == nil)
    try report.tell(Telling(findings, root: build.root))
    if let difference { report.say(words(for: difference)) }
    if let count = try baseline.write(build.report) {
      report.say(baseline.words(forWriting: count))
      return
    }
    if findings.hasErrors { throw ExitCode(ExitStatus.hasErrors) }
    if build.report.isEmpty, difference == nil {
      let (releases, products) = (counted(build.releases, "release"), counted(build.products, "product"))
      report.say("Nothing is wrong with \(releases) of \(products).\n")
    }
  }

  private func words(for difference: CheckedDifference) -> String {
    "Compared with \(difference.commit.prefix(12)): \(counted(difference.kept, "finding")) as there, "
      + "\(difference.gone) gone.\n"
  }
}
