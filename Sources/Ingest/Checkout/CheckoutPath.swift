/// A path relative to the checkout's top, without `.`, `..`, empty steps or a slash at either end.
package struct CheckoutPath: Hashable, Sendable {
  /// Empty for the top itself.
  package let text: String

  /// - Returns: `nil` when the path is absolute, climbs out of the checkout, leads into a `.git` folder, or holds a
  ///   NUL, which would hide the rest from the system.
  package init?(_ path: String) {
    guard path.utf8.first != UInt8(ascii: "/"), !path.utf8.contains(0) else { return nil }
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == ".." {
        guard steps.popLast() != nil else { return nil }
      } else {
        guard !CheckoutPath.isGitFolder(step) else { return nil }
        steps.append(step)
      }
    }
    text = steps.joined(separator: "/")
  }

  /// Whether the name is Git's own, also where the file system ignores case.
  static func isGitFolder(_ name: some StringProtocol) -> Bool {
    name.utf8.count == 4 && name.lowercased() == ".git"
  }
}
