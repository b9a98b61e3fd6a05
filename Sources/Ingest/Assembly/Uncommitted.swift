import Diagnostics
import Model

extension Checkout {
  /// How the content differs from the commit; it does not before the first one.
  func workTree() async throws(FileError) -> WorkTreeState {
    try await repository?.workTree(of: [content]) ?? WorkTreeState()
  }

  /// What no commit holds of that which was read, by bytes.
  ///
  /// - Parameters:
  ///   - state: Of the content.
  ///   - files: What records name, wherever it is: Git may be told to ignore it, so that nobody else has it.
  func uncommitted(_ state: WorkTreeState, naming files: Set<String>) async throws(FileError) -> [String] {
    var paths = state.changed
    let outside = files.filter { !$0.hasPrefix(content + "/") }
    paths.formUnion(files.subtracting(outside).filter(state.isUncommitted))
    let tops = Set(outside.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
    let elsewhere = try await repository?.workTree(of: tops) ?? WorkTreeState()
    paths.formUnion(outside.filter(elsewhere.isUncommitted))
    return paths.sorted(by: precedesInBytes)
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
