/// A report for the log of a GitHub workflow, which makes annotations of it: a workflow command a line.
///
/// ```text
/// ::error file=content/a.yml,line=2,col=1,endColumn=8,title=C002::the key `relased` is unknown%0Ahelp: remove it
/// ```
///
/// What the baseline accepts is a notice.
package struct GitHubReport: Sendable {
  package init() {}

  package func text(of report: Report) -> String { report.diagnostics.map { line($0) + "\n" }.joined() }

  private func line(_ diagnostic: Diagnostic) -> String {
    let command =
      switch diagnostic.severity {
      case .error where diagnostic.acceptance == nil: "error"
      case .warning where diagnostic.acceptance == nil: "warning"
      default: "notice"
      }
    var properties: [(String, String)] = []
    if let place = diagnostic.location {
      properties = [("file", place.file), ("line", String(place.line)), ("col", String(place.column))]
      if place.length > 1 { properties.append(("endColumn", String(place.column + place.length))) }
    }
    properties.append(("title", diagnostic.code))
    var sentences = diagnostic.sentences
    if let acceptance = diagnostic.acceptance { sentences.append("accepted: " + acceptance.text) }
    let list = properties.map { $0 + "=" + escaped($1, isProperty: true) }.joined(separator: ",")
    return "::\(command) \(list)::" + escaped(sentences.joined(separator: "\n"), isProperty: false)
  }

  /// What would end the line, the property or the list is a percent sign and two digits.
  private func escaped(_ text: String, isProperty: Bool) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "%"): bytes += "%25".utf8
      case UInt8(ascii: "\r"): bytes += "%0D".utf8
      case UInt8(ascii: "\n"): bytes += "%0A".utf8
      case UInt8(ascii: ":") where isProperty: bytes += "%3A".utf8
      case UInt8(ascii: ",") where isProperty: bytes += "%2C".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
