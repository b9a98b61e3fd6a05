/// Everything that was found, in the order of files and lines.
package struct Report: Hashable, Sendable {
  private var found: [Diagnostic] = []

  package init() {}

  package mutating func add(_ diagnostic: Diagnostic) {
    found.append(diagnostic)
  }

  package mutating func add(_ diagnostics: some Sequence<Diagnostic>) {
    found.append(contentsOf: diagnostics)
  }

  /// Takes over what another report found, for instance that of a slice of work.
  package mutating func merge(_ other: Report) {
    found.append(contentsOf: other.found)
  }

  package mutating func error(
    _ code: Code, _ message: String, at location: SourceLocation? = nil, label: String? = nil,
    notes: [Diagnostic.Note] = [], help: String? = nil
  ) {
    add(.error(code, message, at: location, label: label, notes: notes, help: help))
  }

  package mutating func warning(
    _ code: Code, _ message: String, at location: SourceLocation? = nil, label: String? = nil,
    notes: [Diagnostic.Note] = [], help: String? = nil
  ) {
    add(.warning(code, message, at: location, label: label, notes: notes, help: help))
  }

  /// The diagnostics, sorted, each once.
  package var diagnostics: [Diagnostic] {
    var sorted = found.sorted()
    var last: Diagnostic?
    sorted.removeAll { diagnostic in
      defer { last = diagnostic }
      return diagnostic == last
    }
    return sorted
  }

  package var isEmpty: Bool { found.isEmpty }

  /// Whether there is an error that nobody accepted.
  package var hasErrors: Bool { found.contains { $0.severity == .error && $0.acceptance == nil } }

  /// How many of the diagnostics have this severity.
  package func count(of severity: Diagnostic.Severity) -> Int {
    diagnostics.count { $0.severity == severity }
  }

  /// The same report with something done to each diagnostic, in the order of files and lines.
  package func map(_ transform: (Diagnostic) -> Diagnostic) -> Report {
    var report = Report()
    report.found = diagnostics.map(transform)
    return report
  }

  /// The same report with every warning made an error, for `--strict`.
  package var strict: Report {
    var report = self
    for index in report.found.indices where report.found[index].severity == .warning {
      report.found[index].severity = .error
    }
    return report
  }
}
