import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

/// What every kind of `gazette record` takes: the release, and what becomes of the part.
struct RecordOptions: ParsableArguments {
  @Argument(help: "The id of the product.")
  var product: String

  @Argument(help: "The version, which has a record.")
  var version: String

  @ArgumentParser.Flag(help: "Commit the new file, and nothing else that is staged.")
  var commit = false

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  var release: ReleaseID { ReleaseID(product: ProductID(product), version: version) }

  /// What is there, before something is added.
  struct Scene {
    var content: OpenContent
    var record: ReleaseRecord
    /// When what is recorded came to be.
    var at: When
    var author: Commit.Identity?
    var committer: Commit.Identity?
    /// Ours until the commit is made, since before anything was read; `nil` where none is to be made.
    var turn: CommitTurn?

    /// Who says it: the person that was named, else whoever commits here.
    func person(_ id: String?) throws -> Person? {
      try id.map { id throws in try content.person(id) } ?? content.person(committing: committer)
    }
  }

  func scene() async throws -> Scene {
    // Of two jobs at once, the second sees what the first has recorded.
    let turn = commit ? try await WorkingGit(in: writing.folder).turn() : nil
    let content = try await writing.open(about: release, report)
    if commit, turn == nil {
      throw UsageError(
        "Git finds no repository to commit in", help: "see whether `GIT_DIR` is set, or commit yourself")
    }
    let record = try content.record()
    let identities = try await WorkingGit(in: content.checkout.root).identities()
    if commit, identities == nil {
      throw UsageError(
        "Git does not know who commits", help: "run `git config user.email you@example.org`, and `user.name` too")
    }
    return Scene(
      content: content, record: record, at: writing.moment, author: identities?.author,
      committer: identities?.committer, turn: turn)
  }

  /// Writes the part, says so, and commits it if that is wanted.
  func record(
    _ part: Part, with copies: [String: [UInt8]] = [:], untracked: String? = nil, in scene: Scene,
    approvedBy approver: Commit.Identity? = nil, findings: Report = Report()
  ) async throws {
    defer { withExtendedLifetime(scene.turn) {} }
    var found = findings
    var recording = Recording(part, of: release, in: scene.content)
    (recording.copies, recording.untracked) = (copies, untracked)
    if try await recording.write(to: scene.content, clock: .now, into: &found) {
      var next = ""
      if let turn = scene.turn {
        try await recording.commit(in: scene.content, during: turn, approvedBy: approver)
        if scene.content.checkout.repository?.branch == nil {
          Console.standardError.write(
            """
            warning: HEAD is detached, so that the commit is on no branch and may be lost
             = help: push it with `git push origin HEAD:BRANCH`

            """)
        }
      } else {
        let isAhead = try await scene.content.isAhead(part.at)
        next = "Next: commit it, or let `--commit` do that\(isAhead ? WritingOptions.aheadOfCommits : "")\n"
      }
      report.say((commit ? "Wrote and committed\n" : "Wrote\n") + recording.paths.map { "  \($0)\n" }.joined() + next)
    }
    try report.tell(found, root: scene.content.checkout.root)
  }
}
