/// The cycles of a third-party component, as endoflife.date describes them.
package struct EndOfLife: Hashable, Sendable {
  package struct Cycle: Hashable, Sendable {
    package enum End: Hashable, Sendable {
      case on(CivilDate)
      /// Stated without a date.
      case ended(Bool)
    }
    package var cycle: String
    package var released: CivilDate?
    package var end: End?
    package var latest: String?
    package var isLongTerm = false
    package init(cycle: String) { self.cycle = cycle }
  }

  /// The name of its file.
  package var component: String
  package var cycles: [Cycle]

  package init(component: String, cycles: [Cycle]) {
    (self.component, self.cycles) = (component, cycles)
  }
}
