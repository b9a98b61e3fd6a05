import Diagnostics

/// A tag that is an object of its own, as far as its signature needs it.
struct TagObject: Sendable {
  var id: String
  /// The name that it gives itself; anybody may let another name lead to it.
  var ownName: String
  var isSigned: Bool
}

extension GitRepository {
  /// The tags that are objects of their own, by the names that lead to them, in one `git for-each-ref`.
  func tagObjects() async throws(FileError) -> [String: TagObject] {
    let fields = ["%(refname:strip=2)", "%(objectname)", "%(tag)", "%(if)%(contents:signature)%(then)signed%(end)"]
    var objects: [String: TagObject] = [:]
    var stream = FieldStream(fieldsPerRecord: fields.count)
    try await run(["for-each-ref", "--format=" + fields.map { $0 + "%00" }.joined(), "refs/tags"]) { piece in
      stream.append(piece) { record in
        let texts = record.map { repairedText($0) }
        guard !texts[2].isEmpty else { return }
        // A line ends after its last NUL, so the line end stands before the next name.
        let name = texts[0].first == "\n" ? String(texts[0].dropFirst()) : texts[0]
        objects[name] = TagObject(id: texts[1], ownName: texts[2], isSigned: !texts[3].isEmpty)
      }
    }
    return objects
  }
}
