import Diagnostics
import Export
import Foundation

/// The text of a key that a command names.
private func keyText(of path: String) throws(FileError) -> String {
  do {
    return try String(contentsOfFile: path, encoding: .utf8)
  } catch {
    throw FileError(path, "the key cannot be read", help: "name the PEM file of an Ed25519 key")
  }
}

extension SigningKey {
  /// - Parameter path: Absolute.
  init(file path: String) throws(FileError) {
    let text = try keyText(of: path)
    do throws(KeyProblem) { try self.init(pem: text) } catch { throw FileError(path, error) }
  }
}

extension VerificationKey {
  /// - Parameter path: Absolute.
  init(file path: String) throws(FileError) {
    let text = try keyText(of: path)
    do throws(KeyProblem) { try self.init(pem: text) } catch { throw FileError(path, error) }
  }
}

extension FileError {
  fileprivate init(_ path: String, _ problem: KeyProblem) {
    self.init(path, problem.reason, help: problem.help)
  }
}
