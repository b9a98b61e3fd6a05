import Model

/// Everything that happened, in order: commits of the content and what tools told, by month of the site's time zone.
struct AuditLog: Sendable {
  enum Item: Sendable {
    case commit(ContentLogEntry)
    case event(ToldEvent)

    var at: Moment {
      switch self {
      case .commit(let entry): entry.commit.committed
      case .event(let told): told.event.at
      }
    }
  }

  struct Month: Sendable {
    var year: Int
    var month: Int
    /// The first that happened first.
    var items: [Item] = []

    /// Such as `2026-11`.
    var id: String { padded(year, to: 4) + "-" + padded(month, to: 2) }
    /// Such as `November 2026`.
    var words: String { "\(CivilDate.monthNames[month - 1]) \(year)" }
  }

  /// Those in which something happened, the first first.
  private(set) var months: [Month] = []
  /// The commit that last touched a file, by its path.
  private(set) var newest: [String: Commit] = [:]
  /// Where each commit stands: its month, and which page of it.
  private(set) var places: [String: (month: String, part: Int)] = [:]
  private let entries: [ContentLogEntry]
  /// Of each release: the entries that touch it, with the places of its files in them.
  private var releases: [ReleaseID: [(entry: Int, files: [Int])]] = [:]
  /// Why the history cannot be told; the events are there all the same.
  let obstacle: HistoryObstacle?

  /// - Returns: `nil` when nobody asked Git for it.
  init?(of ledger: Ledger) {
    guard let log = ledger.git.log else { return nil }
    obstacle = ledger.git.obstacle
    entries = log.entries
    var items = log.entries.map(Item.commit) + ledger.events.map(Item.event)
    items = items.enumerated().sorted {
      $0.element.at == $1.element.at ? $0.offset < $1.offset : $0.element.at < $1.element.at
    }.map(\.element)
    for item in items {
      let (year, month, _) = ledger.site.zone.local(of: item.at).date.yearMonthDay
      if months.last?.year != year || months.last?.month != month { months.append(Month(year: year, month: month)) }
      months[months.count - 1].items.append(item)
    }
    for month in months {
      for (position, item) in month.items.enumerated() {
        guard case .commit(let entry) = item else { continue }
        places[entry.commit.id] = (month.id, position / LogPage.entriesPerPage)
      }
    }
    for (position, entry) in entries.enumerated() {
      var touched: [ReleaseID: [Int]] = [:]
      for (place, file) in entry.files.enumerated() {
        newest[file.path] = entry.commit
        guard let product = file.subject.product, let version = file.subject.version else { continue }
        touched[ReleaseID(product: ProductID(product), version: version), default: []].append(place)
      }
      for (release, files) in touched { releases[release, default: []].append((position, files)) }
    }
  }

  /// What was committed of a release, with the files that are its own, the first first.
  func history(of release: ReleaseID) -> [(entry: ContentLogEntry, files: [ContentLogFile])] {
    (releases[release] ?? []).map { touched in
      (entries[touched.entry], touched.files.map { entries[touched.entry].files[$0] })
    }
  }
}

extension ContentLogEntry.Signature {
  /// A word to filter by, and what is known in a few words.
  var choice: (id: String, text: String) {
    switch self {
    case .unsigned: ("unsigned", "not signed")
    case .unchecked(let kind): ("signed", "signed (\(kind)), not checked")
    case .checked(let signature): (signature.isGood ? "good" : "signed", "signature: " + signature.words)
    }
  }
}

extension ContentSubject.Kind {
  /// What a file of it is called.
  var words: String {
    switch self {
    case .site: "site"
    case .product: "product"
    case .record: "record"
    case .part: "part of a record"
    case .notes: "notes"
    case .change: "waiting change"
    case .evidence: "evidence"
    case .events: "events"
    case .incident: "incident"
    case .exercise: "exercise"
    case .metrics: "metrics"
    case .calendar: "calendar"
    case .policy: "policy"
    case .waiver: "waiver"
    case .flags: "flags"
    case .endOfLife: "ends of life"
    case .page: "page"
    case .key: "key"
    case .other: "other file"
    }
  }
}

extension ContentSubject {
  /// Such as `record of gateway 2.4.0`.
  var words: String {
    let name = [product, version].compactMap { $0 }.joined(separator: " ")
    if name.isEmpty { return kind.words }
    return kind == .product ? "product \(name)" : "\(kind.words) of \(name)"
  }
}
