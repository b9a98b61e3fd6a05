import Diagnostics
import Model
import Templates

/// The record of a release and its parts as they stand, line by line, for what is found in them to point at.
struct DossierRecord {
  private struct File {
    var path: String
    /// What the anchors of its lines begin with.
    var prefix: String
    var lines: [Substring]
    var rest: Int
  }

  private var files: [File] = []
  private var positions: [String: Int] = [:]
  /// How many parts are not shown.
  private var rest = 0

  /// How many lines are shown.
  private static let listed = 5000
  private static let anchor = "record"

  init(of release: Release, in edition: Edition) {
    var left = DossierRecord.listed
    var names = UniqueNames()
    for file in edition.ledger.recordFiles?(release.id) ?? [] {
      guard left > 0 else {
        rest += 1
        continue
      }
      let lines = DossierRecord.lines(of: file.text)
      let shown = lines.prefix(left)
      left -= shown.count
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      positions[file.path] = files.count
      files.append(
        File(
          path: file.path, prefix: files.isEmpty ? "L" : names.name(pageID(name)) + "-L", lines: Array(shown),
          rest: lines.count - shown.count))
    }
  }

  /// As the places of findings count them.
  private static func lines(of text: String) -> [Substring] {
    var lines =
      text.utf8.contains(0x0D)
      ? text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      : text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
    // Behind the last line end stands no line.
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// To all of it; null where none is shown.
  var link: Value { files.isEmpty ? .null : .text("#" + DossierRecord.anchor) }

  /// To a line on this page; null where it is not shown.
  func link(to location: SourceLocation?) -> Value {
    guard let location, let position = positions[location.file],
      files[position].lines.indices.contains(location.line - 1)
    else { return .null }
    return .text("#\(files[position].prefix)\(location.line)")
  }

  var value: Value {
    guard !files.isEmpty else { return .null }
    return [
      "id": .text(DossierRecord.anchor),
      "files": .list(
        files.map { file in
          [
            "path": .text(file.path),
            "lines": .list(
              file.lines.enumerated().map { index, line in
                ["id": .text("\(file.prefix)\(index + 1)"), "number": .number(index + 1), "text": .text(String(line))]
              }),
            "rest": file.rest > 0
              ? .text("\(Wording.countGrouped(file.rest, "more line is", "more lines are")) in the file.") : .null,
          ]
        }),
      "others": rest > 0
        ? .text("\(Wording.countGrouped(rest, "more part lies", "more parts lie")) beside the record.") : .null,
    ]
  }
}
