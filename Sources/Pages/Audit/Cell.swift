import Diagnostics
import Governance
import Model
import Templates

/// One value of a table or of a list of terms: plain text, and how it is shown.
struct Cell: Sendable {
  /// `nil` is said in words, never left empty: what is missing is part of the proof.
  var text: String?
  /// How it is set: `number`, `code`, `message`.
  var style: String?
  /// The id of a word that is set apart, such as a result.
  var chip: String?
  var link = Value.null
  /// A date as machines read it.
  var machine: String?
  /// Small print below it.
  var notes: [String] = []

  init(_ text: String?, style: String? = nil, chip: String? = nil, link: Value = .null, notes: [String] = []) {
    (self.text, self.style, self.chip, self.link, self.notes) = (text, style, chip, link, notes)
  }

  static func code(_ text: String?) -> Cell { Cell(text, style: text == nil ? nil : "code") }

  static func number(_ number: Int) -> Cell { Cell(Wording.grouped(number), style: "number") }

  /// A text that keeps its lines.
  static func message(_ text: String?) -> Cell { Cell(text ?? "", style: "message") }

  /// An address: a link only where it leads to the web, so that no other scheme is ever followed.
  static func address(_ address: String?) -> Cell {
    let isWeb = address?.hasPrefix("https://") ?? false || address?.hasPrefix("http://") ?? false
    return Cell(address, style: "code", link: isWeb ? .text(address) : .null)
  }

  var value: Value {
    [
      "text": .text(text ?? "not stated"), "class": .text(text == nil ? "none" : style), "chip": .text(chip),
      "link": link,
      "machine": .text(machine), "notes": .list(notes.map { .text($0) }),
    ]
  }
}

/// Rows under named columns.
struct Table: Sendable {
  struct Column: Sendable {
    var title: String
    var style: String?

    init(_ title: String, _ style: String? = nil) {
      (self.title, self.style) = (title, style)
    }
  }

  /// What it is, for those who do not see it.
  var label: String
  var columns: [Column]
  var rows: [Row] = []

  struct Row: Sendable {
    /// The first is the head of the row.
    var cells: [Cell]
    /// Its place on the page.
    var id: String?
  }

  init(_ label: String, _ columns: [Column]) {
    (self.label, self.columns) = (label, columns)
  }

  mutating func add(_ cells: [Cell], id: String? = nil) { rows.append(Row(cells: cells, id: id)) }

  /// The same rows in several tables.
  func groups(of size: Int) -> [Table] {
    stride(from: 0, to: rows.count, by: size).map { first in
      var part = self
      part.rows = Array(rows[first..<min(first + size, rows.count)])
      return part
    }
  }

  /// Null without rows, for a template says itself what it means that there is nothing.
  var value: Value {
    guard !rows.isEmpty else { return .null }
    assert(rows.allSatisfy { $0.cells.count == columns.count }, "a row of “\(label)” does not fit its columns")
    return [
      "label": .text(label),
      "columns": .list(columns.map { ["text": .text($0.title), "class": .text($0.style)] }),
      "rows": .list(rows.map(\.value)),
    ]
  }
}

extension Table.Row {
  fileprivate var value: Value {
    ["id": .text(id), "head": cells[0].value, "cells": .list(cells.dropFirst().map(\.value))]
  }
}

/// A list of terms, each with its values.
struct Terms: Sendable {
  private var entries: [Value] = []

  mutating func add(_ term: String, _ cells: [Cell]) {
    let cells = cells.isEmpty ? [Cell(nil)] : cells
    entries.append(["term": .text(term), "cells": .list(cells.map(\.value))])
  }

  mutating func add(_ term: String, _ cell: Cell) { add(term, [cell]) }

  mutating func add(_ term: String, _ text: String?) { add(term, [Cell(text)]) }

  /// Leaves the term out where nothing is said.
  mutating func addKnown(_ term: String, _ text: String?) {
    if let text { add(term, [Cell(text)]) }
  }

  var value: Value { .list(entries) }
}

extension PageScope {
  /// The commit that was read, and what of the content differs from it.
  func addCommit(to terms: inout Terms) {
    terms.add("Commit read", Cell.code(edition.ledger.head))
    let paths = edition.ledger.uncommitted
    guard !paths.isEmpty else { return }
    let shown = 20
    terms.add(
      "Not committed",
      paths.prefix(shown).map { Cell.code($0) }
        + (paths.count > shown ? [Cell("and \(Wording.grouped(paths.count - shown)) more")] : []))
  }

