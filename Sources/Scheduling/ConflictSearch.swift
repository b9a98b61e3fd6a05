import Diagnostics
import Model

/// Looks for what does not go together.
struct ConflictSearch {
  private let ledger: Ledger
  private let windows: [[Stretch]]
  private let departures: [[CivilDate]]
  private let freezes: [Stretch]
  private let occupations: [Occupation]
  /// Of the shelves: the products that each needs, as positions.
  private let needs: [Set<Int>]
  private var zone: Zone { ledger.site.zone }

  init(_ ledger: Ledger, windows: [[Stretch]], departures: [[CivilDate]]) {
    (self.ledger, self.windows, self.departures) = (ledger, windows, departures)
    let zone = ledger.site.zone
    freezes = ledger.calendar.freezes.map { freeze in
      let own = freeze.zone.flatMap(Zone.init) ?? zone
      let time = CalendarTime(freeze.from, until: freeze.to, in: own)
      return Stretch(from: time.start(in: own), to: time.end(in: own))
    }
    let reader = OccupationReader(ledger)
    var positions: [String: Int] = [:]
    for (index, shelf) in ledger.shelves.enumerated() { positions[shelf.product.id.text] = index }
    occupations = ledger.shelves.enumerated().flatMap { index, shelf in
      let used = Set(shelf.releases.lazy.flatMap { $0.rollout?.stages ?? [] }.map(\.environment.value))
      let usual = ledger.site.environments.filter { $0.isProduction && used.contains($0.id) }.map(\.id)
      return shelf.releases.flatMap { reader.occupations(of: $0, on: index, usually: usual) }
    }
    needs = ledger.shelves.map { Set($0.product.dependsOn.compactMap { positions[$0.value] }) }
  }

  /// By their beginning, then by release.
  var conflicts: [CalendarConflict] {
    (collisions + occupations.flatMap(disagreements) + ledger.shelves.flatMap { $0.releases.flatMap(delays) })
      .sorted { a, b in
        (a.time.from, a.release.product, a.release.version, a.kind.rawValue)
          < (b.time.from, b.release.product, b.release.version, b.kind.rawValue)
      }
  }

  // MARK: Two at once

  /// Releases whose hours are known and overlap, each told of both.
  private var collisions: [CalendarConflict] {
    let exact = occupations.filter(\.isExact).sorted { $0.stretch.from < $1.stretch.from }
    var running: [Occupation] = []
    var seen: Set<[ReleaseID]> = []
    var found: [CalendarConflict] = []
    for occupation in exact {
      running.removeAll { !$0.stretch.overlaps(Stretch(from: occupation.stretch.from, to: .init(seconds: .max))) }
      for other in running where other.stretch.overlaps(occupation.stretch) {
        // Several stages of the same two are one collision.
        let pair = [other.release, occupation.release].sorted {
          ($0.product, $0.version) < ($1.product, $1.version)
        }
        guard let words = relation(of: other, to: occupation), seen.insert(pair).inserted else { continue }
        found.append(collision(of: occupation, with: other, words))
        var repetition = collision(of: other, with: occupation, words)
        repetition.isRepetition = true
        found.append(repetition)
      }
      running.append(occupation)
    }
    return found
  }

  /// Why two releases disturb each other; `nil` when they do not.
  private func relation(of a: Occupation, to b: Occupation) -> String? {
    guard a.release != b.release else { return nil }
    if let environment = a.environment, environment == b.environment { return "in `\(environment)`" }
    guard a.isProduction, b.isProduction else { return nil }
    if a.shelf == b.shelf { return a.environment == nil || b.environment == nil ? "of the same product" : nil }
    if needs[a.shelf].contains(b.shelf) || needs[b.shelf].contains(a.shelf) { return "of depending products" }
    return nil
  }

  private func collision(of own: Occupation, with other: Occupation, _ relation: String) -> CalendarConflict {
    let verb = own.isPlanned ? "is to go" : "went"
    let from = max(own.stretch.from, other.stretch.from)
    return CalendarConflict(
      kind: .collision, release: own.release, other: other.release,
      time: Stretch(from: from, to: max(from, min(own.stretch.to, other.stretch.to))),
      text: "\(name(own.release)) \(verb) out at the same time as \(name(other.release)), \(relation), on "
        + zone.words(for: from),
      location: own.begin, notes: [Diagnostic.Note("\(name(other.release)) is there", at: other.begin)])
  }

  private func name(_ release: ReleaseID) -> String { "`\(release.product.text) \(release.version)`" }

  // MARK: Windows and freezes

  private func disagreements(of occupation: Occupation) -> [CalendarConflict] {
    guard occupation.isProduction else { return [] }
    return inFreezes(occupation) + [outOfWindows(occupation)].compactMap { $0 }
  }

