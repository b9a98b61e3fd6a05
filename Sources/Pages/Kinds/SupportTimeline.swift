import Diagnostics
import Model
import Templates

/// The lines of a product as bars over the years, in the units of a picture a thousand wide; the template draws it, and
/// the table beside it says the same.
struct SupportTimeline {
  let lines: [ReleaseLine]
  let today: CivilDate

  private static let width = 1000
  /// Where the bars begin, after the names.
  private static let left = 110
  private static let rowHeight = 34
  private static let top = 30

  /// Null when no line has a date to draw.
  var value: Value {
    let dated = lines.filter { start(of: $0) != nil }
    guard let first = dated.compactMap(start).min(), let last = dated.compactMap(end).max() else { return .null }
    let from = min(first, today).firstOfYear
    let to = max(last, today + 90)
    let scale = Scale(from: from, to: to)
    let height = SupportTimeline.top + dated.count * SupportTimeline.rowHeight + 12
    return [
      "width": .number(SupportTimeline.width), "height": .number(height),
      "summary": .text(summary(of: dated)), "foot": .number(height - 8), "top": .number(SupportTimeline.top - 8),
      "years": .list(years(on: scale)),
      "today": ["x": .number(scale.x(today)), "text": .text(today.words)],
      "rows": .list(dated.enumerated().map { index, line in row(of: line, at: index, on: scale) }),
    ]
  }

  private struct Scale {
    let from: CivilDate
    let to: CivilDate

    func x(_ day: CivilDate) -> Int {
      let room = SupportTimeline.width - SupportTimeline.left - 10
      let part = (day.dayNumber - from.dayNumber) * room / max(1, to.dayNumber - from.dayNumber)
      return SupportTimeline.left + min(max(part, 0), room)
    }
  }

  private func start(of line: ReleaseLine) -> CivilDate? {
    line.released ?? [line.activeUntil, line.securityUntil].compactMap { $0 }.min().map { $0 + -365 }
  }

  private func end(of line: ReleaseLine) -> CivilDate? {
    [line.activeUntil, line.securityUntil, line.extendedUntil].compactMap { $0 }.max() ?? line.released.map { $0 + 365 }
  }

  /// A label every year, or every few where they would touch.
  private func years(on scale: Scale) -> [Value] {
    let (first, last) = (scale.from.year, scale.to.year)
    let step = max(1, (last - first + 1 + 11) / 12)
    return stride(from: first, through: last, by: step).compactMap { year in
      CivilDate(year: year, month: 1, day: 1).map { ["x": .number(scale.x($0)), "text": .text(String(year))] }
    }
  }

  private func row(of line: ReleaseLine, at index: Int, on scale: Scale) -> Value {
    let y = SupportTimeline.top + index * SupportTimeline.rowHeight
    var begin = start(of: line)
    var bars: [Value] = []
    for (phase, last) in [
      ("active", line.activeUntil), ("security", line.securityUntil), ("extended", line.extendedUntil),
    ] {
      guard let from = begin, let last, last >= from else { continue }
      let x = scale.x(from)
      bars.append([
        "x": .number(x), "width": .number(max(2, scale.x(last + 1) - x)), "phase": .text(phase),
        "text": .text("\(SupportTimeline.words(phase)) until \(last.words)"),
      ])
      begin = last + 1
    }
    if bars.isEmpty, let from = begin {
      let x = scale.x(from)
      bars.append([
        "x": .number(x), "width": .number(max(2, scale.x(scale.to) - x)), "phase": "open",
        "text": "Active, without an end",
      ])
    }
    return [
      "name": .text(line.id), "y": .number(y), "baseline": .number(y + 17), "height": .number(22), "bars": .list(bars),
      "ended": .flag(line.phase(on: today) == .ended),
    ]
  }

  private static func words(_ phase: String) -> String {
    switch phase {
    case "active": "Active"
    case "security": "Security fixes"
    default: "Extended support"
    }
  }

  private func summary(of lines: [ReleaseLine]) -> String {
    "How long each of \(Wording.count(lines.count, "line", "lines")) is looked after; the table says the same."
  }
}

extension CivilDate {
  fileprivate var firstOfYear: CivilDate { CivilDate(year: year, month: 1, day: 1) ?? self }
}