  /// That the page shows what no commit holds; null where it does not.
  var uncommittedRemark: Value {
    let count = edition.ledger.uncommitted.count
    guard count > 0 else { return .null }
    return .text(
      "Made from content that no commit holds: \(Wording.countGrouped(count, "file differs", "files differ")) from the "
        + "commit that was read.")
  }

  func cell(_ when: When?, notes: [String] = []) -> Cell {
    guard let when else { return Cell(nil, notes: notes) }
    var cell = Cell(when.words(in: edition.zone), notes: notes)
    cell.machine = dates.machine(when)
    return cell
  }

  func cell(_ moment: Moment?) -> Cell { cell(moment.map(When.moment)) }

  func cell(_ when: Located<When>?) -> Cell { cell(when?.value) }

  /// A person by name, or by the id where nobody of that id is known.
  func person(_ id: String?) -> String? {
    id.map { id in edition.person(id)?.name ?? id }
  }

  func cell(_ person: Located<String>?) -> Cell { cell(personID: person?.value) }

  /// With the way to what else is known of them, where there is such a page.
  func cell(personID id: String?) -> Cell {
    guard let id, edition.hasOperations else { return Cell(person(id)) }
    guard edition.person(id) != nil else {
      return Cell(id, notes: edition.isInternal && !edition.site.people.isEmpty ? ["nobody in people has this id"] : [])
    }
    return Cell(person(id), link: link(to: .person(id)))
  }

  /// A release of a product by its version, with the way to its dossier.
  func cell(version: String?, of facts: ProductFacts) -> Cell {
    let position = version.flatMap { facts.positions[$0] }
    return Cell(version, link: position.map { link(to: .dossier(facts.releases[$0].id)) } ?? .null)
  }

  /// An entry of evidence by its id, with the way to its page.
  func cell(evidence id: String?, of release: Release) -> Cell {
    guard let id else { return Cell("none stated", style: "none") }
    let isKnown = release.evidence.contains { $0.id.value == id }
    return Cell(id, link: isKnown ? link(to: .evidence(release.id, id)) : .null)
  }

  /// How far it is proven that a person wrote an entry, and where the entry stands.
  func standing(of person: String, at place: SourceLocation) -> Cell {
    guard let standing = edition.judgement?.standing(of: person, at: place) else {
      return Cell("stated in the record", notes: [place.words])
    }
    let note = standing.note.map(Wording.plain)
    return Cell(standing.title, notes: [note, place.words].compactMap { $0 })
  }

  func cell(_ id: ReleaseID) -> Cell {
    guard let facts = edition.product(id.product), let position = facts.positions[id.version] else {
      return Cell(id.description)
    }
    return Cell("\(facts.product.name) \(id.version)", link: link(to: .dossier(id)), notes: [])
      .marked(facts.releases[position].status == .released ? nil : Wording.words(for: facts.releases[position].status))
  }
}

extension Cell {
  func linked(to link: Value) -> Cell {
    var cell = self
    cell.link = link
    return cell
  }

  func marked(_ note: String?) -> Cell {
    guard let note else { return self }
    var cell = self
    cell.notes.append(note)
    return cell
  }
}

extension Diagnostics.SourceLocation {
  /// Such as `content/releases/gateway/2.4.0.yml:41`; the line only where one is meant.
  var words: String { line > 1 || column > 1 ? "\(file):\(line)" : file }
}

extension Wording {
  /// Such as `12,345`.
  static func grouped(_ number: Int) -> String {
    guard number.magnitude > 999 else { return String(number) }
    let digits = Array(String(number.magnitude).utf8)
    var groups: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { groups.append(UInt8(ascii: ",")) }
      groups.append(digit)
    }
    return String(decoding: groups, as: UTF8.self)
  }

  /// Such as `1 test`, `12,345 tests`.
  static func countGrouped(_ number: Int, _ one: String, _ many: String) -> String {
    grouped(number) + " " + (number == 1 ? one : many)
  }

  /// A number as people write it: whole without a point, else with the digits that it has.
  static func decimal(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
    return number == number.rounded() ? grouped(Int(number)) : "\(number)"
  }

  /// Such as `87.3 %`, rounded down, so that no share below a limit looks as if it reached it.
  static func percent(_ rate: Double) -> String {
    let tenths = Int((rate * 1000).rounded(.down))
    return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)") + " %"
  }

  /// Such as `12.3 s` or `4 min 20 s`.
  static func seconds(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "\(seconds) s" }
    if seconds >= 60 { return "\(grouped(Int(seconds) / 60)) min \(Int(seconds) % 60) s" }
    let milliseconds = Int((seconds * 1000).rounded())
    if milliseconds >= 10_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s" }
    return "\(milliseconds / 1000).\(padded(milliseconds % 1000, to: 3)) s"
  }
}
