import Diagnostics
import Model
import Templates

/// The months of the audit log.
struct LogIndexPage {
  let scope: PageScope
  let log: AuditLog

  var page: Page {
    var table = Table(
      "Months",
      [
        .init("Month"), .init("Commits", "number"), .init("Events", "number"), .init("Files", "number"),
        .init("As data"),
      ])
    var (commits, events) = (0, 0)
    for month in log.months.reversed() {
      let files = month.items.reduce(0) { count, item in
        if case .commit(let entry) = item { count + entry.files.count } else { count }
      }
      let told = month.items.count { if case .event = $0 { true } else { false } }
      commits += month.items.count - told
      events += told
      table.add([
        Cell(month.words, link: scope.link(to: .log(month.id))), .number(month.items.count - told), .number(told),
        .number(files), Cell("CSV", link: scope.link(to: .logData(month.id, "csv"))),
      ])
    }
    let lead =
      "\(Wording.countGrouped(commits, "commit", "commits")) that touched the content, and "
      + "\(Wording.countGrouped(events, "event", "events")) that tools told."
    return scope.page(
      "log-index", title: "Audit log", section: .audit, description: "Everything that happened, by month.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: ["lead": .text(lead), "months": table.value, "obstacle": scope.obstacle(of: log)])
  }
}

/// One month of the audit log.
struct LogPage {
  let scope: PageScope
  let log: AuditLog
  let month: Int
  /// From 0.
  let part: Int

  /// How many entries stand on one page.
  static let entriesPerPage = 200
  /// How many files of a commit, and facts of a file, are told one by one.
  private static let files = 25
  private static let facts = 12
  /// How many choices of a kind the filter offers.
  private static let choices = 20

  private var edition: Edition { scope.edition }
  private var all: AuditLog.Month { log.months[month] }

  static func parts(of month: AuditLog.Month) -> Int {
    max(1, (month.items.count + entriesPerPage - 1) / entriesPerPage)
  }

  var page: Page {
    let parts = LogPage.parts(of: all)
    let first = part * LogPage.entriesPerPage
    let items = Array(all.items[first..<min(first + LogPage.entriesPerPage, all.items.count)])
    let writer = LogWriter(edition)
    return scope.page(
      "log", title: "Log of \(all.words)" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "Everything that happened in \(all.words), in order.",
      trail: [(edition.site.title, .home), ("Audit", .audit), ("Log", .logIndex)],
      fields: [
        "name": .text(all.words),
        "lead": .text(Wording.countGrouped(all.items.count, "entry", "entries") + ", the oldest first"),
        "csv": scope.link(to: .logData(all.id, "csv")), "json": scope.link(to: .logData(all.id, "json")),
        "earlier": neighbour(month - 1), "later": neighbour(month + 1), "obstacle": scope.obstacle(of: log),
        "filter": filter(items, writer), "pages": scope.pages(parts, current: part) { .log(all.id, part: $0) },
        "entries": .list(items.map { value(of: $0, writer) }),
      ])
  }

  private func neighbour(_ month: Int) -> Value {
    guard log.months.indices.contains(month) else { return .null }
    return ["text": .text(log.months[month].words), "link": scope.link(to: .log(log.months[month].id))]
  }

  private func value(of item: AuditLog.Item, _ writer: LogWriter) -> Value {
    let keys = writer.keys(of: item)
    let fields: [(String, Value)] = [
      ("date", scope.dates.date(.moment(item.at))), ("kinds", .text(keys.kinds.joined(separator: " "))),
      ("by", .text(pageID(keys.by.id))), ("signed", .text(keys.signed.id)),
      ("products", .text(keys.products.map(pageID).joined(separator: " "))),
    ]
    switch item {
    case .commit(let entry): return .record(Fields(fields + self.fields(of: entry, writer)))
    case .event(let told): return .record(Fields(fields + self.fields(of: told, writer)))
    }
  }

