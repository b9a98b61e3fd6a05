import Diagnostics
import Model

/// Reads what Git shows of the calendar: the states of the records of releases, of calendar.yml and of the lines of
/// products.
struct CalendarHistoryReading: Sendable {
  let states: ContentStates
  let records: Records
  let content: String

  private var zone: Zone { records.site.zone }

  /// The positions of the records of releases, by product.
  private var places: [ProductID: [Int]] {
    Dictionary(grouping: records.releases.indices) { records.releases[$0].product }
  }

  /// The blobs that must be read. A file with one state is what it is now.
  func blobs(remembering memory: HistoryMemory?) -> Set<String> {
    var paths: [String] = [content + "/calendar.yml"]
    for (product, places) in places
    where memory?.states(of: product, readings: records.readings[product]) == nil {
      for place in places { paths += states.paths(of: records.releases[place]).filter { $0.hasSuffix(".yml") } }
    }
    paths += productPaths.map(\.path)
    return paths.reduce(into: Set<String>()) { ids, path in
      let touches = states.history.touches(of: path)
      if touches.count > 1 { for touch in touches { ids.formUnion([touch.before, touch.after].compactMap { $0 }) } }
    }
  }

  private var productPaths: [(product: Product, path: String)] {
    records.products.filter { !$0.lines.isEmpty }.flatMap { product in
      ([product.id.text] + product.formerly).map { (product, "\(content)/products/\($0).yml") }
    }
  }

  func history(remembering memory: inout HistoryMemory?) -> CalendarHistory {
    var history = CalendarHistory()
    history.states.reserveCapacity(records.releases.count)
    for (product, places) in places {
      let readings = records.readings[product]
      var found = memory?.states(of: product, readings: readings) ?? [:]
      if found.isEmpty {
        for place in places {
          let release = records.releases[place]
          found[ReleaseID(product: product, version: release.version)] = releaseStates(of: release)
        }
        memory?.keep(found, of: product, readings: readings)
      }
      for (id, states) in found { history.states[.release(id)] = states }
    }
    readCalendar(into: &history)
    readLines(into: &history)
    return history
  }

  // MARK: Releases

  private func releaseStates(of release: ReleaseRecord) -> [CalendarHistory.State] {
    let paths = states.paths(of: release).filter { $0.hasSuffix(".yml") }
    let steps = states.steps(of: paths)
    guard let newest = steps.first else { return [] }
    let now = CalendarHistory.State(release, committed: committed(newest), zone: zone)
    guard steps.count > 1 else { return [now] }
    let entries = states.entries(of: paths)
    var state = states.newest(of: paths)
    var found: [CalendarHistory.State] = []
    // Back from the newest.
    for step in steps {
      if let past = self.state(of: state, entries, at: committed(step), release) { found.append(past) }
      for change in step.changes { state[change.path] = change.before }
    }
    var oldestFirst = Array(found.reversed())
    // What stands in the work tree is the last of its states, from the newest commit on.
    if let last = oldestFirst.last, !last.isSame(as: now) { oldestFirst.append(now) }
    return oldestFirst
  }

  private func state(
    of blobs: [String: String], _ entries: [String: [YAMLNode.Entry]], at committed: Moment, _ release: ReleaseRecord
  ) -> CalendarHistory.State? {
    let joined = blobs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { entries[$0.value] ?? [] }
    guard !joined.isEmpty else { return nil }
    let fields = Fields(joined, at: release.location)
    guard let status = fields.value(ReleaseFields.status) else { return nil }
    var past = ReleaseRecord(
      product: release.product, version: release.version, status: Located(status, at: release.location),
      at: release.location)
    past.scheduled = fields.value(ReleaseFields.scheduled)
    past.released = fields[ReleaseFields.released]
    past.title = fields[ReleaseFields.title]
    past.audience = fields[ReleaseFields.audience]
    past.embargoUntil = fields.value(ReleaseFields.embargo)
    return CalendarHistory.State(past, committed: committed, zone: zone)
  }