  private func inFreezes(_ occupation: Occupation) -> [CalendarConflict] {
    ledger.calendar.freezes.indices.compactMap { index in
      let freeze = ledger.calendar.freezes[index]
      let stretch = freezes[index]
      guard applies(freeze.scope, to: occupation) else { return nil }
      // What is only known to a day has the benefit of it.
      let isIn =
        occupation.isExact
        ? stretch.overlaps(occupation.stretch)
        : stretch.from <= occupation.stretch.from && occupation.stretch.to <= stretch.to
      guard isIn else { return nil }
      let verb = occupation.isPlanned ? "is to go out" : "went to `\(occupation.environment ?? "production")`"
      var conflict = CalendarConflict(
        kind: .inFreeze, release: occupation.release, time: occupation.stretch,
        text: "\(name(occupation.release)) \(verb) in the freeze `\(freeze.id)`, on " + words(occupation.stretch.from),
        location: occupation.begin, notes: [Diagnostic.Note("the freeze is here", at: freeze.location)])
      conflict.exception = freeze.exceptions.first {
        $0.product.value == occupation.release.product.text && $0.version.value == occupation.release.version
      }
      return conflict
    }
  }

  private func outOfWindows(_ occupation: Occupation) -> CalendarConflict? {
    let named = occupation.window?.value
    let granted = ledger.calendar.windows.indices.filter { index in
      let window = ledger.calendar.windows[index]
      return applies(window.scope, to: occupation) && (named == nil || !occupation.isPlanned || window.id == named)
    }
    guard !granted.isEmpty else { return nil }
    guard occupation.isExact else { return outOfDays(occupation, granted) }
    let begun = granted.compactMap { index in
      windows[index].last(begunAt: occupation.stretch.from).flatMap { $0.to > occupation.stretch.from ? $0 : nil }
    }
    guard let window = begun.max(by: { $0.to < $1.to }) else {
      return outside(occupation, granted, at: occupation.begin)
    }
    // It may go on in a later window, as a rollout in stages does.
    let end = occupation.stretch.to
    let isOver = !granted.contains { windows[$0].last(begunAt: end)?.holds(end) ?? false }
    guard end > window.to, isOver, !occupation.isRunning else { return nil }
    let minutes = (end.seconds - window.to.seconds + 59) / 60
    let span = TimeSpan(seconds: minutes * 60)
    return CalendarConflict(
      kind: .overrun, release: occupation.release, time: Stretch(from: window.to, to: end),
      text:
        "\(name(occupation.release)) \(occupation.isPlanned ? "is to end" : "ended") \(span.words) after its window",
      location: occupation.end)
  }

  private func outOfDays(_ occupation: Occupation, _ granted: [Int]) -> CalendarConflict? {
    let isInside = granted.contains { index in
      let stretches = windows[index]
      let before = stretches.last(begunAt: occupation.stretch.from).map { $0.to > occupation.stretch.from } ?? false
      return before || stretches.first(after: occupation.stretch.from).map { $0.from < occupation.stretch.to } ?? false
    }
    return isInside ? nil : outside(occupation, granted, at: occupation.begin)
  }

  private func outside(_ occupation: Occupation, _ granted: [Int], at place: SourceLocation) -> CalendarConflict {
    let list = granted.map { "`\(ledger.calendar.windows[$0].id)`" }.joined(separator: ", ")
    let verb = occupation.isPlanned ? "is to go out" : "went to `\(occupation.environment ?? "production")`"
    return CalendarConflict(
      kind: .outsideWindows, release: occupation.release, time: occupation.stretch,
      text:
        "\(name(occupation.release)) \(verb) outside of \(granted.count == 1 ? "the window" : "the windows") \(list), "
        + "on " + words(occupation.stretch.from),
      location: place,
      notes: granted.prefix(1).map {
        Diagnostic.Note("the window is here", at: ledger.calendar.windows[$0].location)
      })
  }

  private func words(_ moment: Moment) -> String { zone.words(for: moment) }

  private func applies(_ scope: CalendarEntries.Scope, to occupation: Occupation) -> Bool {
    let product = ledger.shelves[occupation.shelf].product
    guard scope.concerns(product.id, of: product.team) else { return false }
    guard let environment = occupation.environment, !scope.environments.isEmpty else { return true }
    return scope.environments.contains { $0.value == environment }
  }

  // MARK: Dependencies and trains

  private func delays(of release: Release) -> [CalendarConflict] {
    guard release.status != .cancelled else { return [] }
    return beforeDependencies(release) + TrainStanding(release, in: ledger, departures: departures).conflicts
  }

  private func beforeDependencies(_ release: Release) -> [CalendarConflict] {
    guard let own = release.calendarTime(in: zone) else { return [] }
    return release.dependsOn.compactMap { dependency in
      guard let shelf = ledger.shelf(of: ProductID(dependency.product.value)) else { return nil }
      let range = dependency.version.map(VersionRange.init)
      let providers = shelf.releases.filter { candidate in
        candidate.status != .cancelled && range?.contains(candidate.version) ?? true
      }
      let times = providers.compactMap { provider in
        provider.calendarTime(in: zone).map { (provider, $0.start(in: zone)) }
      }
      // One without a date may be out any time.
      guard times.count == providers.count, let first = times.min(by: { $0.1 < $1.1 }), first.1 > own.end(in: zone)
      else { return nil }
      let from = own.start(in: zone)
      return CalendarConflict(
        kind: .beforeDependency, release: release.id, other: first.0.id, time: Stretch(from: from, to: from),
        text: "\(name(release.id)) goes out before \(name(first.0.id)), which it needs and which comes on "
          + words(first.1),
        location: dependency.product.location, notes: [Diagnostic.Note("it is planned here", at: first.0.location)])
    }
  }
}
