import Diagnostics
import Foundation
import Model

/// Checks the signatures of commits against lists of signers; one run of Git for each list.
struct SignatureCheck: Sendable {
  let repository: GitRepository

  /// What Git says of a signature; who the signer is, is not known here.
  enum Answer: Sendable {
    case good(address: String)
    case unlisted(key: String)
    case bad, unsigned
    case unverifiable(reason: String, need: String)
  }

  /// - Parameters:
  ///   - commits: Full ids.
  ///   - signers: The text of a file as `ssh-keygen` takes it for `allowed_signers`; empty when nobody is listed.
  func answers(for commits: Set<String>, signers: [UInt8]) async throws(FileError) -> [String: Answer] {
    guard !commits.isEmpty else { return [:] }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-signers-\(UUID().uuidString)")
    do {
      try Data(signers).write(to: file)
    } catch {
      throw FileError(file.path, "the list of signers cannot be written: \(error.localizedDescription)")
    }
    let result: Result<[String: Answer], FileError>
    do throws(FileError) {
      result = .success(try await ask(commits, signersFile: file.path))
    } catch {
      result = .failure(error)
    }
    do {
      try FileManager.default.removeItem(at: file)
    } catch {
      throw FileError(file.path, "the list of signers cannot be removed: \(error.localizedDescription)")
    }
    return try result.get()
  }

  private func ask(_ commits: Set<String>, signersFile: String) async throws(FileError) -> [String: Answer] {
    var rows: [[String]] = []
    var stream = FieldStream(fieldsPerRecord: 4)
    // The configuration of the clone names no program of its own and no other list.
    let settings = [
      "gpg.ssh.allowedSignersFile=" + signersFile, "gpg.ssh.program=ssh-keygen", "gpg.ssh.revocationFile=",
      "gpg.program=gpg", "gpg.openpgp.program=gpg", "gpg.x509.program=gpgsm", "gpg.minTrustLevel=fully",
    ].flatMap { ["-c", $0] }
    let ending = try await repository.git.run(
      settings + [
        "log", "-z", "--no-walk=unsorted", "--stdin", "--no-color", "--no-notes",
        "--format=tformat:%H%x00%G?%x00%GS%x00%GF",
      ],
      in: repository.folder, input: Array(commits.sorted().map { $0 + "\n" }.joined().utf8)
    ) { piece in
      stream.append(piece) { rows.append($0.map { repairedText($0) }) }
    }
    guard ending.isSuccess else { throw FileError("git log", ending.reason) }
    let lacksProgram = ending.complaint.contains("cannot run ssh-keygen")
    // Git calls what it cannot ask gpg about unsigned.
    let lacksGPG = ending.complaint.contains("cannot run gpg")
    var answers: [String: Answer] = [:]
    for row in rows {
      answers[row[0]] = answer(row[1], signer: row[2], key: row[3], lacksProgram: lacksProgram, lacksGPG: lacksGPG)
    }
    return answers
  }

  /// - Source: git-log(1), `%G?`.
  private func answer(_ letter: String, signer: String, key: String, lacksProgram: Bool, lacksGPG: Bool) -> Answer {
    switch letter {
    // Expiry is judged by the committer's date, which Git hands to `ssh-keygen` itself; X, Y and R are for OpenPGP.
    case "G": .good(address: address(in: signer))
    case "U": .unlisted(key: key)
    case "N" where lacksGPG:
      .unverifiable(reason: "`gpg` is not installed, and some commits may be signed with it", need: "install GnuPG")
    case "N": .unsigned
    case "B" where key.isEmpty && lacksProgram:
      .unverifiable(reason: "`ssh-keygen` is not installed", need: "install OpenSSH, which has `ssh-keygen`")
    case "E":
      .unverifiable(reason: "the key of the signature is not on this machine", need: "import the key, or sign with SSH")
    default: .bad
    }
  }

  /// OpenPGP names a signer as `Name <address>`, SSH by what the list of signers says.
  private func address(in signer: String) -> String {
    let identity = Commit.Trailer(key: "", value: signer).identity
    return identity.email.isEmpty ? signer : identity.email
  }
}
