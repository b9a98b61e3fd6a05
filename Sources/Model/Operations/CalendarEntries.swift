package import Diagnostics

/// What calendar.yml says, checked for form; what it means is the business of scheduling.
package struct CalendarEntries: Hashable, Sendable {
  package var windows: [Window] = []
  package var freezes: [Freeze] = []
  package var trains: [Train] = []
  package var milestones: [Milestone] = []
  package var businessHours: BusinessHours?

  package init() {}

  /// Where an entry applies; empty means everywhere.
  package struct Scope: Hashable, Sendable {
    package var products: [Located<String>] = []
    package var environments: [Located<String>] = []
    package var teams: [Located<String>] = []
    package init() {}
  }

  /// When production may change.
  package struct Window: Hashable, Sendable {
    package var id: String
    package var name: String
    package var kind: String?
    package var agreement: String?
    package var starts: LocalStart
    package var duration: TimeSpan
    package var recurrence = Recurrence()
    package var zone: String?
    package var scope = Scope()
    package var audience = Audience.public
    package var location: SourceLocation

    package init(id: String, name: String, starts: LocalStart, duration: TimeSpan, at location: SourceLocation) {
      (self.id, self.name, self.starts, self.duration, self.location) = (id, name, starts, duration, location)
    }
  }

  /// When production may not change.
  package struct Freeze: Hashable, Sendable {
    package struct Exception: Hashable, Sendable {
      package var product: Located<String>
      package var version: Located<String>
      package var reason: String?
      package var approvedBy: Located<String>?
      package init(product: Located<String>, version: Located<String>) {
        (self.product, self.version) = (product, version)
      }
    }
    package var id: String
    package var name: String
    package var from: When
    package var to: When
    package var reason: String?
    package var exceptions: [Exception] = []
    package var zone: String?
    package var scope = Scope()
    package var audience = Audience.public
    package var location: SourceLocation

    package init(id: String, name: String, from: When, to: When, at location: SourceLocation) {
      (self.id, self.name, self.from, self.to, self.location) = (id, name, from, to, location)
    }
  }

  /// A regular departure.
  package struct Train: Hashable, Sendable {
    package struct Milestone: Hashable, Sendable {
      package var name: String
      package var before: TimeSpan
      package init(name: String, before: TimeSpan) { (self.name, self.before) = (name, before) }
    }
    package var id: String
    package var name: String?
    package var starts: LocalStart
    package var recurrence = Recurrence()
    package var milestones: [Milestone] = []
    package var zone: String?
    package var audience = Audience.public
    package var location: SourceLocation

    package init(id: String, starts: LocalStart, at location: SourceLocation) {
      (self.id, self.starts, self.location) = (id, starts, location)
    }
  }

  package struct Milestone: Hashable, Sendable {
    package var date: When
    package var name: String
    package var audience = Audience.public
    package var location: SourceLocation
    package init(date: When, name: String, at location: SourceLocation) {
      (self.date, self.name, self.location) = (date, name, location)
    }
  }

  package struct BusinessHours: Hashable, Sendable {
    /// Monday is 1, Sunday 7.
    package var isoWeekdays: [Int]
    /// Seconds of the local day.
    package var from: Int
    package var to: Int
    package init(isoWeekdays: [Int], from: Int, to: Int) {
      (self.isoWeekdays, self.from, self.to) = (isoWeekdays, from, to)
    }
  }

  /// A local day and hour, such as `2026-01-05T09:00`; the hour is absent for whole days.
  package struct LocalStart: Hashable, Sendable {
    package var date: CivilDate
    package var secondOfDay: Int?
    package init(date: CivilDate, secondOfDay: Int?) { (self.date, self.secondOfDay) = (date, secondOfDay) }
  }

  package struct Recurrence: Hashable, Sendable {
    package var rule: Located<RecurrenceRule>?
    package var except: [Located<CivilDate>] = []
    package var also: [Located<LocalStart>] = []
    package init() {}
  }
}

extension CalendarEntries.Scope {
  /// Whether it says that the entry is for a product, or says nothing.
  package func concerns(_ product: ProductID, of team: String?) -> Bool {
    (products.isEmpty || products.contains { $0.value == product.text })
      && (teams.isEmpty || teams.contains { $0.value == team })
  }
}
