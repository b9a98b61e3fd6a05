/// A report for people: one block a diagnostic, in the shape that compilers use.
///
/// ```text
/// error[C002]: the key `relased` is unknown
///   --> content/releases/gateway/2.4.0.yml:2:1
///    |
///  2 | relased: 2026-10-20
///    | ^^^^^^^ not a key of a release
///    = help: did you mean `released`?
/// ```
package struct TextReport: Sendable {
  /// Whether to colour for a terminal.
  package var colour: Bool
  /// The lines of an input file, or `nil` when it cannot be shown.
  private let source: @Sendable (_ file: String) -> [Substring]?

  package init(colour: Bool, source: @escaping @Sendable (_ file: String) -> [Substring]?) {
    self.colour = colour
    self.source = source
  }

  /// All diagnostics and a closing line that counts them; empty when there are none.
  package func text(of report: Report) -> String {
    let diagnostics = report.diagnostics
    guard !diagnostics.isEmpty else { return "" }
    var lines = SourceLines(read: source)
    var text = ""
    for diagnostic in diagnostics {
      text += block(for: diagnostic, lines: &lines) + "\n"
    }
    return text + summary(of: diagnostics) + "\n"
  }

  /// Such as `2 errors, 1 warning`.
  package func summary(of diagnostics: [Diagnostic]) -> String {
    let counts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
      let count = diagnostics.count { $0.severity == severity }
      guard count > 0 else { return nil }
      switch severity {
      case .error, .warning: return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
      case .info: return "\(count) for your information"
      }
    }
    let accepted = diagnostics.count { $0.acceptance != nil }
    return counts.joined(separator: ", ") + (accepted > 0 ? "; \(accepted) accepted by the baseline" : "")
  }

  private func block(for diagnostic: Diagnostic, lines: inout SourceLines) -> String {
    let style = Style(for: diagnostic.severity)
    var text =
      paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", style)
      + paint(": \(visible(diagnostic.message))", .bold)
    text += "\n"
    let gutter = String(repeating: " ", count: diagnostic.location.map { String($0.line).count } ?? 1)
    if let location = diagnostic.location {
      text += gutter + paint("-->", .blue) + " \(visible(location.file)):\(location.line):\(location.column)\n"
      if let line = lines.line(location.line, of: location.file) {
        text += excerpt(of: line, at: location, label: diagnostic.label, gutter: gutter, style: style)
      }
    }
    for note in diagnostic.notes {
      let place = note.location.map { " at \(visible($0.file)):\($0.line):\($0.column)" } ?? ""
      text += "\(gutter) \(paint("=", .blue)) \(paint("note", .bold)): \(visible(note.text))\(place)\n"
    }
    if let acceptance = diagnostic.acceptance {
      let place = acceptance.location.map { " at \(visible($0.file)):\($0.line)" } ?? ""
      text += "\(gutter) \(paint("=", .blue)) \(paint("accepted", .bold)): \(visible(acceptance.text))\(place)\n"
    }
    if let help = diagnostic.help {
      text += "\(gutter) \(paint("=", .blue)) \(paint("help", .bold)): \(visible(help))\n"
    }
    return text
  }

  private func excerpt(
    of line: Substring, at location: SourceLocation, label: String?, gutter: String, style: Style
  ) -> String {
    // A long line is cut around the place, so that a minified file does not fill the screen.
    let scalars = Array(line.unicodeScalars)
    let start = min(max(location.column - 1, 0), scalars.count)
    let first = start > 100 ? start - 40 : 0
    let last = min(scalars.count, first + 140)
    let shown = visible(String(String.UnicodeScalarView(scalars[first..<last])))
    let indent = visible(String(String.UnicodeScalarView(scalars[first..<start]))).unicodeScalars.count
    let carets = String(repeating: "^", count: max(1, min(location.length, last - start)))
    let margin = "\(gutter) \(paint("|", .blue))"
    var text = "\(margin)\n\(paint(String(location.line), .blue)) \(paint("|", .blue)) \(shown)\n"
    text += "\(margin) " + String(repeating: " ", count: indent) + paint(carets, style)
    if let label { text += " " + paint(visible(label), style) }
    return text + "\n"
  }

  /// The text without anything that would steer a terminal; a tab is one space, so that carets stand right.
  private func visible(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: shown.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: shown.append("\u{FFFD}")
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  private enum Style: String {
    case red = "\u{1B}[1;31m"
    case yellow = "\u{1B}[1;33m"
    case green = "\u{1B}[1;32m"
    case blue = "\u{1B}[1;34m"
    case bold = "\u{1B}[1m"

    init(for severity: Diagnostic.Severity) {
      switch severity {
      case .error: self = .red
      case .warning: self = .yellow
      case .info: self = .green
      }
    }
  }

  private func paint(_ text: String, _ style: Style) -> String {
    colour ? style.rawValue + text + "\u{1B}[0m" : text
  }
}

/// Files read for excerpts, each once.
private struct SourceLines {
  let read: (String) -> [Substring]?
  var files: [String: [Substring]] = [:]

  mutating func line(_ number: Int, of file: String) -> Substring? {
    if files[file] == nil { files[file] = read(file) ?? [] }
    guard let lines = files[file], lines.indices.contains(number - 1) else { return nil }
    return lines[number - 1]
  }
}
