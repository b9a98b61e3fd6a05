package import Diagnostics

/// A file of JSON that is no content, such as what another program exported: looked through once, strictly, then decoded.
package struct JSONFile: Sendable {
  private let path: String
  private let json: JSONEvidence

  /// - Parameter path: As it was named, for the report.
  /// - Returns: `nil` when it is no JSON, which the report then says.
  package init?(path: String, bytes: [UInt8], into report: inout Report) {
    (self.path, json) = (path, JSONEvidence(bytes))
    if let problem = json.problem {
      report.add(finding(problem))
      return nil
    }
  }

  /// The one text of the file; `nil` when it is something else, which the report then says.
  package func decode<Value: Decodable>(_ type: Value.Type, into report: inout Report) -> Value? {
    do throws(EvidenceProblem) {
      return try json.decode(type)
    } catch {
      report.add(finding(error))
      return nil
    }
  }

  /// The place of a value by its keys.
  package func location(of path: [any CodingKey]) -> SourceLocation {
    let place = json.place(of: path)
    return SourceLocation(file: self.path, line: place?.line ?? 1, column: place?.column ?? 1)
  }

  private func finding(_ problem: EvidenceProblem) -> Diagnostic {
    .error(
      .malformedJSON, "the file \(problem.reason)",
      at: SourceLocation(file: path, line: problem.place?.line ?? 1, column: problem.place?.column ?? 1),
      help: problem.help)
  }
}
