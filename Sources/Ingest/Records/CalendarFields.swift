import Diagnostics
import Model

/// The keys of calendar.yml.
enum CalendarFields {
  static let windows = Field("windows", .list(of: WindowFields.shape), "When production may change.")
  static let freezes = Field("freezes", .list(of: FreezeFields.shape), "When it may not.")
  static let trains = Field("trains", .list(of: TrainFields.shape), "Regular departures.")
  static let milestones = Field("milestones", .list(of: MilestoneFields.shape), "Days to remember.")
  static let businessHours = Field("business_hours", .shape(BusinessHoursFields.shape), "When people are at work.")

  static let shape = Shape(
    "calendar", "When things may, may not and will happen.", [windows, freezes, trains, milestones, businessHours],
    constraint: { fields, report in
      distinct(fields.values(windows).map { Located($0.id, at: $0.location) }, "windows", into: &report)
      distinct(fields.values(freezes).map { Located($0.id, at: $0.location) }, "freezes", into: &report)
      distinct(fields.values(trains).map { Located($0.id, at: $0.location) }, "trains", into: &report)
    }
  ) { fields -> CalendarEntries? in
    var calendar = CalendarEntries()
    calendar.windows = fields.values(windows)
    calendar.freezes = fields.values(freezes)
    calendar.trains = fields.values(trains)
    calendar.milestones = fields.values(milestones)
    calendar.businessHours = fields.value(businessHours)
    return calendar
  }
}

/// Where an entry applies; everywhere when nothing is said.
enum ScopeFields {
  static let products = Field("products", allOr(.product), "The products that it is for; default: `all`.")
  static let environments = Field(
    "environments", allOr(.environment), "The environments that it is for; default: `all`.")
  static let teams = Field("teams", allOr(.team), "The teams that it is for; default: `all`.")

  static func scope(of fields: Fields) -> CalendarEntries.Scope {
    var scope = CalendarEntries.Scope()
    scope.products = fields.list(products)
    scope.environments = fields.list(environments)
    scope.teams = fields.list(teams)
    return scope
  }

  private static func allOr(_ form: Form<String>) -> Form<[Located<String>]> {
    .either(.list(of: form), .word("all", for: []))
  }
}

/// When something comes again.
enum RecurrenceFields {
  static let repeats = Field(
    "repeats", .recurrence, "When it comes again.", example: "'FREQ=WEEKLY;BYDAY=MO'")
  static let except = Field(
    "except", .list(of: Form<CalendarEntries.LocalStart>.localStart.map { $0.value.date }), "Days on which it does not."
  )
  static let also = Field("also", .list(of: Form<CalendarEntries.LocalStart>.localStart), "Further times.")

  static func recurrence(of fields: Fields) -> CalendarEntries.Recurrence {
    var recurrence = CalendarEntries.Recurrence()
    recurrence.rule = fields[repeats]
    recurrence.except = fields.list(except)
    recurrence.also = fields.list(also)
    return recurrence
  }

  /// Reports a rule that ends before it begins, one that never comes, and a beginning that is none of its days.
  /// - Source: RFC 5545 §3.8.5.3, by which what such a beginning means is undefined.
  static func check(_ fields: Fields, from field: Field<CalendarEntries.LocalStart>, into report: inout Report) {
    guard let rule = fields[repeats], let starts = fields[field] else { return }
    let start = starts.value.date
    // Which zone the rule is in is not known here, so that a moment has a day more.
    let last: CivilDate? =
      switch rule.value.until {
      case nil: nil
      case .day(let date)?, .local(let date, secondOfDay: _)?: date
      case .moment(let moment)?: moment.utcDate + 1
      }
    if let last, last < start {
      report.error(
        .endsBeforeBegin, "the rule ends before it begins", at: rule.location,
        notes: [Diagnostic.Note("it begins", at: starts.location)], help: "correct `UNTIL`, or when it `starts`")
      return
    }
    guard let first = rule.value.firstDay(from: start) else {
      report.error(
        .malformedTime, "the rule never comes: there is no such day in a hundred years", at: rule.location,
        help: "correct `BYMONTHDAY`, `BYMONTH` or `BYDAY`")
      return
    }
    guard first != start else { return }
    report.warning(
      .malformedTime, "it starts on \(start.iso), which is no day of its rule", at: starts.location,
      notes: [Diagnostic.Note("the rule", at: rule.location)], help: "start on \(first.iso), the first day of the rule")
  }
}

