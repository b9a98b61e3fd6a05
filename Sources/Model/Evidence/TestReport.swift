/// The results of tests. Everything is counted from the cases; what the file says of its own totals is not believed.
package struct TestReport: Hashable, Sendable {
  package enum Outcome: String, CaseIterable, Hashable, Sendable {
    case passed, failed, errored, skipped
  }

  package struct Case: Hashable, Sendable {
    /// The suites that it is in, from the outermost, with ` › ` between them; empty where none is named.
    package var suite: String
    package var className: String?
    package var name: String
    /// How long it took, ≥ 0, where that is a number.
    package var seconds: Double?
    package var outcome: Outcome
    /// Whether it failed before it passed.
    package var isFlaky = false
    /// Of the failure, the error or the skip: its words and, as far as they fit, its details.
    package var message: String?

    package init(suite: String, className: String? = nil, name: String, seconds: Double? = nil, outcome: Outcome) {
      (self.suite, self.className, self.name, self.seconds) = (suite, className, name, seconds)
      self.outcome = outcome
    }
  }

  package struct Counts: Hashable, Sendable {
    package var passed = 0
    package var failed = 0
    package var errored = 0
    package var skipped = 0
    /// Also counted as passed.
    package var flaky = 0

    package init() {}

    package var cases: Int { passed + failed + errored + skipped }
  }

  /// In the order of the file. Empty when nothing was tested, which proves nothing.
  package private(set) var cases: [Case]
  package private(set) var counts = Counts()
  /// What the cases took together, where any of them says.
  package private(set) var seconds: Double?
  /// When the file says that it was made, in a form without zone.
  package var timeWithoutZone: String?

  package init(cases: [Case]) {
    self.cases = cases
    for test in cases {
      switch test.outcome {
      case .passed: counts.passed += 1
      case .failed: counts.failed += 1
      case .errored: counts.errored += 1
      case .skipped: counts.skipped += 1
      }
      if test.isFlaky { counts.flaky += 1 }
      if let time = test.seconds { seconds = (seconds ?? 0) + time }
    }
  }
}
