import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

extension Approval.Decision: ExpressibleByArgument {}

struct RecordApprovalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approval",
    abstract: "Record somebody's decision on a release.",
    usage: "gazette record approval PRODUCT VERSION [OPTION]…",
    discussion: """
      An approval is the commit that adds it: `--commit` makes that commit, and
      refuses unless the decision is the committer's own. A signed commit proves it.

      Examples:
        gazette record approval gateway 2.4.0 --role security --commit
        gazette record approval gateway 2.4.0 --decision conditional \\
          --conditions "The scan is repeated on Monday" --commit
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: ArgumentHelp("Who decided (default: whoever commits).", valueName: "PERSON"))
  var by: String?

  @Option(help: ArgumentHelp("In which role (default: the only one that they hold).", valueName: "ROLE"))
  var role: String?

  @Option(
    help: ArgumentHelp("approved, rejected, conditional or withdrawn.", valueName: "DECISION"))
  var decision: Approval.Decision = .approved

  @Option(help: "What must be so for the approval to count.")
  var conditions: String?

  @Option(help: ArgumentHelp("For whom they stood in.", valueName: "PERSON"))
  var onBehalfOf: String?

  @Option(help: "What they said.")
  var comment: String?

  @Option(help: "Where the decision is recorded elsewhere.")
  var ref: String?

  func run() async throws {
    let scene = try await options.scene()
    guard let person = try scene.person(by) else {
      throw UsageError(
        "nobody says who approves" + (scene.committer.map { ": `\($0.email)` is nobody in `people`" } ?? ""),
        help: "give `--by` with the id of a person, or add the address to their `emails` in gazette.yml")
    }
    if options.commit, let author = scene.author, let committer = scene.committer {
      try scene.content.require(person, toCommitAs: author, committer)
    }
    if decision == .conditional, (conditions ?? "").isEmpty {
      throw UsageError("the approval is conditional and says no condition", help: "give `--conditions`")
    }
    var words = Part.ApprovalWords(by: person.id)
    words.role = try roleToDecideIn(of: person, in: scene)
    words.decision = decision
    words.conditions = conditions
    words.onBehalfOf = try onBehalfOf.map { id throws in try scene.content.person(id).id }
    (words.comment, words.ref) = (comment, ref)
    let counts = decision == .approved && conditions == nil
    try await options.record(
      .approval(words, at: scene.at), in: scene, approvedBy: counts ? scene.committer : nil)
  }

  /// The role in which they decide.
  private func roleToDecideIn(of person: Person, in scene: RecordOptions.Scene) throws -> String? {
    if let role {
      try scene.content.require(person, toHold: role, at: scene.at)
      return role
    }
    let held = person.roles(on: scene.at.date(in: scene.content.records.site.zone))
    guard held.count > 1 else { return held.first }
    throw UsageError(
      "`\(person.id)` holds several roles: " + held.map { "`\($0)`" }.joined(separator: ", "),
      help: "say in which with `--role`")
  }
}
