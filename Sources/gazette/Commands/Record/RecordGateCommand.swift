import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model
import Publishing

struct RecordGateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Ask the gate and record its verdict; or record one, or who passed it by.",
    usage: "gazette record gate PRODUCT VERSION [OPTION]…",
    discussion: """
      Exit status 1 when the verdict is that the release may not go out.

      Examples:
        gazette record gate gateway 2.4.0 --to production --commit
        gazette record gate gateway 2.4.0 --attestation content/evidence/gate.json
        gazette record gate gateway 2.4.0 --bypass --reason "It was down"
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: ArgumentHelp("Where to (default: the first environment that customers use).", valueName: "ENVIRONMENT"))
  var to: String?

  @Option(help: ArgumentHelp("The digest of what is deployed; it must be in the record.", valueName: "DIGEST"))
  var artifact: String?

  @Option(help: ArgumentHelp("What `gazette gate --attest` wrote, instead of asking.", valueName: "FILE"))
  var attestation: String?

  @ArgumentParser.Flag(help: "Somebody passed the gate by.")
  var bypass = false

  @Option(help: "Why it was passed by.")
  var reason: String?

  @Option(help: ArgumentHelp("Who asked, or passed it by (default: whoever commits).", valueName: "PERSON"))
  var by: String?

  func validate() throws {
    if bypass, attestation != nil || artifact != nil {
      throw ValidationError("--bypass asks nobody: leave --attestation and --artifact out")
    }
    if bypass, reason == nil { throw ValidationError("--bypass needs --reason") }
    if attestation != nil, artifact != nil {
      throw ValidationError("--attestation says what was asked about: leave --artifact out")
    }
    if !bypass, reason != nil { throw ValidationError("--reason is for --bypass") }
  }

  func run() async throws {
    let scene = try await options.scene()
    let person = try scene.person(by)?.id
    if let to { _ = try scene.content.environment(to) }
    let digest = try digest()
    var words: Part.GateWords
    var at = scene.at
    if bypass {
      guard person != nil else {
        throw UsageError("nobody answers for the bypass", help: "give `--by` with the id of a person")
      }
      words = Part.GateWords(.bypassed)
      words.environment = to
      words.reason = reason
    } else if let attestation {
      let kept = try await kept(attestation, in: scene)
      words = kept.words
      if options.writing.at == nil { at = .moment(kept.asOf) }
    } else {
      words = try await asked()
      words.artifact = digest
    }
    words.by = person
    try await options.record(.gate(words, at: at), in: scene)
    if words.verdict == .failed { throw ExitCode(ExitStatus.hasErrors) }
  }

  /// The artifact as a record writes it.
  private func digest() throws -> String? {
    guard let artifact else { return nil }
    guard let digest = ContentDigest(artifact),
      ["sha256": 64, "sha512": 128][digest.algorithm] == digest.hex.utf8.count
    else {
      throw UsageError("`\(artifact)` is not a digest", help: "give `--artifact sha256:` and 64 hexadecimal digits")
    }
    return "\(digest.algorithm):\(digest.hex)"
  }

  private func asked() async throws -> Part.GateWords {
    let options = LoadOptions(clock: .now, slices: slicesByCores)
    let source = SourceRequest(
      folder: self.options.writing.folder, content: self.options.writing.contentFolder, options: options)
    let question = GateQuestion(
      source: source, product: self.options.product, version: self.options.version, environment: to, artifact: artifact)
    let (build, answer) = try await gate(question)
    guard let answer = try answer?.known() else {
      try self.options.report.tell(build.report, root: build.root)
      throw ExitCode(ExitStatus.hasErrors)
    }
    self.options.report.say(answer.words + "\n")
    var words = Part.GateWords(answer.isOpen ? .passed : .failed)
    words.environment = answer.environment.id
    return words
  }

  /// The verdict in a file, which must be about this release.
  private func kept(
    _ name: String, in scene: RecordOptions.Scene
  ) async throws -> (words: Part.GateWords, asOf: Moment) {
    var found = Report()
    let source = try await EvidenceSource(
      name, from: options.writing.folder, as: .document, copies: false, for: options.release, in: scene.content,
      into: &found)
    guard let source, let bytes = try scene.content.checkout.bytes(of: source.path, into: &found) else {
      try options.report.tell(found, root: scene.content.checkout.root)
      throw ExitCode(ExitStatus.hasErrors)
    }
    let verdict = try KeptVerdict(bytes, at: name)
    guard verdict.product == options.product, verdict.version == options.version else {
      throw UsageError(
        "`\(name)` is the verdict on \(verdict.product) \(verdict.version)",
        help: "name the file for \(options.release)")
    }
    if let to, to != verdict.environment {
      throw UsageError("`\(name)` is about `\(verdict.environment)`", help: "leave `--to` out, or name another file")
    }
    var words = Part.GateWords(verdict.isOpen ? .passed : .failed)
    words.environment = try scene.content.environment(verdict.environment).id
    words.attestation = source.path
    return (words, verdict.asOf)
  }
}
