import Diagnostics
import Foundation
import Model

/// Checks the signatures of commits or tags against lists of signers; one run of Git for each list.
struct SignatureCheck: Sendable {
  /// What is signed.
  enum Subject: Sendable { case commits, tags }

  let repository: GitRepository
  var subject = Subject.commits

  /// What Git says of a signature; who the signer is, is not known here.
  enum Answer: Sendable {
    case good(address: String)
    case unlisted(key: String)
    case bad, unsigned
    case unverifiable(reason: String, need: String)
  }

  /// - Parameters:
  ///   - ids: The full ids of the commits, or of the objects that the tags are.
  ///   - signers: The text of a file as `ssh-keygen` takes it for `allowed_signers`; empty when nobody is listed.
  func answers(for ids: Set<String>, signers: [UInt8]) async throws(FileError) -> [String: Answer] {
    guard !ids.isEmpty else { return [:] }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-signers-\(UUID().uuidString)")
    do {
      try Data(signers).write(to: file)
    } catch {
      throw FileError(file.path, "the list of signers cannot be written: \(error.localizedDescription)")
    }
    let result: Result<[String: Answer], FileError>
    do throws(FileError) {
      switch subject {
      case .commits: result = .success(try await ask(ofCommits: ids, signersFile: file.path))
      case .tags: result = .success(try await ask(ofTags: ids, signersFile: file.path))
      }
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

  /// The configuration of the clone names no program of its own and no other list.
  func settings(_ signersFile: String) -> [String] {
    [
      "gpg.ssh.allowedSignersFile=" + signersFile, "gpg.ssh.program=ssh-keygen", "gpg.ssh.revocationFile=",
      "gpg.program=gpg", "gpg.openpgp.program=gpg", "gpg.x509.program=gpgsm", "gpg.minTrustLevel=fully",
    ].flatMap { ["-c", $0] }
  }

  private func ask(ofCommits ids: Set<String>, signersFile: String) async throws(FileError) -> [String: Answer] {
    var rows: [[String]] = []
    var stream = FieldStream(fieldsPerRecord: 4)
    let ending = try await repository.git.run(
      settings(signersFile) + [
        "log", "-z", "--no-walk=unsorted", "--stdin", "--no-color", "--no-notes",
        "--format=tformat:%H%x00%G?%x00%GS%x00%GF",
      ],
      in: repository.folder, input: Array(ids.sorted().map { $0 + "\n" }.joined().utf8)
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
    case "G": .good(address: SignatureCheck.address(in: signer))
    case "U": .unlisted(key: key)
    case "N" where lacksGPG:
      .unverifiable(reason: "`gpg` is not installed, and some commits may be signed with it", need: "install GnuPG")
    case "N": .unsigned
    case "B" where key.isEmpty && lacksProgram: .lacksSSHKeygen
    case "E": .lacksKey
    default: .bad
    }
  }

  /// OpenPGP names a signer as `Name <address>`, SSH by what the list of signers says.
  static func address(in signer: String) -> String {
    let identity = Commit.Trailer(key: "", value: signer).identity
    return identity.email.isEmpty ? signer : identity.email
  }
}

extension SignatureCheck.Answer {
  static let lacksSSHKeygen = SignatureCheck.Answer.unverifiable(
    reason: "`ssh-keygen` is not installed", need: "install OpenSSH, which has `ssh-keygen`")
  static let lacksKey = SignatureCheck.Answer.unverifiable(
    reason: "the key of the signature is not on this machine", need: "import the key, or sign with SSH")
}
