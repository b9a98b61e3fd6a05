import ArgumentParser
import Diagnostics
import Ingest
import Metrics
import Publishing

extension MetricsReport.Format: ExpressibleByArgument {}
extension Bucket.Size: ExpressibleByArgument {}

struct MetricsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "How releases go out: lead time, frequency, failures, recovery and more.",
    usage: "gazette metrics [PRODUCT] [OPTION]…",
    discussion: """
      The same figures as the internal site's /metrics/ pages. Medians and shares of
      fewer than five values are not shown, for they would say nothing.

      Examples:
        gazette metrics
        gazette metrics gateway --by week --format json
        gazette metrics --format csv > figures.csv
      """)

  @Argument(help: ArgumentHelp("The id of a product (default: all, and the teams).", valueName: "PRODUCT"))
  var product: String?

  @Option(help: ArgumentHelp("How they are written.", valueName: "text|json|csv"))
  var format = MetricsReport.Format.text

  @Option(help: ArgumentHelp("How long a period is (default: what fits).", valueName: "week|month|quarter"))
  var by: Bucket.Size?

  @Flag(help: ArgumentHelp("Tell when each part of the work was done.", visibility: .private))
  var timings = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let (product, by, timings) = (product, by, timings)
    let request = source.request(isStrict: report.strict, remembers: true)
    let (build, result) = try await report.withProgress(request) { request in
      var request = request
      if timings { request.options.reached = StageClock().tell }
      return try await MetricsReport.read(request, product: product, by: by)
    }
    switch result {
    case nil:
      try report.tell(build.report, root: build.root, on: .standardError)
      throw ExitCode(ExitStatus.hasErrors)
    case .failure(let unknown)?:
      throw UsageError(unknown.message, help: unknown.help)
    case .success(let metrics)?:
      Console.standardOutput.write(metrics.written(as: format))
    }
  }
}
