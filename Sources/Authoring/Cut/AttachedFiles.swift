import Diagnostics
import Ingest
import Model

/// The pictures and other files beside fragments, which go where their texts go.
struct AttachedFiles {
  /// Where files go, by where they are.
  private let moves: [String: String]
  /// The file that the texts go into.
  private let place: String
  private let content: OpenContent

  /// - Parameters:
  ///   - place: The record that the texts go into, or the part of it.
  init(of fragments: [FragmentRecord], into place: String, of release: ReleaseID, in content: OpenContent) throws {
    (self.place, self.content) = (place, content)
    let folder = content.path("releases/\(release.product)/\(release.version).d/")
    var moves: [String: String] = [:]
    for fragment in fragments {
      let home = content.path("changes/\(fragment.product)/")
      for path in fragment.linkedFiles(from: fragment.place) where path.hasPrefix(home) && moves[path] == nil {
        guard !AttachedFiles.isRead(path), try content.checkout.hasFile(path) else { continue }
        let owner = fragment.product == release.product ? "" : fragment.product.text + "/"
        moves[path] = folder + owner + path.dropFirst(home.count)
      }
    }
    self.moves = moves
  }

  /// Whether it would be read as a record, which stays where it is; a link to it is changed.
  private static func isRead(_ path: String) -> Bool {
    ["yml", "yaml", "md"].contains { path.hasSuffix("." + $0) }
  }

  /// A text of a fragment as it reads in the record.
  func text(_ text: String, of fragment: FragmentRecord) throws(Refusal) -> String {
    if let text = readdressed(text, from: fragment.place, to: place, moving: moves) { return text }
    throw Refusal(
      "a link of \(fragment.place) cannot be changed so that it leads on to its file",
      help: "write its path without `\\` and `&`, such as `![Before and after](before-and-after.png)`")
  }

  /// What becomes of the files, sorted by where they are.
  ///
  /// - Parameters:
  ///   - staying: Fragments that are left as they are.
  ///   - rests: Fragments that wait on elsewhere, and where.
  func result(
    staying: [FragmentRecord], rests: [(fragment: FragmentRecord, path: String)]
  ) throws -> [ReleaseCut.Attachment] {
    var found = moves.map { ReleaseCut.Attachment(path: $0.key, place: $0.value) }
    for (fragment, path) in rests {
      let here = fragment.linkedFiles(from: fragment.place)
      for (old, new) in zip(here, fragment.linkedFiles(from: path)) where old != new {
        guard !AttachedFiles.isRead(old), try content.checkout.hasFile(old) else { continue }
        found.append(ReleaseCut.Attachment(path: old, place: new))
      }
    }
    let needed = Set(
      staying.flatMap { $0.linkedFiles(from: $0.place) } + rests.flatMap { $0.fragment.linkedFiles(from: $0.path) }
        + content.records.filesLinkedElsewhere)
    let sorted = Dictionary(found.map { ("\($0.path) \($0.place)", $0) }, uniquingKeysWith: { $1 })
      .sorted { precedesInBytes($0.key, $1.key) }.map(\.value)
    var owners: [String: String] = [:]
    return try sorted.map { attachment in
      if let other = owners.updateValue(attachment.path, forKey: attachment.place), other != attachment.path {
        throw Refusal(
          "\(other) and \(attachment.path) would both become \(attachment.place)", help: "rename one of them")
      }
      var attachment = attachment
      attachment.stays = needed.contains(attachment.path)
      return try filled(attachment)
    }
  }

  private func filled(_ attachment: ReleaseCut.Attachment) throws -> ReleaseCut.Attachment {
    var attachment = attachment
    var unreported = Report()
    guard let bytes = try bytes(of: attachment.path, into: &unreported) else {
      throw Refusal("\(attachment.path) cannot be read", help: "a text names it: see whether it is a file")
    }
    guard try content.checkout.hasFile(attachment.place) else {
      attachment.bytes = bytes
      return attachment
    }
    guard try self.bytes(of: attachment.place, into: &unreported) == bytes else {
      throw Refusal(
        "\(attachment.path) goes with its text, and \(attachment.place) is another file", help: "rename one of them")
    }
    return attachment
  }

  private func bytes(of path: String, into report: inout Report) throws(FileError) -> [UInt8]? {
    try content.checkout.bytes(of: path, limit: 256 << 20, into: &report)
  }
}

extension ReleaseCut {
  /// A file that goes with a text.
  package struct Attachment: Hashable, Sendable {
    package var path: String
    package var place: String
    /// Whether another text names it where it is, so that it is copied.
    package var stays = false
    /// `nil` when it is there already.
    var bytes: [UInt8]?
  }
}

extension FragmentRecord {
  /// The file that it stands in.
  var place: String { body.location.file }

  /// The files that its texts name, if they stood in that file.
  fileprivate func linkedFiles(from place: String) -> [String] {
    [entry.text.value, entry.action?.value, entry.impact?.value].compactMap(\.self).flatMap { text in
      Ingest.linkedFiles(in: text, of: place)
    }
  }
}

extension Records {
  /// The files that texts other than those of waiting changes name.
  fileprivate var filesLinkedElsewhere: [String] {
    let notes = releases.compactMap(\.notes) + orphanNotes.map(\.notes)
    let texts = pages.map(\.body) + notes + postmortems.values
    let changes = releases.flatMap(\.changes).map(\.text)
    return texts.flatMap { linkedFiles(in: $0.text, of: $0.location.file) }
      + changes.flatMap { linkedFiles(in: $0.value, of: $0.location.file) }
  }
}
