import Diagnostics
import Model

/// What the last load found in the history of the content, which is the same as long as Git is.
struct HistoryMemory: Sendable {
  /// All that the states depend on, and how they are read.
  struct Key: Hashable {
    var git: String
    var paths: [String]
    var questions: GitQuestions
    var formerly: [ProductID: [String]]
    var zone: Zone
  }

  private struct Releases: Sendable {
    var readings: [Int]
    var states: [ReleaseID: [CalendarHistory.State]]
  }

  private var key: Key?
  /// With the blobs that were asked for.
  var states: ContentStates?
  private var releases: [ProductID: Releases] = [:]

  /// Forgets what belongs to another history.
  mutating func begin(_ key: Key) {
    if key != self.key { (states, releases) = (nil, [:]) }
    self.key = key
  }

  /// What Git shows of the releases of a product; `nil` where their records are others.
  /// - Parameter readings: See ``Records/readings``.
  func states(of product: ProductID, readings: [Int]?) -> [ReleaseID: [CalendarHistory.State]]? {
    guard let readings, let known = releases[product], known.readings == readings else { return nil }
    return known.states
  }

  mutating func keep(_ states: [ReleaseID: [CalendarHistory.State]], of product: ProductID, readings: [Int]?) {
    releases[product] = readings.map { Releases(readings: $0, states: states) }
  }
}
