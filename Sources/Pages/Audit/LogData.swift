import Diagnostics
import Model
import Templates

/// Names what the entries of the log have in common, for pages and for data.
struct LogWriter {
  private let edition: Edition
  private let identities: Identities

  init(_ edition: Edition) {
    self.edition = edition
    identities = Identities(edition.site.people, bots: edition.site.bots)
  }

  /// The person who has the address, else the name that Git knows.
  func name(of identity: Commit.Identity) -> String {
    identities.person(identity).flatMap { edition.person($0)?.name } ?? identity.name
  }

  func person(_ identity: Commit.Identity) -> String? { identities.person(identity) }

  func teller(of event: DeliveryEvent) -> String {
    guard let by = event.by else { return event.source }
    return edition.person(by)?.name ?? identities.person(at: by).flatMap { edition.person($0)?.name }
      ?? by
  }

  /// What there is to filter by.
  func keys(of item: AuditLog.Item) -> (
    kinds: [String], by: (id: String, name: String), signed: (id: String, text: String), products: [String]
  ) {
    switch item {
    case .commit(let entry):
      let author = entry.commit.author
      var kinds = Set(entry.files.map(\.subject.kind.rawValue))
      if entry.published != nil { kinds.insert("merge") }
      let signed = entry.signature.choice.id
      return (
        kinds.sorted(), (person(author) ?? author.email.lowercased(), name(of: author)),
        (signed, signed == "unsigned" ? "not signed" : signed == "good" ? "with a good signature" : "signed"),
        Set(entry.files.compactMap(\.subject.product)).sorted()
      )
    case .event(let told):
      let product = [told.event.service, told.event.subject].lazy.compactMap { $0 }.first {
        edition.product(named: $0) != nil
      }
      return (
        [ContentSubject.Kind.events.rawValue], (teller(of: told.event), teller(of: told.event)),
        ("told", "told by a tool"), product.map { [$0] } ?? []
      )
    }
  }

  func details(of event: DeliveryEvent) -> [(name: String, value: String)] {
    let details: [(String, String?)] = [
      ("subject", event.subject), ("environment", event.environment), ("artifact", event.artifact),
      ("service", event.service == event.subject ? nil : event.service), ("change", event.change),
      ("repository", event.repository), ("outcome", event.outcome), ("source", event.source), ("id", event.id),
    ]
    return details.compactMap { name, value in value.map { (name, $0) } }
  }
}

/// A month of the audit log as data: all of it, whatever the pages show.
struct LogData {
  let edition: Edition
  let log: AuditLog
  let month: Int

  private var items: [AuditLog.Item] { log.months[month].items }

  private static let columns = [
    "at", "kind", "person", "name", "address", "commit", "signature", "message", "path", "change", "subject", "product",
    "version", "fact",
  ]

  /// A row for each fact; for each file where none is told; for each commit that wrote no file.
  var csv: String {
    let writer = LogWriter(edition)
    var table: [[String?]] = [LogData.columns]
    for item in items {
      switch item {
      case .commit(let entry): table += rows(of: entry, writer)
      case .event(let told): table.append(row(of: told, writer))
      }
    }
    return CSVText.text(table)
  }

  private func rows(of entry: ContentLogEntry, _ writer: LogWriter) -> [[String?]] {
    let commit = entry.commit
    let start: [String?] = [
      commit.committed.iso, entry.published == nil ? "commit" : "merge", writer.person(commit.author),
      commit.author.name, commit.author.email, commit.id, entry.signature.choice.text, commit.subject,
    ]
    let empty = [String?](repeating: nil, count: LogData.columns.count - start.count)
    guard !entry.files.isEmpty else { return [start + empty] }
    var rows: [[String?]] = []
    for file in entry.files {
      let subject = file.subject
      let row: [String?] =
        start + [file.path, file.change.rawValue, subject.kind.rawValue, subject.product, subject.version]
      if file.facts.isEmpty { rows.append(row + [String?.none]) }
      for fact in file.facts { rows.append(row + [Optional(fact)]) }
    }
    return rows
  }

  private func row(of told: ToldEvent, _ writer: LogWriter) -> [String?] {
    let event = told.event
    let fact = writer.details(of: event).map { "\($0.name): \($0.value)" }.joined(separator: "; ")
    return [
      event.at.iso, "event", nil, writer.teller(of: event), nil, log.newest[told.location.file]?.id, nil, event.summary,
      told.location.words, event.type, ContentSubject.Kind.events.rawValue, nil, nil, fact,
    ]
  }

  var json: Value {
    let writer = LogWriter(edition)
    let entries = items.map { item -> Value in
      switch item {
      case .commit(let entry): value(of: entry, writer)
      case .event(let told): value(of: told, writer)
      }
    }
    return [
      "month": .text(log.months[month].id), "obstacle": .text(log.obstacle?.words), "entries": .list(entries),
    ]
  }

  private func value(of entry: ContentLogEntry, _ writer: LogWriter) -> Value {
    let commit = entry.commit
    let trailers = commit.trailers.map { trailer -> Value in
      ["key": .text(trailer.key), "value": .text(trailer.value)]
    }
    var fields = Fields()
    fields["at"] = .text(commit.committed.iso)
    fields["authored"] = .text(commit.authored.iso)
    fields["kind"] = .text(entry.published == nil ? "commit" : "merge")
    fields["author"] = value(of: commit.author, writer)
    fields["committer"] = value(of: commit.committer, writer)
    fields["trailers"] = .list(trailers)
    fields["commit"] = .text(commit.id)
    fields["signature"] = .text(entry.signature.choice.text)
    fields["message"] = .text(commit.subject)
    fields["published"] = entry.published.map(Value.number) ?? .null
    fields["files"] = .list(entry.files.map(value))
    return .record(fields)
  }

  private func value(of file: ContentLogFile) -> Value {
    [
      "path": .text(file.path), "change": .text(file.change.rawValue), "subject": .text(file.subject.kind.rawValue),
      "product": .text(file.subject.product), "version": .text(file.subject.version),
      "facts": .list(file.facts.map { .text($0) }),
    ]
  }

  private func value(of identity: Commit.Identity, _ writer: LogWriter) -> Value {
    ["person": .text(writer.person(identity)), "name": .text(identity.name), "address": .text(identity.email)]
  }

  private func value(of told: ToldEvent, _ writer: LogWriter) -> Value {
    let event = told.event
    let texts: [(String, String?)] = [
      ("at", event.at.iso), ("kind", "event"), ("type", event.type), ("type_version", event.typeVersion),
      ("id", event.id), ("source", event.source), ("subject", event.subject), ("environment", event.environment),
      ("artifact", event.artifact), ("service", event.service), ("outcome", event.outcome), ("summary", event.summary),
      ("by", event.by), ("url", event.url), ("place", told.location.words),
      ("file_commit", log.newest[told.location.file]?.id),
    ]
    return .record(Fields(texts.map { ($0.0, Value.text($0.1)) }))
  }
}
