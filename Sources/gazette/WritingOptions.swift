import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

/// What every command that writes content takes.
struct WritingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("When it was, as 2026-11-02T09:00Z (default: now).", valueName: "DAY|MOMENT"),
    transform: TimeArgument.when)
  var at: When?

  @Option(
    help: ArgumentHelp(
      "The content folder, from the top of the checkout (default: content, or gazette).", valueName: "DIR"))
  var content: String?

  /// Where the command was started.
  var folder: String { WorkingFolder().path }

  var contentFolder: String {
    content.map { ContentFolder.relative($0, around: folder) } ?? ContentFolder.inCheckout(around: folder)
  }

  /// When what is written came to be. The clock is asked here, once, and never below.
  var moment: When { at ?? .moment(.now) }

  /// The content, found sound as far as the command needs it.
  /// - Throws: `ExitCode` when it has to be mended first, which is told.
  func open(about release: ReleaseID? = nil, _ options: ReportOptions) async throws -> OpenContent {
    if let at, at.start(in: .utc) > .now {
      throw UsageError("`--at \(at.iso)` is yet to come", help: "give a moment that has passed")
    }
    var report = Report()
    let (content, root) = try await OpenContent.open(
      at: folder, content: contentFolder, about: release, into: &report)
    guard let content else {
      try options.tell(report, root: root)
      throw ExitCode(ExitStatus.hasErrors)
    }
    return content
  }

  /// Why to commit what is dated later than the newest commit.
  static let aheadOfCommits =
    "; until then it is dated later than the newest commit, which `check` takes for now"

  /// Writes a new file when the content is as sound with it as without, and says so.
  func write(_ file: NewFile, to content: OpenContent, _ options: ReportOptions) async throws {
    let edit = try content.edit(file)
    var report = Report()
    _ = try await content.trial(of: edit, clock: .now, into: &report)
    if !report.hasErrors {
      var writing = ContentWriting(in: content.checkout.root)
      try writing.apply(edit)
      var next = file.next
      if let happened = file.happened, try await content.isAhead(happened) {
        next = "commit it\(WritingOptions.aheadOfCommits)\nThen: \(next)"
      }
      options.say("Wrote\n" + edit.created.keys.sorted().map { "  \($0)\n" }.joined() + "Next: \(next)\n")
    }
    try options.tell(report, root: content.checkout.root)
  }
}
