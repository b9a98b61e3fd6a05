package import Diagnostics
import Ingest

extension OutputPlace {
  /// What speaks against writing a site here, before anything is read.
  ///
  /// - Parameters:
  ///   - root: The checkout.
  ///   - sources: Folders that the site is made from, by what to call them, relative to the checkout.
  package func findings(
    root: String, sources: [String], isForced: Bool
  ) throws(FileError) -> [Diagnostic] {
    if OutputPlace.contains(folder, root) {
      let what = folder == root ? "the checkout itself" : "a folder that holds the checkout"
      return [
        .error(
          .outputHoldsTheCheckout, "the output is \(what)",
          help: "name a folder of its own with --output, such as `_site`")
      ]
    }
    for source in sources + [".git"] {
      if let clash = try clash(with: FileSystem.path(root, source), called: source) { return [clash] }
    }
    return try findings(isForced: isForced)
  }

  /// What speaks against it when the site is made from the folder at a path.
  func clash(with path: String, called name: String) throws(FileError) -> Diagnostic? {
    let path = try OutputPlace.withoutLinks(path)
    guard OutputPlace.contains(path, folder) || OutputPlace.contains(folder, path) else { return nil }
    let words = OutputPlace.contains(path, folder) ? "lies in" : "holds"
    return .error(
      .outputIsASource, "the output \(words) `\(name)`, which the site is made from",
      help: "name a folder beside it with --output, such as `_site`")
  }

  /// What speaks against the folder itself, wherever the site comes from.
  func findings(isForced: Bool) throws(FileError) -> [Diagnostic] {
    switch try FileSystem.kind(of: folder) {
    case nil: return try unwritable(existing: FileSystem.parent(of: folder) ?? "/")
    case .folder: break
    case .file, .link, .other:
      return [
        .error(
          .outputIsAFile, "the output is not a folder but a file",
          help: "name another folder with --output, or remove the file")
      ]
    }
    let names = try FileSystem.names(in: folder).filter { !OutputPlace.namesOfOurs.contains($0) }
    if !isForced, let first = names.first, try SiteWriter.manifest(of: self) == nil {
      let others = names.count > 1 ? " and \(names.count - 1) more" : ""
      return [
        .error(
          .outputIsForeign, "the output holds files that Gazette did not write: `\(first)`\(others)",
          help: "name an empty or new folder with --output, or keep these files and build with --force")
      ]
    }
    return try unwritable(existing: folder)
  }

  private func unwritable(existing path: String) throws(FileError) -> [Diagnostic] {
    switch try FileSystem.kind(of: path) {
    case nil: return try unwritable(existing: FileSystem.parent(of: path) ?? "/")
    case .folder where FileSystem.isWritable(path): return []
    case .folder, .link:
      return [
        .error(
          .outputIsReadOnly, "the output may not be written",
          help: "change the permissions of its folder, or name another one with --output")
      ]
    case .file, .other:
      return [
        .error(
          .outputIsAFile, "a file stands where the output needs a folder",
          help: "name another folder with --output, or remove the file")
      ]
    }
  }
}
