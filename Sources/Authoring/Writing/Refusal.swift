import Diagnostics

/// Why something is not written, in words for whoever asked for it.
package struct Refusal: Error, Hashable, Sendable {
  /// Lower case, one line, with names in it.
  package var message: String
  /// What to do, as an imperative.
  package var help: String?

  package init(_ message: String, help: String? = nil) {
    (self.message, self.help) = (message, help)
  }

  /// Nothing has this name; perhaps another was meant.
  static func unknown(_ noun: String, _ name: String, among known: [String], orElse help: String) -> Refusal {
    Refusal("there is no \(noun) `\(name)`", help: suggestion(for: name, among: known) ?? help)
  }
}
