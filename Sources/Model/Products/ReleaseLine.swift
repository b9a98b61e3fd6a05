package import Diagnostics

/// A line of releases that is looked after together, such as all of `2.*`.
package struct ReleaseLine: Hashable, Sendable {
  package enum Phase: String, CaseIterable, Hashable, Sendable {
    /// Not released yet.
    case upcoming
    case active
    /// Only security fixes.
    case security
    /// Only for those who pay for it.
    case extended
    case ended
  }

  package var id: String
  /// Such as `2.*` or `2026.04.*`; `*` stands for anything.
  package var match: String
  package var released: CivilDate?
  package var activeUntil: CivilDate?
  package var securityUntil: CivilDate?
  package var extendedUntil: CivilDate?
  package var isLongTerm = false
  package var location: SourceLocation

  package init(id: String, match: String, at location: SourceLocation) {
    (self.id, self.match, self.location) = (id, match, location)
  }

  package func contains(_ version: String) -> Bool { matches(glob: match, version) }

  /// The phase at the moment, `until` days included. A line without any end is active.
  package func phase(at moment: Moment, in zone: Zone) -> Phase { phase(on: zone.local(of: moment).date) }

  /// The phase on a day, `until` days included.
  package func phase(on today: CivilDate) -> Phase {
    if let released, today < released { return .upcoming }
    let ends = [(activeUntil, Phase.active), (securityUntil, .security), (extendedUntil, .extended)]
    for case (let end?, let phase) in ends where today <= end { return phase }
    return ends.allSatisfy { $0.0 == nil } ? .active : .ended
  }

  /// When the present phase ends and what comes then; `nil` when no change is known.
  package func nextChange(at moment: Moment, in zone: Zone) -> (date: CivilDate, phase: Phase)? {
    let today = zone.local(of: moment).date
    let known = [released, activeUntil.map { $0 + 1 }, securityUntil.map { $0 + 1 }, extendedUntil.map { $0 + 1 }]
    guard let date = known.compactMap({ $0 }).filter({ $0 > today }).min() else { return nil }
    return (date, phase(at: zone.moment(of: date), in: zone))
  }
}

/// Whether the whole text matches a pattern in which `*` stands for any run of characters, also none.
package func matches(glob pattern: String, _ text: String) -> Bool {
  let pattern = Array(pattern.utf8)
  let text = Array(text.utf8)
  var (p, t) = (0, 0)
  var star: (pattern: Int, text: Int)?
  while t < text.count {
    if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
      star = (p, t)
      p += 1
    } else if p < pattern.count, pattern[p] == text[t] {
      p += 1
      t += 1
    } else if let last = star {
      star = (last.pattern, last.text + 1)
      (p, t) = (last.pattern + 1, last.text + 1)
    } else {
      return false
    }
  }
  return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
}
