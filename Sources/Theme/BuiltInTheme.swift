import CTheme

/// A file of the built-in theme.
package struct ThemeFile: Hashable, Sendable {
  /// From the folder that it is in, such as `release.mustache`, `partials/layout.mustache` or `style.css`.
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// How a site looks when nobody says otherwise: the repository's `templates/` and `site/`, carried in the program.
package enum BuiltInTheme {
  /// The templates, by path.
  package static let templates = files(in: "templates/")

  /// What is copied as it is: style, scripts, icons; by path.
  package static let files = files(in: "site/")

  /// The packs that a policy may extend; never part of a site.
  package static let policies = files(in: "Data/policy/")

  /// Frameworks with their controls; never part of a site.
  package static let frameworks = files(in: "Data/frameworks/")

  /// What others reported of their deliveries, by year; never part of a site.
  package static let dora = files(in: "Data/dora/")

  private static func files(in folder: String) -> [ThemeFile] {
    var found: [ThemeFile] = []
    var next = CThemeFiles()
    while let file = next?.pointee, let path = file.path.map({ String(cString: $0) }) {
      if path.hasPrefix(folder) {
        let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.length))
        found.append(ThemeFile(path: String(path.dropFirst(folder.count)), bytes: bytes))
      }
      next = next?.successor()
    }
    return found
  }
}
