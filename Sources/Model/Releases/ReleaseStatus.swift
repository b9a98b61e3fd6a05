extension Release {
  /// Where a release is on its way, in that order; the last four are ways to end otherwise than released.
  package enum Status: String, CaseIterable, Sendable {
    case planned, candidate, approved
    case rollingOut = "rolling-out"
    case released
    case rolledBack = "rolled-back"
    case withdrawn, cancelled

    /// Whether customers got it, also when it was taken back later.
    package var hasShipped: Bool {
      switch self {
      case .rollingOut, .released, .rolledBack, .withdrawn: true
      case .planned, .candidate, .approved, .cancelled: false
      }
    }

    /// Whether it is still to come.
    package var isUpcoming: Bool {
      switch self {
      case .planned, .candidate, .approved: true
      case .rollingOut, .released, .rolledBack, .withdrawn, .cancelled: false
      }
    }

    /// Whether somebody could run it today with a good conscience.
    package var isCurrent: Bool { self == .released || self == .rollingOut }
  }

  package enum Kind: String, CaseIterable, Sendable {
    case major, minor, patch
    case preRelease = "pre-release"
  }

  package enum Procedure: String, CaseIterable, Sendable { case standard, normal, emergency }

  package enum Risk: String, CaseIterable, Comparable, Sendable {
    case low, medium, high, critical

    package static func < (a: Risk, b: Risk) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }
}
