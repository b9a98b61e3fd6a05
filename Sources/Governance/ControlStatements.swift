import Diagnostics
import Model

/// The evidence that names one control, found by release and by period.
struct ControlStatements: Sendable {
  /// What was said at a time that somebody stated.
  private struct Dated: Sendable {
    var at: Moment
    var release: ReleaseID
    var entry: EvidenceEntry
  }

  private var own: [ReleaseID: [EvidenceEntry]] = [:]
  /// For each period of the site, the earliest first.
  private var dated: [[Dated]]

  init(periods: Int) { dated = Array(repeating: [], count: periods) }

  mutating func add(_ entry: EvidenceEntry, of release: ReleaseID, in site: Site) {
    own[release, default: []].append(entry)
    guard let at = entry.at?.value else { return }
    let day = at.date(in: site.zone)
    for (index, period) in site.periods.enumerated() where period.from <= day && day <= period.to {
      dated[index].append(Dated(at: at.start(in: site.zone), release: release, entry: entry))
    }
  }

  mutating func sort() {
    for index in dated.indices { dated[index].sort { $0.at < $1.at } }
  }

  /// What a release has itself.
  func entries(of release: ReleaseID) -> [EvidenceEntry] { own[release] ?? [] }

  /// The first that another release has in the period.
  func first(
    in period: Int, by moment: Moment, besides release: ReleaseID, where isWanted: (EvidenceEntry) -> Bool
  ) -> EvidenceEntry? {
    for statement in dated[period] {
      if statement.at > moment { return nil }
      if statement.release != release, isWanted(statement.entry) { return statement.entry }
    }
    return nil
  }
}
