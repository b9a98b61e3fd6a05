/// The machine failed, not the content: a file that cannot be read or written, a program that is missing.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path or program that it happened to.
  package var subject: String
  /// What went wrong, as the system says it.
  package var reason: String
  /// What to do about it.
  package var help: String?

  package init(_ subject: String, _ reason: String, help: String? = nil) {
    self.subject = subject
    self.reason = reason
    self.help = help
  }

  package var description: String { "\(subject): \(reason)" }
}
