import ArgumentParser
import Diagnostics
import Export
import Model
import Publishing

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Does a site still match its seal?",
    usage: "gazette verify SITE [OPTION]…",
    discussion: """
      Reads every byte of the site. A changed or missing file is an error; a foreign
      one, which Gazette did not write, is a warning, and an error with --strict.
      Without a signature this finds accidents, not attackers: who can change a page
      can seal the site anew.

      With --since, an older seal of the same site, no published release may have
      vanished or changed without an amendment, whatever became of the history in
      Git.

      Examples:
        gazette verify _site
        gazette verify _site --key release.pub --strict
        gazette verify _site --since archive/2026-06/seal.json
      """)

  @Argument(help: "The folder of the site.")
  var site: String

  @Option(help: ArgumentHelp("The public key (PEM) that must have signed it.", valueName: "PUB"))
  var key: String?

  @Option(help: ArgumentHelp("An older seal, or the folder of the older site.", valueName: "OLD-SEAL"))
  var since: String?

  @OptionGroup var report: ReportOptions

  func run() async throws {
    let here = WorkingFolder()
    let key = try key.map { try VerificationKey(file: here.absolute($0)) }
    let result = try await verify(
      VerifyRequest(
        site: here.absolute(site), key: key, since: since.map(here.absolute),
        slices: slicesByCores))
    try report.tell(result.report, root: here.absolute(site))
    guard let seal = result.seal, let proof = result.proof else { return }
    report.say(words(for: seal, proof, foreign: result.foreign))
    if let (old, proof) = result.old { report.say(words(since: old, proof)) }
  }

  private func words(for seal: Seal, _ proof: Seal.Proof, foreign: Int) -> String {
    let commit = seal.commit.map { " of commit \($0.prefix(12))" } ?? ""
    let (count, audience) = (counted(seal.files.count, "file"), seal.audience.rawValue)
    var text = "\(count) as sealed: the \(audience) site\(commit), true for \(seal.asOf.iso).\n"
    if foreign > 0 { text += "Beside them \(foreign == 1 ? "is" : "are") \(counted(foreign, "foreign file")).\n" }
    if seal.hasUncommitted { text += "It was made with content that no commit holds.\n" }
    switch proof {
    case .signed(let key): text += "The seal is signed with the key \(key.prefix(12)).\n"
    case .unchecked: text += "The seal has a signature, which was not checked: give the public key with --key.\n"
    case .unsigned:
      text += "The seal is not signed: this finds accidents, not attackers, who could have sealed it anew.\n"
    case .broken: break
    }
    return text
  }

  private func words(since old: Seal, _ proof: Seal.Proof) -> String {
    let count = counted(old.releases.count, "release")
    var text = "None of the \(count) of \(old.asOf.iso) vanished, or was changed without amendment.\n"
    switch proof {
    case .signed: text += "The older seal is signed with the same key.\n"
    case .unchecked, .unsigned, .broken:
      text += "The older seal is not proven: this is worth as much as the place where it was kept.\n"
    }
    return text
  }
}
