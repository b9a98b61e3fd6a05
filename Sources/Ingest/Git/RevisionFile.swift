package import Diagnostics

extension GitRepository {
  /// The bytes of a file, such as the changelog of a bound source.
  /// - Parameters:
  ///   - path: Relative to the top of the repository.
  ///   - revision: A commit, branch or tag; `nil` for the file as it stands in the work tree, or in HEAD where there
  ///     is no work tree, or in the commit that is looked at.
  /// - Returns: `nil` when there is no such file.
  package func file(_ path: String, at revision: String? = nil) async throws(FileError) -> [UInt8]? {
    guard let path = CheckoutPath(path)?.text else { return nil }
    if revision == nil, hasWorkTree, isCheckedOut {
      switch try FileReader(root: folder).read(path, limit: .max) {
      case .bytes(let bytes): return bytes
      case .refused: return nil
      }
    }
    guard let revision = revision ?? head else { return nil }
    var bytes: [UInt8] = []
    let ending = try await git.run(["cat-file", "blob", "--end-of-options", "\(revision):\(path)"], in: folder) {
      bytes.append(contentsOf: $0)
    }
    if ending.isSuccess { return bytes }
    if ending.complaint.contains("does not exist in") || ending.complaint.contains("exists on disk, but not in")
      || ending.complaint.contains("bad file")
    {
      return nil
    }
    throw FileError("git cat-file", ending.reason)
  }
}
