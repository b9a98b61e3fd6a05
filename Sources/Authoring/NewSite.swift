package import Diagnostics
import Foundation

/// Starts a site in a repository.
package struct NewSite: Sendable {
  package let draft: SiteDraft
  /// The content folder, relative to the repository.
  package let content: String
  /// What was written, relative to the repository; empty when the report has errors.
  package private(set) var written: [String] = []
  package private(set) var report: Report

  /// Chooses a content folder and writes the files; nothing is ever overwritten.
  ///
  /// - Parameters:
  ///   - content: The content folder that the user wants; `nil` for the first of `candidates` that is free.
  ///   - candidates: The folders in which later commands look by themselves.
  package init(in repository: RepositoryView, content wanted: String?, candidates: [String]) throws(FileError) {
    draft = SiteDraft(for: repository)
    report = Report()
    let existing = (wanted.map { [$0] } ?? candidates).first { repository.exists($0 + "/gazette.yml") }
    let free = candidates.first { !repository.exists($0) }
    content = existing ?? wanted ?? free ?? candidates[0]
    if let existing {
      report.error(
        .siteExists, "there is a site already: `\(existing)/gazette.yml`",
        help: "run `gazette check`, or start another site with --content DIR")
      return
    }
    guard wanted != nil || free != nil else {
      report.error(
        .siteExists, "the folders \(candidates.map { "`\($0)`" }.joined(separator: ", ")) are all taken",
        help: "name another one with --content DIR")
      return
    }
    for file in draft.files where repository.exists(content + "/" + file.path) {
      report.error(
        .siteExists, "the file `\(content)/\(file.path)` is there already",
        help: "move it away, or start the site in another folder with --content DIR")
    }
    guard !report.hasErrors else { return }
    for file in draft.files {
      try write(file, below: repository.root)
      written.append(content + "/" + file.path)
    }
    report.merge(draft.report)
  }

  private func write(_ file: SiteDraft.File, below root: String) throws(FileError) {
    let path = "\(root)/\(content)/\(file.path)"
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
    } catch {
      throw FileError(
        path, error.localizedDescription, help: "make the folder writable, or name another with --content")
    }
  }
}
