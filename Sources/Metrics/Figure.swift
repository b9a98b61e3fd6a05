package import Model

/// One metric of a product or a team: its line over time, its value over all of it, and what both are made of.
package struct Figure: Sendable {
  package enum Unit: Hashable, Sendable {
    case seconds, days, count
    /// A part of a whole, 0...1.
    case share
    /// As gazette.yml names it.
    case named(String)
  }

  /// How it is best drawn.
  package enum Shape: String, Sendable { case line, bars, stacked, dots }

  /// What is known in one bucket.
  package struct Point: Sendable {
    /// `nil` where there is nothing to say it from, or too little.
    package var value: Double?
    package var count: Int
    /// The releases behind it, each once.
    package var releases: [ReleaseID]

    package init(_ value: Double?, count: Int, releases: [ReleaseID] = []) {
      (self.value, self.count, self.releases) = (value, count, releases)
    }
  }

  package struct Line: Sendable {
    package var name: String
    /// One for each bucket.
    package var points: [Point]
    package init(_ name: String, _ points: [Point]) { (self.name, self.points) = (name, points) }
  }

  /// One value by itself.
  package struct Dot: Sendable {
    package var at: Moment
    package var value: Double
    package var release: ReleaseID
    package init(at moment: Moment, value: Double, release: ReleaseID) {
      (at, self.value, self.release) = (moment, value, release)
    }
  }

  package struct Day: Sendable {
    package var date: CivilDate
    package var count: Int
    package var releases: [ReleaseID]
    package init(_ date: CivilDate, count: Int, releases: [ReleaseID]) {
      (self.date, self.count, self.releases) = (date, count, releases)
    }
  }

  /// Over all of the time.
  package struct Total: Sendable {
    package var name: String
    package var value: Double?
    package var unit: Unit
    /// How many values it is made of.
    package var count: Int
    package init(_ name: String, _ value: Double?, _ unit: Unit, count: Int) {
      (self.name, self.value, self.unit, self.count) = (name, value, unit, count)
    }
  }

  /// Something that does not count, and how often.
  package struct LeftOut: Hashable, Sendable {
    package var count: Int
    package var what: String
    package init(_ count: Int, _ what: String) { (self.count, self.what) = (count, what) }
  }

  /// Names it among the figures of its card; a measured one has its own.
  package var id: String
  package var title: String
  package var definition: String
  package var unit: Unit
  package var shape: Shape
  package var lines: [Line] = []
  package var dots: [Dot] = []
  package var totals: [Total] = []
  /// How many releases have all that it needs, out of how many.
  package var complete = 0
  package var outOf = 0
  package var leftOut: [LeftOut] = []
  package var notes: [String] = []
  /// Whether the releases of a period are marked on the picture, for they may explain it.
  package var marksReleases = false
  /// What may be worth a look, and does not count.
  package var hints: [String] = []
  /// How many there were on each day of the last year, where days matter; only days with some.
  package var days: [Day] = []
  /// What a measured value is held against.
  package var objective: Double?

  init(_ metric: Metric, _ unit: Unit, _ shape: Shape) {
    (id, title, definition) = (metric.id, metric.title, metric.definition)
    (self.unit, self.shape) = (unit, shape)
  }

  init(id: String, title: String, definition: String, _ unit: Unit, _ shape: Shape) {
    (self.id, self.title, self.definition) = (id, title, definition)
    (self.unit, self.shape) = (unit, shape)
  }

  /// How many values are behind it.
  package var count: Int { totals.first?.count ?? 0 }

  mutating func leaveOut(_ count: Int, _ what: String) {
    if count > 0 { leftOut.append(LeftOut(count, what)) }
  }
}