  private func fields(of entry: ContentLogEntry, _ writer: LogWriter) -> [(String, Value)] {
    let commit = entry.commit
    let shown = entry.files.prefix(LogPage.files)
    let others = commit.authors.dropFirst().map { writer.name(of: $0) }
    return [
      ("id", .text("c-" + commit.id.prefix(12))), ("event", .null), ("who", .text(writer.name(of: commit.author))),
      ("address", .text(commit.author.email)), ("text", .text(commit.subject)),
      ("commit", ["short": .text(String(commit.id.prefix(10))), "full": .text(commit.id)]),
      ("signature", ["id": .text(entry.signature.choice.id), "text": .text(entry.signature.choice.text)]),
      ("together", .text(others.isEmpty ? nil : "with " + others.joined(separator: ", "))),
      (
        "committer",
        .text(commit.committer == commit.author ? nil : "committed by " + writer.name(of: commit.committer))
      ),
      (
        "published",
        .text(
          entry.published.map { "a merge that published \(Wording.countGrouped($0, "changed file", "changed files"))" })
      ),
      ("files", .list(shown.map(value))),
      (
        "rest",
        .text(
          entry.files.count > shown.count
            ? "\(Wording.grouped(entry.files.count - shown.count)) more files are in the CSV and the JSON." : nil)
      ),
    ]
  }

  private func value(_ file: ContentLogFile) -> Value {
    let shown = file.facts.prefix(LogPage.facts)
    return [
      "path": .text(file.path), "change": .text(file.change.rawValue), "subject": .text(file.subject.words),
      "link": link(to: file.subject),
      "told": shown.isEmpty
        ? .null
        : [
          "facts": .list(shown.map { .text($0) }),
          "more": file.facts.count > shown.count ? .text("\(file.facts.count - shown.count) more in the CSV") : .null,
        ],
    ]
  }

  private func link(to subject: ContentSubject) -> Value {
    guard let product = subject.product, let facts = edition.product(named: product), let version = subject.version,
      let position = facts.positions[version]
    else { return .null }
    return scope.link(to: .dossier(facts.releases[position].id))
  }

  private func fields(of told: ToldEvent, _ writer: LogWriter) -> [(String, Value)] {
    let event = told.event
    return [
      ("id", .null), ("who", .text(writer.teller(of: event))), ("address", .null), ("text", .text(event.summary)),
      (
        "commit",
        log.newest[told.location.file].map {
          ["short": .text(String($0.id.prefix(10))), "full": .text($0.id)]
        } ?? .null
      ),
      ("signature", .null), ("together", .null), ("committer", .null), ("published", .null), ("files", .list([])),
      ("rest", .null),
      (
        "event",
        [
          "type": .text(event.type), "place": .text(told.location.words),
          "terms": .list(writer.details(of: event).map { ["name": .text($0.name), "value": .text($0.value)] }),
        ]
      ),
    ]
  }

  // MARK: Filter

  private func filter(_ items: [AuditLog.Item], _ writer: LogWriter) -> Value {
    guard items.count > 5 else { return .null }
    let keys = items.map(writer.keys)
    func choices(_ pairs: [(id: String, text: String)]) -> Value {
      var counts: [String: (text: String, count: Int)] = [:]
      for (id, text) in pairs { counts[id, default: (text, 0)].count += 1 }
      let sorted = counts.sorted {
        $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count
      }
      guard sorted.count > 1 else { return .list([]) }
      return .list(
        sorted.prefix(LogPage.choices).map { id, entry in
          ["id": .text(id), "text": .text(entry.text), "count": .number(entry.count)]
        })
    }
    let products = keys.flatMap { $0.products.map { (pageID($0), edition.product(named: $0)?.product.name ?? $0) } }
    return [
      "kinds": choices(keys.flatMap { $0.kinds.map { ($0, ContentSubject.Kind(rawValue: $0)?.words ?? $0) } }),
      "people": choices(keys.map { (pageID($0.by.id), $0.by.name) }), "products": choices(products),
      "signed": choices(keys.map(\.signed)),
      "count": .text(Wording.countGrouped(items.count, "entry", "entries")),
    ]
  }
}

extension PageScope {
  /// Why the log lacks the commits, and what to do about it.
  fileprivate func obstacle(of log: AuditLog) -> Value {
    guard let obstacle = log.obstacle else { return .null }
    return ["runs": Wording.runs("What was committed cannot be told here, for \(obstacle.words): \(obstacle.cure).")]
  }
}

extension Route {
  static let logIndex = Route("audit/log/index.html")

  /// - Parameter part: Which page of it, from 0.
  static func log(_ month: String, part: Int = 0) -> Route {
    Route("audit/log/\(month)/" + (part == 0 ? "" : "page-\(part + 1)/") + "index.html")
  }

  /// The month as `csv` or `json`.
  static func logData(_ month: String, _ format: String) -> Route { Route("audit/log/\(month)/log.\(format)") }
}
