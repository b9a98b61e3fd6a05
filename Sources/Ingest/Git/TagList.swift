package import Diagnostics
package import Model

extension GitRepository {
  /// The tags that lead to a commit, by the bytes of their names, in one `git for-each-ref`.
  ///
  /// A tag of a tag counts with the commit at the end and its own tagger. Tags of trees and files are left out, and so
  /// are those of commits that came ``later``.
  package func tags() async throws(FileError) -> [Tag] {
    var reader = TagReader()
    var stream = FieldStream(fieldsPerRecord: TagReader.fields.count)
    try await run(
      ["for-each-ref", "--format=" + TagReader.fields.map { $0 + "%00" }.joined(), "refs/tags"]
    ) { piece in
      stream.append(piece) { reader.read($0) }
    }
    var tags = reader.tags
    if !reader.nested.isEmpty {
      let commits = try await peeledTags()
      tags += reader.nested.compactMap { tag in
        guard let commit = commits[tag.name] else { return nil }
        var tag = tag
        tag.commit = commit
        return tag
      }
    }
    if let head, let later {
      let range = try await output(["rev-list", "\(head)..\(later)", "--"])
      let news = Set(String(decoding: range, as: UTF8.self).split(separator: "\n").map(String.init))
      tags.removeAll { news.contains($0.commit) }
    }
    return tags.sorted { precedesInBytes($0.name, $1.name) }
  }

  /// The commits at the end of tags of tags. Asked only where there are some, for older versions of Git look through
  /// one tag and no further.
  private func peeledTags() async throws(FileError) -> [String: String] {
    let input = Array(try await output(["show-ref", "--tags", "--dereference"]))
    var ends: [(name: String, id: String)] = []
    for line in repairedText(input).split(separator: "\n") where line.hasSuffix("^{}") {
      let parts = line.dropLast(3).split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[1].hasPrefix("refs/tags/") else { continue }
      ends.append((String(parts[1].dropFirst("refs/tags/".count)), String(parts[0])))
    }
    var kinds: [Bool] = []
    var stream = FieldStream(fieldsPerRecord: 1, terminator: UInt8(ascii: "\n"))
    let question = Array(ends.map { $0.id + "\n" }.joined().utf8)
    let arguments = ["cat-file", "--batch-check=%(objecttype)"]
    let ending = try await git.run(arguments, in: folder, input: question) { piece in
      stream.append(piece) { kinds.append($0[0].elementsEqual("commit".utf8)) }
    }
    guard ending.isSuccess, kinds.count == ends.count else { throw FileError("git cat-file", ending.reason) }
    return Dictionary(zip(ends, kinds).filter(\.1).map(\.0), uniquingKeysWith: { first, _ in first })
  }
}

/// Makes tags of the records of `git for-each-ref`.
private struct TagReader {
  static let fields = [
    "%(refname:strip=2)", "%(objecttype)", "%(objectname)", "%(*objecttype)", "%(*objectname)", "%(taggerdate:unix)",
    "%(committerdate:unix)", "%(*committerdate:unix)", "%(contents:subject)",
  ]

  private(set) var tags: [Tag] = []
  /// Tags of tags, whose commit is not known yet.
  private(set) var nested: [Tag] = []

  mutating func read(_ fields: [UnsafeRawBufferPointer]) {
    let texts = fields.map { repairedText($0) }
    // A line ends after its last NUL, so the line end stands before the next name.
    let name = texts[0].first == "\n" ? String(texts[0].dropFirst()) : texts[0]
    // A tag made without a tagger, as Git did before 2005, is dated by its commit.
    let tagged = Int(texts[5]) ?? Int(texts[7]) ?? 0
    var tag = Tag(
      name: name, commit: texts[4], isAnnotated: true, date: Moment(seconds: tagged), subject: texts[8])
    switch (texts[1], texts[3]) {
    case ("commit", _):
      let date = Moment(seconds: Int(texts[6]) ?? 0)
      tag = Tag(name: name, commit: texts[2], isAnnotated: false, date: date, subject: "")
      tags.append(tag)
    case ("tag", "commit"): tags.append(tag)
    case ("tag", "tag"): nested.append(tag)
    default: break
    }
  }
}
