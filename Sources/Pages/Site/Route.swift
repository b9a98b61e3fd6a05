package import Model

/// Where a file of the site is: its path from the site's root, such as `products/gateway/2.4.0/index.html`.
package struct Route: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let path: String

  /// - Parameter path: Without a leading `/`; every segment safe, see ``segment(_:)``.
  package init(_ path: String) {
    self.path = path
  }

  package var description: String { path }

  /// How a link names it from the root: without `index.html`, so empty for the home page.
  package var address: Substring {
    path == "index.html" ? "" : path.hasSuffix("/index.html") ? path.dropLast("index.html".count) : path[...]
  }

  /// The way from it to the root: `./` or some `../`.
  package var root: String { relative(to: "") }

  /// The link from a page here to another file.
  package func link(to target: Route, fragment: String? = nil) -> String {
    if target == self, let fragment { return "#" + fragment }
    let link = relative(to: target.address)
    return fragment.map { link + "#" + $0 } ?? link
  }

  private func relative(to address: Substring) -> String {
    var (path, address) = (path, address)
    return path.withUTF8 { here in
      address.withUTF8 { there in
        var shared = 0
        var index = 0
        while index < min(here.count, there.count), here[index] == there[index] {
          index += 1
          if here[index - 1] == UInt8(ascii: "/") { shared = index }
        }
        let ups = here[shared...].count { $0 == UInt8(ascii: "/") }
        let rest = there[shared...]
        if ups == 0 && rest.isEmpty { return "./" }
        return String(unsafeUninitializedCapacity: ups * 3 + rest.count) { text in
          for up in 0..<ups {
            text[up * 3] = UInt8(ascii: ".")
            text[up * 3 + 1] = UInt8(ascii: ".")
            text[up * 3 + 2] = UInt8(ascii: "/")
          }
          return UnsafeMutableBufferPointer(rebasing: text[(ups * 3)...]).update(fromContentsOf: rest) + ups * 3
        }
      }
    }
  }

  package static func < (a: Route, b: Route) -> Bool { precedesInBytes(a.path, b.path) }

  /// A text as one segment of a path: bytes outside `[A-Za-z0-9._-]`, and a dot at the beginning, as `~hh`.
  ///
  /// No two texts have the same segment, and none is `.`, `..` or hidden.
  package static func segment(_ text: String) -> String { addressSegment(text) }

  /// The text that ``segment(_:)`` was made of, or `nil` when it was made of none.
  package static func text(ofSegment segment: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(segment.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension Route {
  package static let home = Route("index.html")
  package static let notFound = Route("404.html")
  package static let roadmap = Route("roadmap/index.html")
  package static let security = Route("security/index.html")
  package static let securityFeed = Route("security/feed.atom")
  package static let search = Route("search/index.html")
  package static let guides = Route("guide/index.html")
  package static let sitemap = Route("sitemap.xml")
  package static let robots = Route("robots.txt")
  package static let atom = Route("feed.atom")
  package static let jsonFeed = Route("feed.json")

  /// A page in a product's folder, such as `upgrade/`; its own page without a name.
  package static func product(_ id: String, _ page: String = "") -> Route {
    Route("products/\(segment(id))/\(page)index.html")
  }

  /// A file in a product's folder, such as `feed.atom`.
  package static func product(_ id: String, file: String) -> Route { Route("products/\(segment(id))/\(file)") }

  package static func release(_ id: ReleaseID, file: String = "index.html") -> Route {
    Route("products/\(segment(id.product.text))/\(segment(id.version))/\(file)")
  }

  package static func guide(_ id: String) -> Route {
    Route("guide/" + id.split(separator: "/").map { segment(String($0)) + "/" }.joined() + "index.html")
  }

  package static func advisory(_ id: String) -> Route { Route("security/\(segment(id)).json") }

  /// A document of the interface for programs, such as `products.json`.
  package static func data(_ name: String) -> Route { Route("api/v1/" + name) }

  package static func data(of id: ReleaseID) -> Route {
    data("releases/\(segment(id.product.text))/\(segment(id.version)).json")
  }
}
