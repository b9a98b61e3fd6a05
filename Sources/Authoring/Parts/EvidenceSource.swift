package import Diagnostics
import Foundation
import Ingest
package import Model

/// The file that a person or a pipeline calls evidence, and where in the checkout it is or will be.
package struct EvidenceSource: Sendable {
  package let file: EvidenceFile
  /// Relative to the checkout.
  package let path: String
  /// The file's bytes where it is to be copied; `nil` where it stays.
  package let copy: [UInt8]?

  /// - Parameters:
  ///   - name: As it was typed: absolute, or relative to `folder`.
  ///   - copies: Whether the file goes into the content, wherever it is.
  /// - Returns: `nil` when the report says why the file shows nothing.
  package init?(
    _ name: String, from folder: String, as format: EvidenceFormat?, copies: Bool, for release: ReleaseID,
    in content: OpenContent, into report: inout Report
  ) async throws {
    let place = name.hasPrefix("/") ? name : folder + "/" + name
    let inside = try EvidenceSource.path(of: place, in: content.checkout.root)
    if inside != nil, !FileManager.default.fileExists(atPath: place) {
      throw Refusal("the file `\(name)` does not exist", help: "correct the path, which is relative to this folder")
    }
    let file = URL(fileURLWithPath: place).lastPathComponent
    let wanted = content.path("evidence/\(release.product)/\(release.version)/\(file)")
    if let inside, !copies || inside == wanted {
      guard let file = try content.checkout.evidence(at: inside, as: format, into: &report) else { return nil }
      (self.file, path, copy) = (file, inside, nil)
    } else {
      guard copies else {
        throw Refusal(
          "`\(name)` is not in the checkout", help: "add `--copy` to put it into \(content.path("evidence/"))")
      }
      let bytes = try EvidenceSource.bytes(of: place, called: name)
      // What is wrong with it is told of the file that is there.
      guard let file = EvidenceFile(bytes, at: inside ?? name, as: format, into: &report) else { return nil }
      (self.file, path) = (file, wanted)
      var unreported = Report()
      guard try content.checkout.hasFile(wanted) else {
        copy = bytes
        try await EvidenceSource.refuseIgnored(wanted, in: content)
        return
      }
      guard try content.checkout.evidence(at: wanted, as: format, into: &unreported)?.sha256 == file.sha256 else {
        throw Refusal("\(wanted) is there already and is another file", help: "rename `\(name)`, or remove the other")
      }
      copy = nil
    }
    try await EvidenceSource.refuseIgnored(path, in: content)
  }

  private static func refuseIgnored(_ path: String, in content: OpenContent) async throws {
    guard try await WorkingGit(in: content.checkout.root).ignores(path) else { return }
    throw Refusal(
      "Git ignores `\(path)`, so that nobody else would have it",
      help: path.hasPrefix(content.path("evidence/"))
        ? "take it out of .gitignore" : "add `--copy` to put it into \(content.path("evidence/"))")
  }

  /// The path of a file relative to the top; `nil` for one that is not below it.
  private static func path(of place: String, in root: String) throws(FileError) -> String? {
    let url = URL(fileURLWithPath: place)
    guard let folder = try resolvedPath(url.deletingLastPathComponent().path),
      folder == root || folder.hasPrefix(root + "/")
    else { return nil }
    let inside = folder.dropFirst(root.count).drop { $0 == "/" }
    return CheckoutPath(inside.isEmpty ? url.lastPathComponent : inside + "/" + url.lastPathComponent)?.text
  }

  private static func bytes(of place: String, called name: String) throws -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: place)))
    } catch {
      throw Refusal("the file `\(name)` cannot be read", help: "name a file that is there")
    }
  }
}
