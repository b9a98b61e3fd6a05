import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

extension EvidenceFormat: ExpressibleByArgument {
  // There are too many to list beside one option.
  public static var allValueStrings: [String] { [] }
}

struct RecordEvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Record a file that proves something, pinned to its digest.",
    usage: "gazette record evidence PRODUCT VERSION [FILE] [OPTION]…",
    discussion: """
      What the file shows is found from what it holds; a file that is called
      something else is refused. It stays where it is, unless `--copy` puts it into
      the content.

      Examples:
        gazette record evidence gateway 2.4.0 unit.xml --layer unit --copy --commit
        gazette record evidence gateway 2.4.0 pentest.pdf --kind pentest --copy
        gazette record evidence gateway 2.4.0 --statement "Tried it" --kind manual
      """)

  @OptionGroup var options: RecordOptions

  @Argument(help: "The file.", completion: .file())
  var file: String?

  @Option(help: ArgumentHelp("What it shows (default: from its content).", valueName: "KIND"))
  var kind: String?

  @Option(help: ArgumentHelp("The layer of tests, such as unit.", valueName: "LAYER"))
  var layer: String?

  @Option(help: ArgumentHelp("Its name in the record (default: from the file).", valueName: "ID"))
  var id: String?

  @Option(help: ArgumentHelp("Its format, where the content does not tell.", valueName: "FORMAT"))
  var format: EvidenceFormat?

  @Option(
    help: ArgumentHelp(
      "The commit that was examined (default: the last that changed more than the content).", valueName: "REV"))
  var of: String?

  @Option(help: ArgumentHelp("Where it was made.", valueName: "ENV"))
  var environment: String?

  @Option(name: .customLong("control"), help: ArgumentHelp("A control that it answers.", valueName: "ID"))
  var controls: [String] = []

  @Option(help: ArgumentHelp("What somebody vouches for instead.", valueName: "TEXT"))
  var statement: String?

  @Option(help: ArgumentHelp("Who vouches (default: whoever commits).", valueName: "PERSON"))
  var by: String?

  @Option(help: ArgumentHelp("Who may see it (default: internal).", valueName: "AUDIENCE"))
  var audience: Audience?

  @ArgumentParser.Flag(help: "Copy the file into the content, to evidence/.")
  var copy = false

  func run() async throws {
    let scene = try await options.scene()
    var words = Part.EvidenceWords()
    (words.kind, words.layer, words.id, words.format) = (kind, layer, id, format)
    (words.controls, words.audience) = (controls, audience)
    words.environment = try environment.map { id throws in try scene.content.environment(id).id }
    switch (file, statement) {
    case (nil, nil): throw UsageError("nothing is shown", help: "name the file, or give `--statement`")
    case (_?, _?): throw UsageError("it is a file or a statement", help: "leave one of them out")
    case (nil, let statement?):
      words.by = try scene.person(by)?.id
      try await options.record(
        try .statement(statement, words, at: scene.at, onto: scene.record), in: scene)
    case (let file?, nil):
      words.by = try by.map { id throws in try scene.content.person(id).id }
      try await record(file, words, in: scene)
    }
  }

  private func record(_ name: String, _ words: Part.EvidenceWords, in scene: RecordOptions.Scene) async throws {
    var found = Report()
    let source = try await EvidenceSource(
      name, from: options.writing.folder, as: format ?? (kind == "document" ? .document : nil), copies: copy,
      for: options.release, in: scene.content, into: &found)
    guard let source, !found.hasErrors else { return try options.report.tell(found, root: scene.content.checkout.root) }
    let git = WorkingGit(in: scene.content.checkout.root)
    // One that somebody else has put into the content is committed with the part, unless it differs from the commit.
    var untracked: String?
    var isReady = true
    if options.commit, source.copy == nil {
      if copy, try await !git.tracks(source.path) {
        untracked = source.path
      } else {
        isReady = try await git.isCommitted(source.path)
      }
    }
    guard isReady else {
      throw UsageError(
        "`\(source.path)` is not committed, so that nobody else would have it",
        help: copy
          ? "commit it first, or take it out of the index"
          : "commit it first, or add `--copy` to put it into the content and commit it too")
    }
    var words = words
    if let of {
      words.commit = try await git.commit(named: of)
      if words.commit == nil { throw UsageError("there is no commit `\(of)`", help: "correct `--of`") }
    } else if source.file.payload.kind != nil {
      words.commit = try await git.examinedCommit(besides: scene.content.checkout.content)
    }
    let part = try Part.evidence(words, in: source.file, at: source.path, made: scene.at, onto: scene.record)
    try await options.record(
      part, with: source.copy.map { [source.path: $0] } ?? [:], untracked: untracked, in: scene,
      findings: found)
  }
}
