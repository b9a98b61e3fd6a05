/// A report for programs: one JSON object with every diagnostic and the counts.
///
/// Shape: `{"diagnostics": [{"severity", "code", "message", "file", "line", "column", "length", "label", "notes":
/// [{"text", "file", "line", "column"}], "help", "accepted"}], "errors": n, "warnings": n, "accepted": n}`; what is
/// absent is left out. What the baseline accepts is counted among the errors and warnings too.
package struct JSONReport: Sendable {
  package init() {}

  /// - Parameter head: Further members, before the diagnostics.
  package func text(of report: Report, head: [JSONTree.Member] = []) -> String {
    let diagnostics = report.diagnostics
    let rows = diagnostics.map { "    " + object(fields(of: $0)) }
    let list = rows.isEmpty ? "[]" : "[\n" + rows.joined(separator: ",\n") + "\n  ]"
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count { $0.severity == .warning }
    let accepted = diagnostics.count { $0.acceptance != nil }
    let first = head.map { "  \(quoted($0.name)): \($0.value.text(indent: 2)),\n" }.joined()
    return "{\n\(first)  \"diagnostics\": \(list),\n  \"errors\": \(errors),\n  \"warnings\": \(warnings)"
      + (accepted > 0 ? ",\n  \"accepted\": \(accepted)" : "") + "\n}\n"
  }

  private func fields(of diagnostic: Diagnostic) -> [(String, String)] {
    var fields = [
      ("severity", quoted(diagnostic.severity.rawValue)), ("code", quoted(diagnostic.code)),
      ("message", quoted(diagnostic.message)),
    ]
    if let location = diagnostic.location {
      fields += place(location) + [("length", String(location.length))]
    }
    if let label = diagnostic.label { fields.append(("label", quoted(label))) }
    if !diagnostic.notes.isEmpty {
      let notes = diagnostic.notes.map { note in
        object([("text", quoted(note.text))] + (note.location.map(place) ?? []))
      }
      fields.append(("notes", "[" + notes.joined(separator: ", ") + "]"))
    }
    if let help = diagnostic.help { fields.append(("help", quoted(help))) }
    if let acceptance = diagnostic.acceptance { fields.append(("accepted", quoted(acceptance.text))) }
    return fields
  }

  private func place(_ location: SourceLocation) -> [(String, String)] {
    [("file", quoted(location.file)), ("line", String(location.line)), ("column", String(location.column))]
  }

  private func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
