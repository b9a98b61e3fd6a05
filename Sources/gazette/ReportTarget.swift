import ArgumentParser
import Diagnostics
import SystemPackage

/// A form in which findings are told, and where to: `text`, `json`, `json=FILE`.
struct ReportTarget: ExpressibleByArgument, Hashable, Sendable {
  enum Format: String, CaseIterable, Sendable { case text, json }

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

  /// Writes the report.
  ///
  /// - Parameter root: Where the files are that the findings point at.
  func write(_ report: Report, root: String?, on console: Console = .standardOutput) throws(FileError) {
    let text: String
    switch format {
    case .json: text = JSONReport().text(of: report)
    case .text: text = ReportTarget.text(of: report, root: root, colour: file == nil && console.isColoured)
    }
    guard let file else { return console.write(text) }
    do {
      let output = try FileDescriptor.open(
        FilePath(file), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      try output.closeAfter { _ = try output.writeAll(text.utf8) }
    } catch {
      throw FileError(file, "\(error)", help: "name a file that can be written with --report \(format.rawValue)=FILE")
    }
  }

  /// The report for people, with the lines that it points at.
  static func text(of report: Report, root: String?, colour: Bool = false) -> String {
    TextReport(colour: colour) { file in root.flatMap { sourceLines(of: file, in: $0) } }.text(of: report)
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
