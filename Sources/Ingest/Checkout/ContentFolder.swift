#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the content is when nobody says it.
package enum ContentFolder {
  /// Looked for in this order, relative to the checkout; the first is what a new site gets.
  package static let candidates = ["content", "gazette", ".gazette"]

  /// The first candidate that holds a gazette.yml, in the checkout that a folder is in; else the first.
  package static func inCheckout(around folder: String) -> String {
    var top = folder
    while !exists(top + "/.git"), let slash = top.lastIndex(of: "/") { top = String(top[..<slash]) }
    return candidates.first { exists("\(top)/\($0)/gazette.yml") } ?? candidates[0]
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
