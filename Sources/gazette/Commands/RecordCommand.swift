import ArgumentParser

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Add evidence, an approval and the like to a record.",
    discussion: """
      A part is a file of its own in releases/PRODUCT/VERSION.d/, so that jobs and
      approvers never meet in one file. What people wrote is never touched, and a
      part is only written if the content is as sound with it as it was without.

      Examples:
        gazette record evidence gateway 2.4.0 unit.xml --layer unit --copy --commit
        gazette record approval gateway 2.4.0 --role security --commit
        gazette record gate gateway 2.4.0 --to production
        gazette record deployment gateway 2.4.0 --to production --share 5
        gazette record validation gateway 2.4.0 --check smoke=passed
        gazette record review gateway 2.4.0 --improve "Warm the cache first"
      """,
    subcommands: [
      RecordEvidenceCommand.self, RecordApprovalCommand.self, RecordDeploymentCommand.self,
      RecordEnvironmentCommand.self, RecordAcceptanceCommand.self, RecordCommunicationCommand.self,
      RecordValidationCommand.self, RecordReviewCommand.self, RecordGateCommand.self,
    ])
}
