package import Diagnostics
package import Model
import Pages
import Scheduling
import Templates

/// What is on the calendar, in a terminal or for a program.
package struct CalendarQuestion: Sendable {
  package enum Format: String, CaseIterable, Sendable { case text, json, csv, ics }

  package var source: SourceRequest
  package var audience: Audience
  /// The first and the last day; the next ninety without them.
  package var from: CivilDate?
  package var to: CivilDate?
  /// The id of a product, or one that it had once.
  package var product: String?
  package var format: Format

  package init(source: SourceRequest, audience: Audience, format: Format) {
    (self.source, self.audience, self.format) = (source, audience, format)
    if format == .ics { self.source.asks.insert(.calendar) }
  }
}

/// Answers with a text; `nil` when the content cannot be read, which the report says.
package func calendar(
  _ question: CalendarQuestion
) async throws(FileError) -> (build: SiteBuild, text: Result<String, UnknownName>?) {
  var build = SiteBuild(report: Report())
  guard let source = try await load(question.source, into: &build) else { return (build, nil) }
  if question.format == .ics, let refusal = source.calendarRefusal {
    build.report.add(Diagnostic.error(.incompleteClone, refusal.message, help: refusal.help))
    return (build, nil)
  }
  let ledger = source.ledger.facts(for: question.audience)
  let result = Result { () throws(UnknownName) in
    let product = try question.product.map { name throws(UnknownName) in try ledger.shelf(named: name).product.id }
    if question.format == .ics {
      let feed = calendarFile(product.map { .product($0) } ?? .all, of: ledger)
      return String(decoding: feed, as: UTF8.self)
    }
    let listing = CalendarListing(of: ledger, from: question.from, to: question.to, product: product)
    return switch question.format {
    case .json: listing.json
    case .csv: listing.csv
    default: listing.text
    }
  }
  return (build, result)
}

extension SiteSource {
  /// Why no calendar can be made to subscribe to; `nil` when one can.
  var calendarRefusal: Diagnostic? {
    guard let obstacle = ledger.calendarHistory.obstacle else { return nil }
    return .warning(
      .incompleteClone, "there are no calendars to subscribe to, for \(obstacle.words): nobody could tell what moved",
      help: obstacle.cure)
  }
}

/// The things on a calendar from one day to another, and what does not go together there.
struct CalendarListing {
  private struct Row {
    var item: CalendarItem
    var entry: CalendarEntry
  }

  private let zone: Zone
  private let days: ClosedRange<CivilDate>
  private let rows: [Row]
  private let conflicts: [CalendarConflict]

  init(of ledger: Ledger, from: CivilDate?, to: CivilDate?, product: ProductID?) {
    zone = ledger.site.zone
    let first = from ?? zone.local(of: ledger.asOf).date
    days = first...max(first, to ?? first + 90)
    let calendar = ReleaseCalendar(ledger)
    let team = product.flatMap { ledger.shelf(of: $0)?.product.team }
    let train = product.flatMap { ledger.shelf(of: $0)?.product.train?.value }
    let windows = from == nil && to == nil ? [] : calendar.windowItems(in: days)
    rows = (calendar.items(in: days) + windows).filter { item in
      guard let product else { return true }
      switch item.subject {
      case .release(let id): return id.product == product
      case .support(let id, _, _): return id == product
      case .freeze(let index): return ledger.calendar.freezes[index].scope.concerns(product, of: team)
      case .window(let index): return ledger.calendar.windows[index].scope.concerns(product, of: team)
      case .departure(let index), .trainMilestone(let index, _, _): return ledger.calendar.trains[index].id == train
      case .milestone: return true
      }
    }.map { Row(item: $0, entry: calendar.entry(of: $0)) }
    conflicts = calendar.conflicts(in: days).filter { product == nil || $0.release.product == product }
  }

  var text: String {
    guard !rows.isEmpty || !conflicts.isEmpty else {
      return "Nothing from \(days.lowerBound.words) to \(days.upperBound.words).\n"
    }
    var text = ""
    for row in rows {
      var line = column(row.item.days.lowerBound.iso, 12) + column(hours(of: row.item.time) ?? "", 13)
      line += column(row.entry.kind.rawValue, 11) + row.entry.title
      if let status = row.entry.status, status != .released { line += " (\(status.rawValue))" }
      if row.item.isLong { line += ", until \(row.item.days.upperBound.iso)" }
      if let detail = row.entry.detail { line += ": " + detail }
      text += line + "\n"
    }
    for conflict in conflicts {
      text +=
        column(zone.local(of: conflict.time.from).date.iso, 12) + column("", 13) + column("conflict", 11)
        + "\(conflict.kind.rawValue): \(conflict.text)\n"
    }
    return text
  }

  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private func hours(of time: CalendarTime) -> String? {
    guard case .moments(let from, let to) = time else { return nil }
    let (begin, end) = (zone.local(of: from), zone.local(of: to))
    let clock = { (second: Int) in padded(second / 3600, to: 2) + ":" + padded(second / 60 % 60, to: 2) }
    return clock(begin.secondOfDay) + (to > from && end.date == begin.date ? "–" + clock(end.secondOfDay) : "")
  }

  private func ends(of time: CalendarTime) -> (start: String, end: String) {
    switch time {
    case .days(let first, let last): (first.iso, last.iso)
    case .moments(let from, let to): (from.iso, to.iso)
    }
  }

  var json: String {
    let entries: [Value] = rows.map { row in
      let (start, end) = ends(of: row.item.time)
      return [
        "kind": .text(row.entry.kind.rawValue), "title": .text(row.entry.title), "start": .text(start),
        "end": .text(end), "status": .text(row.entry.status?.rawValue), "product": .text(row.entry.product?.text),
        "version": .text(row.entry.version), "detail": .text(row.entry.detail),
      ]
    }
    let conflicts: [Value] = conflicts.map { conflict in
      [
        "kind": .text(conflict.kind.rawValue), "text": .text(conflict.text),
        "product": .text(conflict.release.product.text), "version": .text(conflict.release.version),
        "start": .text(conflict.time.from.iso), "end": .text(conflict.time.to.iso),
      ]
    }
    let document: Value = [
      "from": .text(days.lowerBound.iso), "to": .text(days.upperBound.iso), "entries": .list(entries),
      "conflicts": .list(conflicts),
    ]
    return String(decoding: JSONWriter.bytes(of: document), as: UTF8.self)
  }

  /// - Source: RFC 4180.
  var csv: String {
    var lines = ["start,end,kind,title,status,product,version,detail"]
    for row in rows {
      let (start, end) = ends(of: row.item.time)
      lines.append(
        [
          start, end, row.entry.kind.rawValue, row.entry.title, row.entry.status?.rawValue ?? "",
          row.entry.product?.text ?? "", row.entry.version ?? "", row.entry.detail ?? "",
        ].map(cell).joined(separator: ","))
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
