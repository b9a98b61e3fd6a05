import Diagnostics

extension SignatureCheck {
  /// How many tags one run of Git is asked about, so that its answer stays small.
  private static let most = 500
  /// No tag can have this name, so what Git says of it ends what it says of the tag before.
  private static let mark = "..end"

  /// Asks `git verify-tag` of many tags at once. It tells of one after the other on standard error.
  func ask(ofTags ids: Set<String>, signersFile: String) async throws(FileError) -> [String: Answer] {
    let ids = ids.sorted()
    var answers: [String: Answer] = [:]
    for start in stride(from: 0, to: ids.count, by: Self.most) {
      let batch = ids[start..<min(start + Self.most, ids.count)]
      let ending = try await repository.git.run(
        settings(signersFile) + ["verify-tag", "--raw"] + batch.flatMap { [$0, Self.mark] }, in: repository.folder
      ) { _ in }
      let lines = ending.complaint.split(separator: "\n")
      let parts = lines.split(omittingEmptySubsequences: false) { $0 == "error: tag '\(Self.mark)' not found." }
      guard parts.count == batch.count + 1 else { throw FileError("git verify-tag", ending.reason) }
      for (id, part) in zip(batch, parts) { answers[id] = SignatureCheck.answer(in: part) }
    }
    return answers
  }

  /// - Source: ssh-keygen(1), `-Y verify`; GnuPG, `doc/DETAILS`, "Format of the --status-fd output".
  private static func answer(in lines: ArraySlice<Substring>) -> Answer {
    func rest(after start: String) -> Substring? {
      lines.first { $0.hasPrefix(start) }.map { $0.dropFirst(start.count) }
    }
    if let words = rest(after: "Good \"git\" signature for "), let end = words.ranges(of: " with ").last {
      return .good(address: address(in: String(words[..<end.lowerBound])))
    }
    if let words = rest(after: "Good \"git\" signature with ") {
      return .unlisted(key: words.split(separator: " ").last.map(String.init) ?? "")
    }
    if rest(after: "error: no signature found") != nil { return .unsigned }
    if rest(after: "error: cannot run ssh-keygen") != nil { return .lacksSSHKeygen }
    if rest(after: "error: cannot run gpg") != nil {
      return .unverifiable(reason: "`gpg` is not installed", need: "install GnuPG")
    }
    if rest(after: "[GNUPG:] NO_PUBKEY ") != nil { return .lacksKey }
    guard let signer = rest(after: "[GNUPG:] GOODSIG ")?.split(separator: " ", maxSplits: 1), signer.count == 2 else {
      return .bad
    }
    let isTrusted = ["FULLY", "ULTIMATE"].contains { rest(after: "[GNUPG:] TRUST_" + $0) != nil }
    return isTrusted ? .good(address: address(in: String(signer[1]))) : .unlisted(key: String(signer[0]))
  }
}
