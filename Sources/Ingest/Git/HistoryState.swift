package import Diagnostics
package import Model

extension GitRepository {
  /// Why facts that need history cannot be told; `nil` when all of it is here.
  package func historyObstacle() async throws(FileError) -> HistoryObstacle? {
    guard head != nil else { return .noCommits }
    if isShallow { return .shallow }
    let settings = try await git.output(
      ["config", "--local", "--get-regexp", #"^(extensions\.partialclone|remote\..*\.promisor)$"#], in: folder)
    // Git ends with an error when there is no such setting.
    if settings.ending.isSuccess, !settings.bytes.isEmpty { return .partial }
    // Asked for its common folder, for a linked work tree has none of its own.
    return try FileStatus(ofLinkAt: try await commonFolder() + "/info/grafts")?.kind == .file ? .grafted : nil
  }

  /// The Git folder that all work trees of the repository share: absolute.
  func commonFolder() async throws(FileError) -> String {
    let answer = try await output(["rev-parse", "--path-format=absolute", "--git-common-dir"])
    return String(decoding: answer.dropLast(), as: UTF8.self)
  }
}
