import Foundation
package import Model

/// What `init` looks at in a repository.
package struct RepositoryView: Sendable {
  /// Absolute.
  package var root: String
  package var tags: [Tag]
  /// The address of its remote, if it has one.
  package var remote: String?

  package init(root: String, tags: [Tag], remote: String? = nil) {
    (self.root, self.tags, self.remote) = (root, tags, remote)
  }

  /// What people call it: the last part of the remote's address, else of the folder.
  package var name: String {
    remote.flatMap { RemoteAddress($0) }?.name ?? URL(fileURLWithPath: root).lastPathComponent
  }

  /// The changelog below a folder: in it, else in its `docs`.
  /// - Returns: A path relative to the root.
  package func changelog(in folder: String) -> String? {
    for place in [folder, joined(folder, "docs"), joined(folder, "doc")] {
      let names = names(in: place)
      for stem in RepositoryView.changelogNames {
        for ending in [".md", ".markdown"] {
          if let name = names.first(where: { $0.lowercased() == stem + ending }) { return joined(place, name) }
        }
      }
    }
    return nil
  }

  private static let changelogNames = [
    "changelog", "changes", "history", "news", "releases", "release-notes", "release_notes", "releasenotes",
  ]

  /// The folder that a product of this name lives in, in the usual places of repositories with several.
  package func folder(of product: String) -> String? {
    let name = product.lowercased()
    for place in [".", "packages", "crates", "libs", "lib", "apps", "modules", "services", "plugins", "cmd", "src"] {
      if let found = names(in: place).first(where: { $0.lowercased() == name }) {
        let path = joined(place, found)
        if isFolder(path) { return path }
      }
    }
    return nil
  }

  package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// None where there is no such folder.
  private func names(in folder: String) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder) else { return [] }
    return names.sorted()
  }

  private func joined(_ folder: String, _ name: String) -> String { folder == "." ? name : folder + "/" + name }
}