enum WindowFields {
  static let id = Field("id", .identifier, "Its id.", required: true, example: "weekday")
  static let name = Field("name", .text, "How people call it; default: the id.")
  static let kind = Field("kind", .identifier, "What it is for.", example: "maintenance")
  static let agreement = Field("agreement", .text, "The agreement that grants it.")
  static let starts = Field(
    "starts", .localStart, "The first time, as local time.", required: true, example: "'2026-01-05T09:00'")
  static let duration = Field("duration", .duration, "How long it is.", required: true, example: "PT3H")
  static let timeZone = Field("time_zone", Form<String>.zone, "The zone of its hours; default: the site's.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: public.")

  static let shape = Shape(
    "window", "When production may change.",
    [
      id, name, kind, agreement, starts, duration, RecurrenceFields.repeats, RecurrenceFields.except,
      RecurrenceFields.also,
      timeZone, ScopeFields.products, ScopeFields.environments, ScopeFields.teams, audience,
    ],
    constraint: { fields, report in
      RecurrenceFields.check(fields, from: starts, into: &report)
      guard let duration = fields[duration], duration.value == TimeSpan() else { return }
      report.error(
        .malformedTime, "a window of no length", at: duration.location, help: "say how long it is, such as `PT3H`")
    }
  ) { fields -> CalendarEntries.Window? in
    guard let id = fields.value(id), let starts = fields.value(starts), let duration = fields.value(duration) else {
      return nil
    }
    var window = CalendarEntries.Window(
      id: id, name: fields.value(name) ?? id, starts: starts, duration: duration, at: fields.location)
    window.kind = fields.value(kind)
    window.agreement = fields.value(agreement)
    window.recurrence = RecurrenceFields.recurrence(of: fields)
    window.zone = fields.value(timeZone)
    window.scope = ScopeFields.scope(of: fields)
    window.audience = fields.value(audience) ?? .public
    return window
  }
}

enum FreezeFields {
  static let id = Field("id", .identifier, "Its id.", required: true, example: "year-end-2026")
  static let name = Field("name", .text, "How people call it; default: the id.")
  static let from = Field("from", .when, "When it begins.", required: true)
  static let to = Field("to", .when, "When it ends; a day is included.", required: true)
  static let reason = Field("reason", .text, "Why.")
  static let exceptions = Field(
    "exceptions", .list(of: FreezeExceptionFields.shape), "Releases that may go out nevertheless.")
  static let timeZone = Field("time_zone", Form<String>.zone, "The zone of its days; default: the site's.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: public.")

  static let shape = Shape(
    "freeze", "When production may not change.",
    [
      id, name, from, to, reason, exceptions, timeZone, ScopeFields.products, ScopeFields.environments,
      ScopeFields.teams,
      audience,
    ],
    constraint: { fields, report in order(fields[from], fields[to], "a freeze", into: &report) }
  ) { fields -> CalendarEntries.Freeze? in
    guard let id = fields.value(id), let from = fields.value(from), let to = fields.value(to) else { return nil }
    var freeze = CalendarEntries.Freeze(id: id, name: fields.value(name) ?? id, from: from, to: to, at: fields.location)
    freeze.reason = fields.value(reason)
    freeze.exceptions = fields.values(exceptions)
    freeze.zone = fields.value(timeZone)
    freeze.scope = ScopeFields.scope(of: fields)
    freeze.audience = fields.value(audience) ?? .public
    return freeze
  }
}

enum FreezeExceptionFields {
  static let product = Field("product", .product, "The product.", required: true)
  static let version = Field("version", .version, "Its version.", required: true)
  static let reason = Field("reason", .text, "Why.")
  static let approvedBy = Field("approved_by", .person, "Who allowed it.")

