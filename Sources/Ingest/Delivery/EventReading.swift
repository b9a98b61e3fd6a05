import Diagnostics
import Model

/// Reads the lines of `events/`, each one event of CDEvents.
enum EventReading {
  /// Every event once, by time, then by source and id; those dated after the as-of are left out.
  static func events(
    in files: [String], of checkout: Checkout, asOf: Moment, slices: Int, into report: inout Report
  ) async throws(FileError) -> [ToldEvent] {
    var told: [ToldEvent] = []
    for file in files {
      guard let bytes = try checkout.bytes(of: file, limit: largest, into: &report) else { continue }
      told += await events(in: bytes, of: file, slices: slices, into: &report)
    }
    return distinct(told, asOf: asOf, into: &report)
  }

  /// The most bytes that a file of events may have: 256 MiB.
  private static let largest = 256 << 20

  /// The events of one file, in its order; a line that cannot be read keeps no other from being read.
  static func events(
    in bytes: [UInt8], of file: String, slices: Int, into report: inout Report
  ) async -> [ToldEvent] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let parts = await inSlices(of: lines.count, slices: slices) { range in
      var part = (events: [ToldEvent](), report: Report())
      for number in range {
        read(lines[number], line: number + 1, of: file, into: &part.events, &part.report)
      }
      return part
    }
    for part in parts { report.merge(part.report) }
    return parts.flatMap(\.events)
  }

  private static func read(
    _ line: ArraySlice<UInt8>, line number: Int, of file: String, into events: inout [ToldEvent],
    _ report: inout Report
  ) {
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
    do throws(EvidenceProblem) {
      let json = JSONEvidence(Array(line), outlines: false)
      if let problem = json.problem { throw problem }
      let location = SourceLocation(file: file, line: number, column: 1)
      events += try CDEvents.events(in: json).events.map { ToldEvent($0, at: location) }
    } catch {
      let location = SourceLocation(file: file, line: number, column: error.place?.column ?? 1)
      report.error(
        error.code, "the event \(error.reason)", at: location,
        help: error.help ?? "write one event of CDEvents on the line, or remove it")
    }
  }

  /// Merges what was told twice.
  static func distinct(_ told: [ToldEvent], asOf: Moment, into report: inout Report) -> [ToldEvent] {
    var first: [DeliveryEvent.Identity: Int] = [:]
    var events: [ToldEvent] = []
    for entry in told {
      let event = entry.event
      if let index = first[event.identity] {
        guard events[index].event != event else { continue }
        report.warning(
          .reusedEvent, "the event `\(event.id)` of `\(event.source)` differs from another one of that id",
          at: entry.location, notes: [Diagnostic.Note("the other is", at: events[index].location)],
          help: "give it an id of its own, or remove it")
      } else {
        first[event.identity] = events.count
        events.append(entry)
      }
    }
    var past: [Int] = []
    for (index, entry) in events.enumerated() {
      if entry.event.at <= asOf {
        past.append(index)
        continue
      }
      report.error(
        .futureFact, "the event `\(entry.event.id)` is dated \(entry.event.at.iso), after the as-of \(asOf.iso)",
        at: entry.location, help: "correct the clock of the tool, or build with a later `--as-of`")
    }
    // Places are sorted and not events, which are costly to move.
    let times = events.map(\.event.at)
    return past.sorted { a, b in
      if times[a] != times[b] { return times[a] < times[b] }
      if events[a].event.source != events[b].event.source {
        return precedesInBytes(events[a].event.source, events[b].event.source)
      }
      return precedesInBytes(events[a].event.id, events[b].event.id)
    }.map { events[$0] }
  }
}
