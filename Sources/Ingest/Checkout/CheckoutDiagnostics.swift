package import Diagnostics

// What can be wrong with a path or a file, in words.
extension Diagnostic {
  package static let shallowClone = Diagnostic.warning(
    .shallowClone, "this clone is shallow: commits and tags are missing",
    help: "run `git fetch --unshallow --tags`, or check out with `fetch-depth: 0`")

  static func leavesCheckout(_ path: String, at location: SourceLocation?) -> Diagnostic {
    .error(
      .outsideCheckout, "the path `\(shown(path))` leads out of the checkout", at: location,
      help: "copy the file into the checkout and name it relative to the top")
  }

  static func brokenLink(_ path: String) -> Diagnostic {
    .warning(
      .brokenLink, "the link `\(path)` leads nowhere", at: SourceLocation(file: path),
      help: "mend the link or remove it")
  }

  static func circularLink(_ path: String) -> Diagnostic {
    .warning(
      .circularLink, "the link `\(path)` leads back to a folder around it", at: SourceLocation(file: path),
      help: "remove the link")
  }

  static func missingSubmodule(_ path: String, at location: SourceLocation?) -> Diagnostic {
    .error(
      .missingSubmodule, "the submodule `\(path)` is not checked out", at: location,
      help: "run `git submodule update --init \(path)`")
  }

  static func notAFile(_ path: String, at location: SourceLocation?) -> Diagnostic {
    .error(.notAFile, "`\(path)` is not a regular file", at: location, help: "name a file")
  }

  static func unusableName(_ name: [UInt8], in folder: String) -> Diagnostic {
    let isText = String(validating: name, as: UTF8.self) != nil
    return .error(
      .unusableName,
      "the file name `\(shown(repairedText(name)))` \(isText ? "holds a control character" : "is not UTF-8")",
      at: SourceLocation(file: folder.isEmpty ? "." : folder), help: "rename the file")
  }

  static func notUTF8(_ path: String, line: Int, column: Int, guess: String) -> Diagnostic {
    .error(
      .notUTF8, "`\(path)` is not UTF-8", at: SourceLocation(file: path, line: line, column: column),
      label: "looks like \(guess)", help: "save the file as UTF-8")
  }

  static func refusal(
    _ refusal: FileReader.Refusal, of path: String, limit: Int, at location: SourceLocation?
  ) -> Diagnostic {
    switch refusal {
    case .outside: return leavesCheckout(path, at: location ?? SourceLocation(file: path))
    case .missing:
      return .error(
        .missingFile, "the file `\(shown(path))` does not exist", at: location,
        help: "correct the path, which is relative to the top of the checkout, or add the file")
    case .notAFile: return notAFile(path, at: location ?? SourceLocation(file: path))
    case .tooLarge(let size):
      return .error(
        .fileTooLarge, "`\(path)` has \(size) bytes; the limit is \(limit)", at: location ?? SourceLocation(file: path),
        help: "move it out of the content, or publish it elsewhere and link to it")
    }
  }

  /// The text on one line, control characters as escapes.
  private static func shown(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
