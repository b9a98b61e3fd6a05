package import Diagnostics

/// The text of a file, or of the part of one that begins on a line.
package struct TextFile: Hashable, Sendable {
  /// Relative to the checkout.
  package var path: String
  package var text: String
  /// The line of the file on which the text begins.
  package var firstLine: Int

  package init(path: String, text: String, firstLine: Int = 1) {
    (self.path, self.text, self.firstLine) = (path, text, firstLine)
  }

  /// The last step of its path.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension TextFile {
  /// The text of a file that lies anywhere, such as one to be imported.
  /// - Parameter path: As it was named.
  /// - Returns: `nil` when it is not UTF-8, which the report then says.
  package init?(path: String, bytes: [UInt8], into report: inout Report) {
    switch decodedText(bytes) {
    case .text(let text): self.init(path: path, text: text)
    case .undecodable(let line, let column, let guess):
      report.add(.notUTF8(path, line: line, column: column, guess: guess))
      return nil
    }
  }
}
