package import Diagnostics
package import Model

/// Something about a release that does not go together with the rest of the calendar.
package struct CalendarConflict: Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Another release is in the same environment, or one of a product that depends on it goes out, at the same time.
    case collision
    case inFreeze = "in-freeze"
    case outsideWindows = "outside-windows"
    /// It began in a window and ended after it.
    case overrun
    /// It goes out before something that it needs.
    case beforeDependency = "before-dependency"
    /// It is not there where its train should have been by then.
    case milestoneMissed = "milestone-missed"
    /// Its day is none of its train.
    case offTrain = "off-train"
    /// It left after its train.
    case late
  }

  package var kind: Kind
  package var release: ReleaseID
  /// The release that it is in conflict with.
  package var other: ReleaseID?
  package var time: Stretch
  /// In the words of a message: lower case, one line, no full stop, names in backticks.
  package var text: String
  package var location: SourceLocation
  /// What the place says, and where.
  package var notes: [Diagnostic.Note] = []
  /// The exception of the freeze that excuses it.
  package var exception: CalendarEntries.Freeze.Exception?
  /// Whether the same is told of the other release, and this is the repetition.
  package var isRepetition = false

  /// Whether it is told to people as something that is wrong.
  package var isTold: Bool { exception == nil && !isRepetition }
}
