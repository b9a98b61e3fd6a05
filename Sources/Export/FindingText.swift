package import Diagnostics
import Foundation

/// A finding as one line of canonical JSON, for another run of Gazette to tell.
package enum FindingText {
  /// With a line end.
  package static func bytes(of finding: Diagnostic) -> [UInt8] {
    JSON.object([
      "severity": .text(finding.severity.rawValue), "code": .text(finding.code), "message": .text(finding.message),
      "location": document(of: finding.location), "label": JSON(finding.label),
      "notes": .list(finding.notes.map(document)), "help": JSON(finding.help),
      "acceptance": finding.acceptance.map(document) ?? .null,
    ]).bytes
  }

  private static func document(of note: Diagnostic.Note) -> JSON {
    .object(["text": .text(note.text), "location": document(of: note.location)])
  }

  private static func document(of location: SourceLocation?) -> JSON {
    guard let location else { return .null }
    return .object([
      "file": .text(location.file), "line": .number(location.line), "column": .number(location.column),
      "length": .number(location.length),
    ])
  }

  /// - Returns: `nil` for what ``bytes(of:)`` did not write.
  package static func finding(_ bytes: some Sequence<UInt8>) -> Diagnostic? {
    try? JSONDecoder().decode(Diagnostic.self, from: Data(bytes))
  }
}