  private func committed(_ step: ContentStates.Step) -> Moment { states.history.revisions[step.revision].committed }

  // MARK: calendar.yml and products

  private func readCalendar(into history: inout CalendarHistory) {
    let path = content + "/calendar.yml"
    let shape = Form.shape(CalendarFields.shape)
    for touch in states.history.touches(of: path).reversed() {
      let committed = states.history.revisions[touch.revision].committed
      guard let blob = touch.after else { continue }
      let isOnly = states.history.touches(of: path).count == 1
      guard let calendar = isOnly ? records.calendar : states.node(blob, path: path).flatMap(shape.read) else {
        continue
      }
      calendar.forEachState { subject, time, words, audience in
        history.append(subject, time, words, audience, committed)
      }
    }
  }

  private func readLines(into history: inout CalendarHistory) {
    for (product, path) in productPaths.reversed() {
      let touches = states.history.touches(of: path)
      for touch in touches.reversed() {
        guard let blob = touch.after else { continue }
        var lines = product.lines
        if touches.count > 1 {
          guard let node = states.node(blob, path: path), case .mapping(let entries) = node.content else { continue }
          lines = Fields(entries, at: node.location).values(ProductFields.lines)
        }
        for line in lines {
          let ends = [line.activeUntil, line.securityUntil, line.extendedUntil].map { $0?.iso ?? "" }
          history.append(
            .line(product.id, line.id), ends.joined(separator: "/"), line.id, nil,
            states.history.revisions[touch.revision].committed)
        }
      }
    }
  }
}

extension CalendarHistory.State {
  fileprivate init(_ release: ReleaseRecord, committed: Moment, zone: Zone) {
    let status = release.status.value
    let scheduled = release.scheduled
    let time: [When?] =
      if status.hasShipped, let released = release.released {
        [released.value]
      } else {
        [scheduled?.at.value, scheduled?.until?.value]
      }
    self.init(
      committed: committed, time: time.map { $0?.iso ?? "" }.joined(separator: "/"), status: status,
      words: release.title?.value ?? "")
    audience = release.audience?.value
    embargoUntil = release.embargoUntil
  }

  fileprivate func isSame(as other: CalendarHistory.State) -> Bool {
    var other = other
    other.committed = committed
    return self == other
  }
}

extension CalendarHistory {
  fileprivate mutating func append(
    _ subject: Subject, _ time: String, _ words: String, _ audience: Audience?, _ committed: Moment
  ) {
    var state = State(committed: committed, time: time, words: words)
    state.audience = audience
    if let last = states[subject]?.last, last.isSame(as: state) { return }
    states[subject, default: []].append(state)
  }
}

extension CalendarEntries {
  /// Each entry with a text that says when it is.
  fileprivate func forEachState(
    _ body: (_ subject: CalendarHistory.Subject, _ time: String, _ words: String, _ audience: Audience) -> Void
  ) {
    for window in windows {
      body(
        .window(window.id),
        [window.starts.text, window.duration.iso, window.recurrence.text, window.zone ?? ""].joined(separator: "|"),
        window.name, window.audience)
    }
    for freeze in freezes {
      body(
        .freeze(freeze.id), [freeze.from.iso, freeze.to.iso, freeze.zone ?? ""].joined(separator: "|"), freeze.name,
        freeze.audience)
    }
    for train in trains {
      body(
        .train(train.id), [train.starts.text, train.recurrence.text, train.zone ?? ""].joined(separator: "|"),
        train.name ?? train.id, train.audience)
    }
    for milestone in milestones {
      body(.milestone(milestone.name), milestone.date.iso, milestone.name, milestone.audience)
    }
  }
}

extension CalendarEntries.LocalStart {
  fileprivate var text: String { date.iso + (secondOfDay.map { "T\($0)" } ?? "") }
}

extension CalendarEntries.Recurrence {
  fileprivate var text: String {
    [
      rule?.value.text ?? "", except.map(\.value.iso).sorted().joined(separator: ","),
      also.map(\.value.text).sorted().joined(separator: ","),
    ].joined(separator: "|")
  }
}
