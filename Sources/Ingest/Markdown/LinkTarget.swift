/// What a link as written leads to.
enum LinkTarget: Equatable {
  /// `http`, `https` or `mailto`.
  case web
  /// A heading of the same text.
  case heading(String)
  /// A file of the checkout.
  case file(path: String, fragment: String?)
  /// A path that leads out of the checkout.
  case outside
  /// Anything else that has a scheme, such as `javascript`, or that takes over the scheme of the page: `//host`.
  case unsafe(scheme: String)
  case nothing

  init(_ url: some RandomAccessCollection<UInt8>, from file: String) {
    guard let first = url.first else {
      self = .nothing
      return
    }
    let path = url.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    let head = path.prefix { $0 != UInt8(ascii: "/") }
    if let colon = head.firstIndex(of: UInt8(ascii: ":")) {
      let scheme = String(decoding: url[..<colon], as: UTF8.self).lowercased()
      self = scheme == "https" || scheme == "http" || scheme == "mailto" ? .web : .unsafe(scheme: scheme)
      return
    }
    let fragment = url.firstIndex(of: UInt8(ascii: "#"))
      .map { String(decoding: url[url.index(after: $0)...], as: UTF8.self) }
    if first == UInt8(ascii: "#") {
      self = .heading(fragment ?? "")
    } else if url.starts(with: "//".utf8) || url.starts(with: "\\".utf8) || url.starts(with: "/\\".utf8) {
      self = .unsafe(scheme: "//")
    } else if path.isEmpty {
      self = .nothing
    } else {
      self =
        switch LinkedPath(path, from: file) {
        case .inside(let path): .file(path: path, fragment: fragment)
        case .outside: .outside
        }
    }
  }
}
