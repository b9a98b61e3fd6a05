/// A report for code scanning: a SARIF log with one run.
///
/// - Source: SARIF 2.1.0 with errata 01.
package struct SARIFReport: Sendable {
  /// What a code or a rule says of itself, behind each of its results.
  package struct Rule: Sendable {
    package var title: String
    package var why: String
    /// All there is to say, in Markdown.
    package var help: String

    package init(title: String, why: String, help: String) {
      (self.title, self.why, self.help) = (title, why, help)
    }
  }

  private let version: String
  private let rule: @Sendable (_ code: String) -> Rule?

  /// - Parameters:
  ///   - version: Of Gazette.
  ///   - rule: What a code means; `nil` where nobody says.
  package init(version: String, rule: @escaping @Sendable (_ code: String) -> Rule?) {
    (self.version, self.rule) = (version, rule)
  }

  package func text(of report: Report) -> String {
    let found = report.fingerprinted
    let codes = Set(found.map(\.diagnostic.code)).sorted()
    let positions = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    let run = JSONTree.object([
      "tool": .object([
        "driver": .object([
          "name": .text("Gazette"), "version": .text(version), "rules": .list(codes.map(descriptor)),
        ])
      ]),
      "columnKind": .text("unicodeCodePoints"),
      "originalUriBaseIds": .object([
        SARIFReport.top: .object(["description": SARIFReport.message("The top of the checkout.")])
      ]),
      "results": .list(found.map { result($0.diagnostic, $0.fingerprint, rule: positions[$0.diagnostic.code]) }),
    ])
    return JSONTree.object([
      "$schema": .text("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
      "version": .text("2.1.0"), "runs": .list([run]),
    ]).text
  }

  /// What relative addresses start from, by the name that readers of SARIF know it by.
  private static let top = "%SRCROOT%"

  /// - Source: SARIF 2.1.0 §3.49.
  private func descriptor(of code: String) -> JSONTree {
    guard let rule = rule(code) else { return .object(["id": .text(code)]) }
    return .object([
      "id": .text(code), "shortDescription": SARIFReport.message(rule.title),
      "fullDescription": SARIFReport.message(rule.why),
      "help": .object(["text": .text(rule.help), "markdown": .text(rule.help)]),
    ])
  }

  /// - Source: SARIF 2.1.0 §3.27.
  private func result(_ diagnostic: Diagnostic, _ fingerprint: String, rule: Int?) -> JSONTree {
    let level =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "note"
      }
    let related = diagnostic.notes.filter { $0.location != nil }.enumerated().compactMap { index, note in
      note.location.map { SARIFReport.location($0, id: index, note.text) }
    }
    let suppression = diagnostic.acceptance.map { acceptance in
      JSONTree.list([
        .object(["kind": .text("external"), "justification": .text(acceptance.text)])
      ])
    }
    return .object([
      "ruleId": .text(diagnostic.code), "ruleIndex": rule.map(JSONTree.number), "level": .text(level),
      "message": SARIFReport.message(diagnostic.sentences.joined(separator: "\n")),
      "locations": diagnostic.location.map { .list([SARIFReport.location($0)]) },
      "relatedLocations": related.isEmpty ? nil : .list(related),
      "partialFingerprints": .object(["gazetteFinding/v1": .text(fingerprint)]),
      "suppressions": suppression,
    ])
  }

  /// - Source: SARIF 2.1.0 §3.28, §3.30: an end is the column behind the last.
  private static func location(_ place: SourceLocation, id: Int? = nil, _ words: String? = nil) -> JSONTree {
    let region = JSONTree.object([
      "startLine": .number(max(1, place.line)), "startColumn": .number(max(1, place.column)),
      "endColumn": .number(max(1, place.column) + max(1, place.length)),
    ])
    return .object([
      "id": id.map(JSONTree.number),
      "physicalLocation": .object([
        "artifactLocation": .object([
          "uri": .text(escapedForURI(place.file, keeping: "/")), "uriBaseId": .text(top),
        ]),
        "region": region,
      ]),
      "message": words.map(message),
    ])
  }

  private static func message(_ text: String) -> JSONTree { .object(["text": .text(text)]) }
}

extension Diagnostic {
  /// Everything that it says without places: the message, the notes, the help, a line each.
  var sentences: [String] {
    let label = label.map { " (\($0))" } ?? ""
    return [message + label] + notes.map { "note: " + $0.text } + (help.map { ["help: " + $0] } ?? [])
  }
}