  static let shape = Shape(
    "freeze exception", "A release that may go out in a freeze.", [product, version, reason, approvedBy]
  ) {
    fields -> CalendarEntries.Freeze.Exception? in
    guard let product = fields[product], let version = fields[version] else { return nil }
    var exception = CalendarEntries.Freeze.Exception(product: product, version: version)
    exception.reason = fields.value(reason)
    exception.approvedBy = fields[approvedBy]
    return exception
  }
}

enum TrainFields {
  static let id = Field("id", .identifier, "Its id.", required: true, example: "fortnightly")
  static let name = Field("name", .text, "How people call it.")
  static let starts = Field(
    "starts", .localStart, "The first departure, as local time.", required: true, example: "'2026-01-06'")
  static let milestones = Field(
    "milestones", .list(of: TrainMilestoneFields.shape), "What must be done how long before.")
  static let timeZone = Field("time_zone", Form<String>.zone, "The zone of its days; default: the site's.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: public.")

  static let shape = Shape(
    "train", "A regular departure.",
    [
      id, name, starts, RecurrenceFields.repeats, RecurrenceFields.except, RecurrenceFields.also, milestones, timeZone,
      audience,
    ],
    constraint: { fields, report in RecurrenceFields.check(fields, from: starts, into: &report) }
  ) { fields -> CalendarEntries.Train? in
    guard let id = fields.value(id), let starts = fields.value(starts) else { return nil }
    var train = CalendarEntries.Train(id: id, starts: starts, at: fields.location)
    train.name = fields.value(name)
    train.recurrence = RecurrenceFields.recurrence(of: fields)
    train.milestones = fields.values(milestones)
    train.zone = fields.value(timeZone)
    train.audience = fields.value(audience) ?? .public
    return train
  }
}

enum TrainMilestoneFields {
  static let name = Field("name", .text, "What must be done.", required: true, example: "scope frozen")
  static let before = Field("before", .duration, "How long before the departure.", required: true, example: "P6D")

  static let shape = Shape("train milestone", "What must be done before a departure.", [name, before]) {
    fields -> CalendarEntries.Train.Milestone? in
    guard let name = fields.value(name), let before = fields.value(before) else { return nil }
    return CalendarEntries.Train.Milestone(name: name, before: before)
  }
}

enum MilestoneFields {
  static let date = Field("date", .when, "When.", required: true)
  static let name = Field("name", .text, "What.", required: true)
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: public.")

  static let shape = Shape("milestone", "A day to remember.", [date, name, audience]) {
    fields -> CalendarEntries.Milestone? in
    guard let date = fields.value(date), let name = fields.value(name) else { return nil }
    var milestone = CalendarEntries.Milestone(date: date, name: name, at: fields.location)
    milestone.audience = fields.value(audience) ?? .public
    return milestone
  }
}

enum BusinessHoursFields {
  enum Weekday: String, CaseIterable, Sendable {
    case monday = "MO", tuesday = "TU", wednesday = "WE", thursday = "TH", friday = "FR", saturday = "SA", sunday = "SU"
  }

  static let days = Field(
    "days", .list(of: Form<Weekday>.choice()), "The days of the week.", required: true, example: "[MO, TU, WE, TH, FR]")
  static let from = Field("from", .timeOfDay, "When work begins.", required: true, example: "'09:00'")
  static let to = Field("to", .timeOfDay, "When it ends.", required: true, example: "'17:00'")

  static let shape = Shape(
    "business hours", "When people are at work.", [days, from, to],
    constraint: { fields, report in
      guard let from = fields[from], let to = fields[to], to.value.seconds <= from.value.seconds else { return }
      report.error(
        .endsBeforeBegin, "business hours end before they begin", at: to.location, help: "correct or swap the two")
    }
  ) { fields -> CalendarEntries.BusinessHours? in
    guard let from = fields.value(from), let to = fields.value(to) else { return nil }
    let weekdays = Set(fields.values(days))
    let numbers = Weekday.allCases.enumerated().filter { weekdays.contains($0.element) }.map { $0.offset + 1 }
    return CalendarEntries.BusinessHours(isoWeekdays: numbers, from: from.seconds, to: to.seconds)
  }
}
