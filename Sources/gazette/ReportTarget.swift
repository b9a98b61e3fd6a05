import ArgumentParser
import Diagnostics
import Publishing
import SystemPackage

/// A form in which findings are told, and where to: `text`, `json`, `json=FILE`.
struct ReportTarget: ExpressibleByArgument, Hashable, Sendable {
  enum Format: String, CaseIterable, Sendable {
    case text, json, sarif, junit, github, gitlab

    /// Whether it is one whole that nothing may stand beside; the others are lines.
    var isDocument: Bool { self != .text && self != .github }
  }

  var format: Format
  /// Standard output without one.
  var file: String?

  init(_ format: Format, file: String? = nil) {
    (self.format, self.file) = (format, file)
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard let word = parts.first, let format = Format(rawValue: word) else { return nil }
    self.init(format, file: parts.count == 2 ? parts[1] : nil)
    if argument.hasSuffix("="), file == nil { return nil }
  }

  static var allValueStrings: [String] { Format.allCases.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  /// Writes what was found.
  func write(_ told: Telling, on console: Console = .standardOutput) throws(FileError) {
    let text = told.text(as: format, colour: file == nil && console.isColoured)
    guard let file else { return console.write(text) }
    do {
      let output = try FileDescriptor.open(
        FilePath(file), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      try output.closeAfter { _ = try output.writeAll(text.utf8) }
    } catch Errno.brokenPipe {
      // A reader that has gone away misses the text, as one of standard output does.
      return
    } catch {
      throw FileError(file, "\(error)", help: "name a file that can be written with --report \(format.rawValue)=FILE")
    }
  }
}

/// What a command has to tell, for every form.
struct Telling {
  var report: Report
  /// Where the files are that the findings point at; `nil` to show no lines of them.
  var root: String?
  /// The answer of a command that has one, in the place of the report for people.
  var words: String?
  /// The same as test cases, in the place of one for each finding.
  var suites: [JUnitReport.Suite]?
  /// The same as members of the JSON object.
  var members: [JSONTree.Member] = []

  init(_ report: Report, root: String?) {
    (self.report, self.root) = (report, root)
  }

  func text(as format: ReportTarget.Format, colour: Bool) -> String {
    switch format {
    case .text:
      words
        ?? TextReport(colour: colour) { [root] file in root.flatMap { sourceLines(of: file, in: $0) } }.text(of: report)
    case .json: JSONReport().text(of: report, head: members)
    case .sarif:
      SARIFReport(version: gazetteVersion) { Explanation.named($0).map(SARIFReport.Rule.init) }.text(of: report)
    case .junit: suites.map { JUnitReport().text(of: $0) } ?? JUnitReport().text(of: report)
    case .github: GitHubReport().text(of: report)
    case .gitlab: GitLabReport().text(of: report)
    }
  }
}

extension SARIFReport.Rule {
  init(_ explanation: Explanation) {
    self.init(
      title: explanation.title, why: explanation.sections.first?.text ?? explanation.title, help: explanation.markdown)
  }
}

/// The lines of a file that a finding points into; `nil` when they cannot be shown.
private func sourceLines(of file: String, in root: String) -> [Substring]? {
  guard let path = FilePath(root).lexicallyResolving(FilePath(file)) else { return nil }
  var bytes: [UInt8] = []
  do {
    // Not blocking: a finding may be that the file is a named pipe.
    let input = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .nonBlocking])
    try input.closeAfter {
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while bytes.count < 16 << 20 {
        let count = try chunk.withUnsafeMutableBytes { try input.read(into: $0) }
        if count == 0 { break }
        bytes += chunk[..<count]
      }
    }
  } catch {
    return nil
  }
  // Places count from behind a byte order mark, and know one kind of line end.
  let text = String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
  return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
}
