import Diagnostics
package import Ingest
package import Model

// What proves how a release was made and tested.
extension Part {
  package struct EvidenceWords: Sendable {
    package var id: String?
    package var kind: String?
    package var layer: String?
    package var format: EvidenceFormat?
    /// In full.
    package var commit: String?
    package var environment: String?
    package var controls: [String] = []
    package var by: String?
    package var audience: Audience?

    package init() {}
  }

  /// A file of evidence, pinned to what it is now.
  ///
  /// - Parameters:
  ///   - file: What the file holds.
  ///   - path: Where it is or will be, relative to the checkout.
  ///   - at: When it was made, where the file does not say.
  package static func evidence(
    _ words: EvidenceWords, in file: EvidenceFile, at path: String, made at: When, onto record: ReleaseRecord
  ) throws(Refusal) -> Part {
    let kind = try kind(of: file, called: words.kind, at: file.path)
    let id = try free(words.id ?? identifier(for: path), pinning: file.sha256, in: record)
    // What only people read says so, or each build would wonder.
    let isForPeople = file.format == .document && kind != "document"
    let made = file.producedAt.map(When.moment) ?? at
    return Part(
      .evidence, at: made,
      [
        .entry(
          of: "evidence",
          [
            YAMLField("id", .text(id)), YAMLField("kind", .text(kind)), YAMLField(text: "layer", words.layer),
            YAMLField("path", .text(path)), YAMLField("sha256", .text(file.sha256)),
            YAMLField(word: "format", words.format?.rawValue ?? (isForPeople ? EvidenceFormat.document.rawValue : nil)),
            YAMLField(text: "commit", words.commit), YAMLField("at", .word(made.iso)),
            YAMLField(text: "tool", file.tool.map { [$0.name, $0.version].compactMap { $0 }.joined(separator: " ") }),
            YAMLField(text: "environment", words.environment), YAMLField(texts: "controls", words.controls),
            YAMLField(text: "by", words.by), YAMLField(word: "audience", words.audience?.rawValue),
          ])
      ])
  }

  /// What somebody states, where there is no file.
  package static func statement(
    _ statement: String, _ words: EvidenceWords, at: When, onto record: ReleaseRecord
  ) throws(Refusal) -> Part {
    guard let kind = words.kind else {
      throw Refusal("the statement does not say what it shows", help: "give `--kind`, such as `--kind manual-tests`")
    }
    guard let by = words.by else {
      throw Refusal("nobody vouches for the statement", help: "give `--by` with the id of a person")
    }
    let id = try free(words.id ?? kind, pinning: nil, in: record)
    return Part(
      .evidence, at: at,
      [
        .entry(
          of: "evidence",
          [
            YAMLField("id", .text(id)), YAMLField("kind", .text(kind)), YAMLField(text: "layer", words.layer),
            YAMLField("statement", .text(statement)), YAMLField("by", .text(by)), YAMLField("at", .word(at.iso)),
            YAMLField(text: "environment", words.environment), YAMLField(texts: "controls", words.controls),
            YAMLField(word: "audience", words.audience?.rawValue),
          ])
      ])
  }

  /// What the content is, which nobody may call otherwise.
  private static func kind(
    of file: EvidenceFile, called wanted: String?, at path: String
  ) throws(Refusal) -> String {
    guard let wanted else {
      if let kind = file.payload.kind { return kind }
      throw Refusal(
        "nothing tells what `\(path)` shows: its format is none that is read",
        help: "say it with `--kind`, such as `--kind document`")
    }
    guard isIdentifier(wanted) else {
      throw Refusal("`\(wanted)` is no kind of evidence", help: "use a–z, 0–9 and `-` only, such as `penetration-test`")
    }
    guard let fits = file.payload.fits(wanted), !fits else { return wanted }
    guard let kind = file.payload.kind else {
      throw Refusal(
        "`\(path)` is called `\(wanted)`, and its format is none that is read",
        help: "give the report that the tool wrote, in a format that is read; or another `--kind`")
    }
    guard kind != wanted else {
      throw Refusal("`\(path)` is called `\(wanted)`, and is empty", help: "see why nothing was written into it")
    }
    throw Refusal(
      "`\(path)` is called `\(wanted)`, and holds `\(kind)`",
      help: "leave `--kind` out, or name the file that was meant")
  }

  /// An id that no evidence of the release has.
  private static func free(
    _ id: String, pinning digest: String?, in record: ReleaseRecord
  ) throws(Refusal) -> String {
    guard isIdentifier(id) else {
      throw Refusal("`\(id)` is not an id", help: "use a–z, 0–9 and `-` only, such as `--id unit`")
    }
    guard let known = record.evidence.first(where: { $0.id.value == id }) else { return id }
    let place = "\(known.location.file):\(known.location.line)"
    guard let digest, known.sha256?.value == digest else {
      throw Refusal("there is evidence `\(id)` already, at \(place)", help: "give this one another `--id`")
    }
    throw Refusal("this evidence is recorded already, as `\(id)` at \(place)", help: "there is nothing to do")
  }

  private static func identifier(for path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
    let id = fileName(like: stem.isEmpty ? name : stem)
    return id.isEmpty ? "evidence" : id
  }
}
