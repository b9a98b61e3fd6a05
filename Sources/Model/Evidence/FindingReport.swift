/// What static analysis found.
package struct FindingReport: Hashable, Sendable {
  /// - Source: SARIF 2.1.0 §3.27.10.
  package enum Level: String, CaseIterable, Hashable, Sendable, Comparable {
    case error, warning, note, none

    /// Errors come first.
    package static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      case .none: 3
      }
    }
  }

  package struct Finding: Hashable, Sendable {
    package var tool: String
    package var rule: String
    package var level: Level
    /// From 0 to 10, as CVSS counts, where the rule or the finding says.
    package var securitySeverity: Double?
    package var message: String
    package var path: String?
    package var line: Int?
    /// What stays the same when lines move, where the tool gives one.
    package var fingerprint: String?
    package var suppression: Suppression?
    /// Whether somebody has still to decide if it is one.
    package var isUndecided = false

    package init(tool: String, rule: String, level: Level, message: String) {
      (self.tool, self.rule, self.level, self.message) = (tool, rule, level, message)
    }
  }

  /// Somebody's word that a finding is accepted as it is.
  package struct Suppression: Hashable, Sendable {
    package enum Place: String, Hashable, Sendable {
      /// A comment in the source.
      case inSource
      case external
    }

    package var place: Place?
    package var justification: String?

    package init(place: Place? = nil, justification: String? = nil) {
      (self.place, self.justification) = (place, justification)
    }
  }

  /// In the order of the file, suppressed ones too.
  package var findings: [Finding] = []
  /// What was examined and is no finding: passed, does not apply, is there for information, or is gone.
  package var passed = 0
  package var tools: [EvidenceTool] = []
  /// Why a run of the tool did not come to its end, one line each. A report with any is not clean, whatever it lists.
  package var failures: [String] = []

  package init() {}

  package var live: [Finding] { findings.filter { $0.suppression == nil } }
}
