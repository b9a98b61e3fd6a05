package import Foundation

/// Real files that tests are held against, where they are at hand: public specifications, changelogs, evidence.
///
/// They are no part of the repository. A test that needs them says so:
/// `@Test("…", .enabled(if: SharedData.folder != nil, "needs ../shared/data"))`.
package enum SharedData {
  /// The nearest `shared/data` beside this checkout or beside a folder above it; `nil` when there is none.
  package static let folder: URL? = {
    var ancestor = URL(filePath: #filePath)
    while ancestor.path != "/" {
      ancestor = ancestor.deletingLastPathComponent().standardizedFileURL
      let candidate = ancestor.appending(path: "shared/data", directoryHint: .isDirectory)
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }()
}
