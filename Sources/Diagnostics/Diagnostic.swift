/// One thing that somebody should know about the content: what is wrong, where, and what to do.
package struct Diagnostic: Hashable, Decodable, Sendable {
  package enum Severity: String, CaseIterable, Comparable, Decodable, Sendable {
    case error, warning, info

    /// Errors come first.
    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .info: 2
      }
    }
  }

  /// A further fact, with the place that shows it where there is one.
  package struct Note: Hashable, Decodable, Sendable {
    package var text: String
    package var location: SourceLocation?

    package init(_ text: String, at location: SourceLocation? = nil) {
      self.text = text
      self.location = location
    }
  }

  package var severity: Severity
  /// A stable code such as `C002`, or the id of the rule that found it.
  package var code: String
  /// One line, lower case, no full stop, with names in it.
  package var message: String
  /// The smallest token at fault; `nil` when no input file is at fault.
  package var location: SourceLocation?
  /// What stands beside the carets.
  package var label: String?
  package var notes: [Note]
  /// What to do, as an imperative.
  package var help: String?
  /// Why it does not count for the exit status, as somebody said; `nil` for what counts.
  package var acceptance: Note?

  package init(
    _ severity: Severity, _ code: Code, _ message: String, at location: SourceLocation? = nil,
    label: String? = nil, notes: [Note] = [], help: String? = nil
  ) {
    self.severity = severity
    self.code = code.id
    self.message = message
    self.location = location
    self.label = label
    self.notes = notes
    self.help = help
  }

  /// What a rule found.
  package init(
    _ severity: Severity, rule: String, _ message: String, at location: SourceLocation? = nil,
    label: String? = nil, notes: [Note] = [], help: String? = nil
  ) {
    (self.severity, self.code, self.message, self.location) = (severity, rule, message, location)
    (self.label, self.notes, self.help) = (label, notes, help)
  }

  package static func error(
    _ code: Code, _ message: String, at location: SourceLocation? = nil, label: String? = nil,
    notes: [Note] = [], help: String? = nil
  ) -> Diagnostic {
    Diagnostic(.error, code, message, at: location, label: label, notes: notes, help: help)
  }

  package static func warning(
    _ code: Code, _ message: String, at location: SourceLocation? = nil, label: String? = nil,
    notes: [Note] = [], help: String? = nil
  ) -> Diagnostic {
    Diagnostic(.warning, code, message, at: location, label: label, notes: notes, help: help)
  }

  package static func info(
    _ code: Code, _ message: String, at location: SourceLocation? = nil, notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(.info, code, message, at: location, notes: notes)
  }
}

extension Diagnostic: Comparable {
  /// By place, then code, then words, so that a report does not depend on the order of work.
  package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    switch (a.location, b.location) {
    case (nil, _?): return true
    case (_?, nil): return false
    case (let x?, let y?) where x != y: return x < y
    default: return (a.code, a.message) < (b.code, b.message)
    }
  }
}
