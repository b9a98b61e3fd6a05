package import Diagnostics
package import Model

/// Files that are to be written and files that are to go, before anything is done.
package struct ContentEdit: Sendable {
  /// The texts of files that stand nowhere yet, by their paths in the checkout.
  package var created: [String: String] = [:]
  /// The new texts of files that stand there already.
  package var replaced: [String: String] = [:]
  package var removed: Set<String> = []

  package init(created: [String: String] = [:]) {
    self.created = created
  }

  func text(of path: String) -> String? { created[path] ?? replaced[path] }
}

extension Records {
  /// Reads what an edit can concern: the site, its products, and of its releases one; as if the edit were done.
  ///
  /// Pages are left out but for those that the edit writes, so that what names one is reported: only what differs from
  /// a reading without the edit says anything.
  /// - Parameter release: The release whose record and parts are read; `nil` for none.
  package static func read(
    from checkout: Checkout, about release: ReleaseID?, with edit: ContentEdit = ContentEdit(),
    into report: inout Report
  ) async throws(FileError) -> Records? {
    let folder = checkout.content + "/"
    let record = release.map { "\(folder)releases/\($0.product)/\($0.version)" }
    let standing = try checkout.files(under: checkout.content, into: &report).map(\.path).filter { path in
      if path.hasPrefix(folder + "releases/") {
        return record.map { path == $0 + ".yml" || path == $0 + ".md" || path.hasPrefix($0 + ".d/") } ?? false
      }
      return !path.hasPrefix(folder + "pages/") && !edit.removed.contains(path) && edit.created[path] == nil
    }
    let paths = (standing + edit.created.keys).sorted(by: precedesInBytes)
    return try await read(
      ContentInventory(of: paths, in: checkout.content), content: checkout.content, slices: 8,
      files: ContentSource(
        text: { path, report throws(FileError) in
          if let text = edit.text(of: path) { return (text, nil) }
          return try checkout.hashedText(of: path, into: &report)
        },
        exists: { path throws(FileError) in
          if edit.text(of: path) != nil { return true }
          if edit.removed.contains(path) { return false }
          return try checkout.hasFile(path)
        }), into: &report)
  }
}
