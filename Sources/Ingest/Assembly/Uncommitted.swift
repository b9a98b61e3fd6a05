import Diagnostics

extension Checkout {
  /// The content that no commit holds, by bytes; nothing before the first commit.
  func uncommitted() async throws(FileError) -> [String] {
    guard let repository, repository.head != nil else { return [] }
    return try await repository.differences(under: content)
  }

  /// A warning that names it: a site made of it cannot be made again from the commit.
  static func findings(aboutUncommitted paths: [String]) -> [Diagnostic] {
    guard let first = paths.first else { return [] }
    let rest = paths.count > 1 ? " and \(paths.count - 1) more" : ""
    return [
      .warning(
        .uncommittedContent, "`\(first)`\(rest) \(paths.count > 1 ? "differ" : "differs") from the commit",
        help: "commit the content before you publish it, so that the commit tells the site")
    ]
  }
}
