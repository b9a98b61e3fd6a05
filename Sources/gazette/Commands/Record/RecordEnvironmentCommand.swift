import ArgumentParser
import Authoring
import Diagnostics
import Model

struct RecordEnvironmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environment",
    abstract: "Record what the release runs on in an environment.",
    usage: "gazette record environment PRODUCT VERSION --of ENVIRONMENT [OPTION]…",
    discussion: """
      Example:
        gazette record environment gateway 2.4.0 --of staging \\
          --image sha256:4d96… --config sha256:9e3b…
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: ArgumentHelp("The environment.", valueName: "ENVIRONMENT"))
  var of: String

  @Option(help: ArgumentHelp("What runs there.", valueName: "DIGEST"))
  var image: String?

  @Option(help: ArgumentHelp("Its configuration.", valueName: "DIGEST"))
  var config: String?

  @Option(help: "Why it differs from the others.")
  var difference: String?

  func run() async throws {
    let scene = try await options.scene()
    for (digest, flag) in [(image, "--image"), (config, "--config")] {
      guard let digest, ContentDigest(digest) == nil else { continue }
      throw UsageError("`\(digest)` is not a digest", help: "give `\(flag) sha256:` and 64 hexadecimal digits")
    }
    let id = try scene.content.environment(of).id
    let part = try Part.environment(
      id, config: config, image: image, difference: difference, at: scene.at, onto: scene.record)
    try await options.record(part, in: scene)
  }
}
