package import Diagnostics
import Foundation
import Ingest

/// The content folder that an import writes into.
package struct ContentDestination: Sendable {
  /// The top of the checkout, absolute.
  private let root: String
  /// The content folder, relative to it.
  package let content: String

  package init(root: String, content: String) { (self.root, self.content) = (root, content) }

  package func has(_ path: String) -> Bool {
    // Also what a link names that leads nowhere.
    let place = place(of: path)
    return FileManager.default.fileExists(atPath: place)
      || (try? FileManager.default.destinationOfSymbolicLink(atPath: place)) != nil
  }

  private func place(of path: String) -> String { "\(root)/\(content)/\(path)" }

  /// What speaks against writing the files: those that are there already, and folders that lead out of the checkout.
  package func findings(about files: [ImportedContent.File]) -> Report {
    var report = Report()
    let taken = files.filter { has($0.path) }
    for file in taken.prefix(20) {
      report.error(
        .importOverwrites, "the file `\(content)/\(file.path)` is there already",
        help: "import with --only-new to keep what is there, or move it away")
    }
    if taken.count > 20 {
      report.error(
        .importOverwrites, "\(taken.count - 20) more files are there already",
        help: "import with --only-new to keep what is there")
    }
    let folders = Set(files.map { folder(of: $0.path) }).sorted()
    for folder in folders where !isInside(folder) {
      report.error(
        .outsideCheckout, "the folder `\(folder)` leads out of the checkout", help: "replace the link by a folder")
    }
    return report
  }

  private func folder(of path: String) -> String {
    let whole = content + "/" + path
    return whole.lastIndex(of: "/").map { String(whole[..<$0]) } ?? ""
  }

  private func isInside(_ folder: String) -> Bool {
    let top = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
    let place = URL(fileURLWithPath: root + "/" + folder).resolvingSymlinksInPath().path
    return place == top || place.hasPrefix(top + "/")
  }

  /// Writes all of the files, or none. Nothing is overwritten.
  package func write(_ files: [ImportedContent.File]) throws(FileError) {
    let texts = files.map { (content + "/" + $0.path, $0.text) }
    var writing = ContentWriting(in: root)
    try writing.apply(ContentEdit(created: Dictionary(texts, uniquingKeysWith: { first, _ in first })))
  }
}
