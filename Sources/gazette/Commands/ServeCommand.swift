import ArgumentParser
import Diagnostics
import Dispatch
import Foundation
import Model
import Preview
import Publishing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Build, show the site to this machine's browser, and follow every change.",
    usage: "gazette serve [OPTION]…",
    discussion: """
      Whatever changes in content, templates, files of the theme or Git's refs makes
      a new site, and open pages reload. While something is wrong the last site
      stays, and pages say what it is. Pages are made when they are asked for;
      nothing is written.

      Examples:
        gazette serve
        gazette serve --audience internal --port 8080
        gazette serve --audience all --port 0
      """)

  @Option(help: ArgumentHelp("The port; of the internal site the next one. 0 takes any free one.", valueName: "N"))
  var port: UInt16 = 8000

  @Option(help: ArgumentHelp("Who the site is for.", valueName: "public|internal|all"))
  var audience = BuildCommand.Readers.public

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    if audience == .all, port == .max { throw ValidationError("--port is at most 65534, for two sites need two") }
  }

  func run() async throws {
    let start = ContinuousClock.now
    let request = PreviewRequest(
      audiences: audience.audiences, port: port, now: { ContinuousClock.now - start },
      build: { [source, report, audience] output in
        BuildRequest(
          source: source.request(isStrict: report.strict), audiences: audience.audiences, output: output,
          gazetteVersion: gazetteVersion)
      },
      describe: { report, root in Telling(report, root: root).text(as: .text, colour: false) })
    let terminal = PreviewTerminal(report: report)
    let serving = Task { try await preview(request) { terminal.tell($0) } }
    let signals = [SIGINT, SIGTERM, SIGHUP].map { stop(serving, on: $0) }
    defer { for signal in signals { signal.cancel() } }
    try await serving.value
  }
}

/// Ends the serving when a signal comes; the second one does not wait for the build that may be running.
private func stop(_ serving: Task<Void, any Error>, on number: Int32) -> any DispatchSourceSignal {
  signal(number, SIG_IGN)
  let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
  source.setEventHandler {
    if serving.isCancelled { exit(ExitStatus.clean) }
    serving.cancel()
  }
  source.resume()
  return source
}

/// Says in the terminal what happens.
private struct PreviewTerminal: Sendable {
  let report: ReportOptions

  func tell(_ event: PreviewEvent) {
    switch event {
    case .listens(let sites):
      for (audience, port) in sites {
        Console.standardOutput.write("Serving the \(audience.rawValue) site at http://127.0.0.1:\(port)/\n")
      }
      report.say("Ctrl-C stops.\n")
    case .built(let build, let isNew, let took): built(build, isNew: isNew, took: took)
    case .read(let build):
      findings(of: build)
      report.say("The site is shown all the same; `gazette build` would not write it.\n")
    case .failed(let build):
      findings(of: build)
      report.say("The last site stays; waiting for a change.\n")
    case .stopped(let error):
      Console.standardError.write(
        "error: \(error.description)\n" + (error.help.map { " = help: \($0)\n" } ?? ""))
      report.say("The last site stays; waiting for a change.\n")
    }
  }

  private func built(_ build: SiteBuild, isNew: Bool, took: Duration) {
    let hundredths = Int((took / .milliseconds(10)).rounded())
    let seconds = "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10) s"
    var text =
      isNew ? "Built \(counted(build.pages, "page")) in \(seconds)" : "The same site as before (\(seconds))"
    let counts = [(build.report.count(of: .error), "error"), (build.report.count(of: .warning), "warning")]
    let found = counts.filter { $0.0 > 0 }.map { counted($0.0, $0.1) }.joined(separator: " and ")
    if !found.isEmpty { text += "; `gazette check` lists \(found)" }
    report.say(text + ".\n")
  }

  private func findings(of build: SiteBuild) {
    do {
      try report.tell(build.report, root: build.root)
    } catch {
      // That there are errors ends other commands; this one goes on.
      guard let failure = error as? FileError else { return }
      Console.standardError.write("error: \(failure.description)\n")
    }
  }
}
