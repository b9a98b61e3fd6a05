/// A day or a moment, as somebody wrote it.
package enum When: Hashable, Sendable {
  /// The whole day in the zone that applies.
  case day(CivilDate)
  case moment(Moment)

  /// Reads `2026-11-02` or an RFC 3339 moment.
  package init?(_ text: some StringProtocol) {
    if let date = CivilDate(text) {
      self = .day(date)
    } else if let moment = Moment(text) {
      self = .moment(moment)
    } else {
      return nil
    }
  }

  /// The first moment that it covers.
  package func start(in zone: Zone) -> Moment {
    switch self {
    case .day(let date): zone.moment(of: date)
    case .moment(let moment): moment
    }
  }

  /// The first moment after it: the start of the next day, or the moment itself.
  package func end(in zone: Zone) -> Moment {
    switch self {
    case .day(let date): zone.moment(of: date + 1)
    case .moment(let moment): moment
    }
  }

  /// The local day of its start.
  package func date(in zone: Zone) -> CivilDate {
    switch self {
    case .day(let date): date
    case .moment(let moment): zone.local(of: moment).date
    }
  }

  /// As it stands in `datetime` attributes and in JSON.
  package var iso: String {
    switch self {
    case .day(let date): date.iso
    case .moment(let moment): moment.iso
    }
  }

  /// As people read it: `2 November 2026`, with the hour where it is known.
  package func words(in zone: Zone) -> String {
    switch self {
    case .day(let date): date.words
    case .moment(let moment): zone.words(for: moment)
    }
  }
}
