import Diagnostics
import Model

/// Joins the incidents that people wrote down with what tools told of them.
struct IncidentJoin {
  private(set) var incidents: [Incident]
  private var positions: [String: Int] = [:]
  /// Those that only events tell of.
  private var told: Set<Int> = []
  private let zone: Zone

  init(_ incidents: [Incident], zone: Zone) {
    self.incidents = incidents
    self.zone = zone
    for (index, incident) in incidents.enumerated() { positions[incident.id] = index }
  }

  /// - Parameter product: The one that it hit; one without is of no use unless somebody wrote it down.
  mutating func add(_ entry: ToldEvent, to product: ProductID?, into report: inout Report) {
    let event = entry.event
    let id = event.subject.lowercased()
    if positions[id] == nil {
      guard let product, isIdentifier(id) else { return }
      var incident = Incident(id: id, title: event.summary ?? "Incident \(id)", at: entry.location)
      incident.products = [Located(product.text, at: entry.location)]
      if let environment = event.environment { incident.environments = [Located(environment, at: entry.location)] }
      positions[id] = incidents.count
      told.insert(incidents.count)
      incidents.append(incident)
    }
    guard let index = positions[id] else { return }
    let at = Located(When.moment(event.at), at: entry.location)
    if event.kind == .incidentResolved {
      if let detected = incidents[index].detected, event.at < detected.value.start(in: zone) {
        contradicts("`\(id)` was resolved at \(event.at.iso), before it was detected", at, detected, into: &report)
      } else if let resolved = incidents[index].resolved {
        compare(resolved, with: at, "`\(id)` was resolved", into: &report)
      } else {
        incidents[index].resolved = at
      }
    } else if let detected = incidents[index].detected {
      // Reports come in later, as often as somebody notices.
      if event.kind == .incidentDetected { compare(detected, with: at, "`\(id)` was detected", into: &report) }
    } else {
      incidents[index].detected = at
    }
  }

  private func compare(
    _ stated: Located<When>, with told: Located<When>, _ what: String, into report: inout Report
  ) {
    let moment = told.value.start(in: zone)
    guard
      moment < stated.value.start(in: zone).advanced(seconds: -60)
        || moment > stated.value.end(in: zone).advanced(seconds: 60)
    else { return }
    contradicts(
      "\(what) at \(told.value.iso) by an event and at \(stated.value.iso) by its record", told, stated,
      into: &report)
  }

  private func contradicts(
    _ message: String, _ told: Located<When>, _ stated: Located<When>, into report: inout Report
  ) {
    report.warning(
      .contradictingEvent, message, at: told.location, notes: [Diagnostic.Note("the other says", at: stated.location)],
      help: "correct the one that is wrong; until then the first counts")
  }
}

extension Moment {
  fileprivate func advanced(seconds: Int) -> Moment { Moment(seconds: self.seconds + seconds) }
}
