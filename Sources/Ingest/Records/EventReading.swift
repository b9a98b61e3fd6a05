import Diagnostics
import Model

/// Reads what tools of delivery told: the files of `events/`.
struct EventReading: Sendable {
  let checkout: Checkout
  let asOf: Moment

  /// - Parameter files: The paths of all files of the content.
  /// - Returns: By time, then by source and id; what was told again counts once, where it stands first.
  func events(among files: [String], slices: Int, into report: inout Report) async throws(FileError) -> [ToldEvent] {
    let folder = checkout.content + "/events/"
    let paths = files.filter { $0.hasPrefix(folder) && $0.hasSuffix(".ndjson") }
    guard !paths.isEmpty else { return [] }
    let parts = await inSlices(of: paths.count, slices: slices) { range in
      Result { () throws(FileError) in try read(paths[range]) }
    }
    var told: [ToldEvent] = []
    for part in parts {
      let (events, found) = try part.get()
      told += events
      report.merge(found)
    }
    var known: Set<DeliveryEvent.Identity> = []
    return told.filter { known.insert($0.event.identity).inserted }.sorted {
      ($0.event.at, $0.event.source, $0.event.id) < ($1.event.at, $1.event.source, $1.event.id)
    }
  }

  private func read(_ paths: ArraySlice<String>) throws(FileError) -> ([ToldEvent], Report) {
    var events: [ToldEvent] = []
    var report = Report()
    for path in paths {
      guard let bytes = try checkout.bytes(of: path, limit: EvidenceContent.largest, into: &report) else { continue }
      do throws(EvidenceProblem) {
        events += try EventReading.events(in: bytes, path: path)
      } catch {
        let location = SourceLocation(file: path, line: error.place?.line ?? 1, column: error.place?.column ?? 1)
        report.add(
          Diagnostic(.error, error.code, "\(quoted(path)) \(error.reason)", at: location, notes: [], help: error.help))
      }
    }
    for told in events where told.event.at > asOf {
      report.error(
        .futureFact, "the event is dated \(told.event.at.iso), after the as-of \(asOf.iso)", at: told.location,
        help: "correct the date, or build with a later `--as-of`")
    }
    return (events, report)
  }

  /// One event a line.
  private static func events(in bytes: [UInt8], path: String) throws(EvidenceProblem) -> [ToldEvent] {
    guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else { return [] }
    let json = JSONEvidence(bytes)
    if let problem = json.problem { throw problem }
    var line = 1
    var place = json.bytes.startIndex
    return try zip(json.texts, CDEvents.each(in: json)).map { range, event in
      line += json.bytes[place..<range.lowerBound].count { $0 == UInt8(ascii: "\n") }
      place = range.lowerBound
      return ToldEvent(event, at: SourceLocation(file: path, line: line, column: 1))
    }
  }
}
