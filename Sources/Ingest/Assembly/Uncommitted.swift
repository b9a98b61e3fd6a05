import Diagnostics

extension Checkout {
  /// A warning that names the content that no commit holds: a site made of it cannot be made again from the commit.
  func uncommitted() async throws(FileError) -> [Diagnostic] {
    guard let repository, repository.head != nil else { return [] }
    let paths = try await repository.differences(under: content)
    guard let first = paths.first else { return [] }
    let rest = paths.count > 1 ? " and \(paths.count - 1) more" : ""
    return [
      .warning(
        .uncommittedContent, "`\(first)`\(rest) \(paths.count > 1 ? "differ" : "differs") from the commit",
        help: "commit the content before you publish it, so that the commit tells the site")
    ]
  }
}
