package import Model

/// When something on a calendar is: whole days, or moments.
package enum CalendarTime: Hashable, Sendable {
  /// Both included.
  case days(CivilDate, CivilDate)
  /// The first, and the first that is not of it any more; both are the same for what has no length.
  case moments(Moment, Moment)

  /// - Parameter end: The last day or the end; as long as `start` without it.
  package init(_ start: When, until end: When? = nil, in zone: Zone) {
    switch (start, end) {
    case (.day(let first), nil): self = .days(first, first)
    case (.day(let first), .day(let last)?): self = .days(first, max(first, last))
    case (.moment(let moment), nil): self = .moments(moment, moment)
    case (_, let end?):
      let from = start.start(in: zone)
      self = .moments(from, max(from, end.end(in: zone)))
    }
  }

  package func start(in zone: Zone) -> Moment {
    switch self {
    case .days(let first, _): zone.moment(of: first)
    case .moments(let from, _): from
    }
  }

  /// The first moment after it.
  package func end(in zone: Zone) -> Moment {
    switch self {
    case .days(_, let last): zone.moment(of: last + 1)
    case .moments(_, let to): to
    }
  }

  /// The local days that it touches. What ends at midnight does not touch the day that begins then.
  package func days(in zone: Zone) -> ClosedRange<CivilDate> {
    switch self {
    case .days(let first, let last): return first...max(first, last)
    case .moments(let from, let to):
      let first = zone.local(of: from).date
      let last = zone.local(of: to > from ? Moment(seconds: to.seconds - 1) : from).date
      return first...max(first, last)
    }
  }
}
