package import Diagnostics

extension Seal {
  /// Holds what is in the folder of a site against its seal.
  ///
  /// - Parameters:
  ///   - found: Every file but the seal, its signature and what Gazette keeps for itself.
  ///   - others: What is there and is no file, such as a link; nothing of that is ever part of a site.
  ///   - isProven: Whether a key was asked for: then a file that nobody signed is an error, for a server would serve it.
  package func findings(in found: [SealedFile], others: [String] = [], isProven: Bool = false) -> [Diagnostic] {
    let sealed = Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
    var findings: [Diagnostic] = []
    var seen = Set<String>()
    for file in found {
      seen.insert(file.path)
      guard let digest = sealed[file.path] else {
        findings.append(Seal.foreign(file.path, isError: isProven))
        continue
      }
      guard digest != file.digest else { continue }
      findings.append(
        .error(
          .changedFile, "`\(file.path)` is not what was sealed", at: SourceLocation(file: file.path),
          notes: [Diagnostic.Note("it has the digest \(file.digest.hex), and was sealed with \(digest.hex)")],
          help: "restore the site from where it was built, and find out who changed it"))
    }
    for file in files where !seen.contains(file.path) {
      findings.append(
        .error(
          .missingSealedFile, "`\(file.path)` was sealed and is not there", at: SourceLocation(file: file.path),
          help: "restore the site from where it was built"))
    }
    return findings + others.map { Seal.foreign($0, isError: isProven) }
  }

  private static func foreign(_ path: String, isError: Bool) -> Diagnostic {
    Diagnostic(
      isError ? .error : .warning, .unsealedFile, "`\(path)` is foreign: Gazette did not write it",
      at: SourceLocation(file: path),
      help: isError
        ? "remove it: nobody signed it"
        : "remove it, if nobody put it there on purpose; `--strict` makes it an error")
  }
}
