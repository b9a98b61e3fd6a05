package import Ingest
package import Model

/// A content file that nobody has written yet, with what can be known filled in.
package struct NewFile: Hashable, Sendable {
  /// Relative to the content folder.
  package var path: String
  package var text: String
  /// What to do next, as an imperative.
  package var next: String
  /// When what it tells of was, which no site may know before it was; `nil` where it tells of nothing that happened.
  package var happened: When?
  /// What to do where it is there already, as an imperative.
  package var otherwise = "give another name with `--id`, or edit that file"

  /// Front matter, and the text below it.
  static func markdown(_ fields: [YAMLField?], _ body: String) -> String {
    "---\n" + YAMLText.document(fields.compactMap { $0 }) + "---\n" + body + (body.hasSuffix("\n") ? "" : "\n")
  }

  static func yaml(_ fields: [YAMLField?]) -> String { YAMLText.document(fields.compactMap { $0 }) }

  /// The name of a file, which is also an id: the one that was asked for, or one like some words.
  ///
  /// Words of which no letter may stand in an id give a name by their digest: a number would be that of another branch
  /// too.
  /// - Parameter noun: What such a name begins with.
  static func name(_ wanted: String?, like words: String, as noun: String) throws(Refusal) -> String {
    if let wanted {
      guard isIdentifier(wanted) else {
        let near = fileName(like: wanted)
        throw Refusal(
          "`\(wanted)` is not an id",
          help: "use a–z, 0–9 and `-` only" + (isIdentifier(near) ? ", such as `\(near)`" : ""))
      }
      return wanted
    }
    // Whole words, as many as make a name that people can still type.
    var name = ""
    for word in fileName(like: words).split(separator: "-") where name.utf8.count + word.utf8.count < 48 {
      name += (name.isEmpty ? "" : "-") + word
    }
    if !isIdentifier(name) {
      name = noun + "-" + TextFile(path: "", text: words).sha256.prefix(8)
    }
    return name
  }
}

extension OpenContent {
  /// What is to be written, where no file stands.
  package func edit(_ file: NewFile) throws -> ContentEdit {
    let place = path(file.path)
    guard try !checkout.hasFile(place) else {
      throw Refusal("the file \(place) is there already", help: file.otherwise)
    }
    return ContentEdit(created: [place: file.text])
  }
}
