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
    let top = top(around: folder)
    return candidates.first { exists("\(top)/\($0)/gazette.yml") } ?? candidates[0]
  }

  /// A folder as somebody named it, relative to the top of the checkout that `folder` is in. One that is not below the
  /// top is left as it is, for others to refuse.
  package static func relative(_ name: String, around folder: String) -> String {
    guard name.hasPrefix("/") else { return name }
    let (top, place) = (resolved(top(around: folder)), resolved(name))
    return place.hasPrefix(top + "/") ? String(place.utf8.dropFirst(top.utf8.count + 1)) ?? name : name
  }

  /// Without links, as far as it is there.
  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func top(around folder: String) -> String {
    var top = folder
    while !exists(top + "/.git"), let slash = top.lastIndex(of: "/") { top = String(top[..<slash]) }
    return top
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
