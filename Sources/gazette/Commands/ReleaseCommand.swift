import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

extension Release.Status: ExpressibleByArgument {}

struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Move the waiting changes into a new record.",
    usage: "gazette release PRODUCT VERSION [OPTION]…",
    discussion: """
      A change that waits for other products too stays with them. Pictures and other
      files that lie beside a change go with it. Either all of it is done, or
      nothing.

      Examples:
        gazette release gateway 2.4.0 --dry-run
        gazette release gateway 2.4.0 --scheduled 2026-12-01T09:00Z
        gazette release gateway 2.4.1 --hotfix-of 2.4.0 --incident search-was-slow
        gazette release gateway 2.5.0 --join      into a record that is there
        gazette release gateway 2.3.0 --status released      it is tagged already
      """)

  @Argument(help: "The id of the product.")
  var product: String

  @Argument(help: "The version that the record is of.")
  var version: String

  @ArgumentParser.Flag(help: "Show what would be done, and do nothing.")
  var dryRun = false

  @ArgumentParser.Flag(help: "Put the changes into a part of a record that is there and has not shipped.")
  var join = false

  @Option(help: ArgumentHelp("How it stands (default: candidate).", valueName: "STATUS"))
  var status: Release.Status?

  @Option(help: "What it is about, in a few words.")
  var title: String?

  @Option(help: ArgumentHelp("The release manager (default: whoever commits).", valueName: "PERSON"))
  var owner: String?

  @Option(help: ArgumentHelp("When it is to go out.", valueName: "DAY|MOMENT"), transform: TimeArgument.when)
  var scheduled: When?

  @Option(help: ArgumentHelp("The shipped release that it repairs.", valueName: "VERSION"))
  var hotfixOf: String?

  @Option(help: ArgumentHelp("The incident that it answers.", valueName: "ID"))
  var incident: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let release = ReleaseID(product: ProductID(product), version: version)
    let content = try await writing.open(about: release, report)
    let words = try await words(in: content)
    let cut = try ReleaseCut(release, words, joins: join, in: content)
    var found = Report()
    let after = try await content.trial(of: cut.edit, clock: .now, into: &found)
    if found.hasErrors {
      return try report.tell(found, root: content.checkout.root)
    }
    guard cut.isUnderstood(in: after) else {
      throw UsageError(
        "a change that waits for other products too cannot be kept for them",
        help: "write its `products: […]` on a line of its own")
    }
    if !dryRun {
      var writing = ContentWriting(in: content.checkout.root)
      try writing.apply(cut.edit, copies: cut.copies)
    }
    var isAhead = false
    if let released = words.released { isAhead = try await content.isAhead(released) }
    report.say(text(of: cut, isAhead: isAhead))
    try report.tell(found, root: content.checkout.root)
  }

  private func words(in content: OpenContent) async throws -> ReleaseCut.Words {
    var words = ReleaseCut.Words()
    let tag = try await content.releasingTag(of: version, of: try content.product(product))
    if let tag, status == nil, !content.records.releases.contains(where: { $0.version == version }) {
      throw UsageError(
        "`\(version)` is out already, by its tag `\(tag.name)`, and as a candidate it would leave the site",
        help: "add `--status released`; or `--status candidate`, where the tag does not mean that it is out")
    }
    words.status = status ?? .candidate
    words.title = title
    words.scheduled = scheduled
    if let owner {
      words.owner = try content.person(owner).id
    } else {
      let committer = try await WorkingGit(in: content.checkout.root).identities()?.committer
      words.owner = content.person(committing: committer)?.id
    }
    if let hotfixOf {
      let product = try content.product(product)
      words.hotfixOf = try content.version(hotfixOf, of: product).text
      try await content.require(hotfixOf, of: product, namedBy: "--hotfix-of")
    }
    if let incident { words.incident = try content.incident(incident).id }
    // A tag tells when.
    if words.status.hasShipped { words.released = tag == nil ? writing.moment : writing.at }
    return words
  }

  /// - Parameter isAhead: Whether it is dated later than the newest commit.
  private func text(of cut: ReleaseCut, isAhead: Bool) -> String {
    var text = (dryRun ? "Would write\n" : "Wrote\n") + "  \(cut.path)\n"
    let width = cut.moves.map(\.kind.rawValue.count).max() ?? 0
    for move in cut.moves {
      let kind = move.kind.rawValue.padded(to: width)
      // What is under embargo is named and not told.
      let words = move.embargoUntil.map { "under embargo until \($0.iso)" } ?? move.words
      text += "    \(kind)  \(move.id): \(words.count > 60 ? words.prefix(59) + "…" : words[...])\n"
    }
    if cut.moves.isEmpty {
      text += "    without changes, for none wait: its notes are the changelog's or its commits\n"
    } else {
      text += dryRun ? "Would remove\n" : "Removed\n"
      text += cut.moves.filter { $0.rest?.path != $0.path }.map { "  \($0.path)\n" }.joined()
    }
    let gone = cut.attachments.filter { !$0.stays }
    let copied = cut.attachments.filter(\.stays)
    for (files, word) in [(gone, dryRun ? "Would move" : "Moved"), (copied, dryRun ? "Would copy" : "Copied")]
    where !files.isEmpty {
      text += word + "\n" + files.map { "  \($0.path) to \($0.place)\n" }.joined()
    }
    let rests = cut.moves.compactMap(\.rest)
    if !rests.isEmpty {
      text += dryRun ? "Would keep for others\n" : "Kept for others\n"
      for rest in rests { text += "  \(rest.path), for \(rest.products.joined(separator: ", "))\n" }
    }
    guard !dryRun else { return text + "Nothing was done: run it without `--dry-run`\n" }
    let next = "Next: read it through, commit it, and ask `gazette gate \(cut.release)`"
    return text + next + (isAhead ? WritingOptions.aheadOfCommits : "") + "\n"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
