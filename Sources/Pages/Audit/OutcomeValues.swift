import Diagnostics
import Governance
import Model
import Templates

extension Outcome.Result {
  var words: String {
    switch self {
    case .passed: "Passed"
    case .failed: "Failed"
    case .waived: "Waived"
    case .pending: "Pending"
    case .unverifiable: "Unverifiable"
    case .notApplicable: "Not applicable"
    }
  }

  /// What it means, for a heading.
  var meaning: String {
    switch self {
    case .failed: "The rule did not hold."
    case .unverifiable: "Nobody can tell whether it held."
    case .waived: "It did not hold, and somebody accepted that."
    case .pending: "It is not due yet."
    case .passed: "The rule held."
    case .notApplicable: "The rule does not ask this."
    }
  }

  var choice: Value { Wording.choice(rawValue, words) }

  /// What needs attention first.
  static let byUrgency: [Outcome.Result] = [.failed, .unverifiable, .waived, .pending, .passed, .notApplicable]
}

/// How many outcomes there are of each result.
struct Tally: Sendable {
  private var counts: [Int] = Array(repeating: 0, count: Outcome.Result.allCases.count)

  init(_ outcomes: some Sequence<Outcome> = []) {
    for outcome in outcomes { add(outcome.result) }
  }

  mutating func add(_ result: Outcome.Result) { counts[result.position] += 1 }

  subscript(result: Outcome.Result) -> Int { counts[result.position] }

  static func += (a: inout Tally, b: Tally) {
    for index in a.counts.indices { a.counts[index] += b.counts[index] }
  }

  var total: Int { counts.reduce(0, +) }

  /// For the strip of figures: the results by urgency, those that there are none of too.
  var value: Value {
    .list(
      Outcome.Result.byUrgency.map { result in
        ["id": .text(result.rawValue), "text": .text(result.words), "count": .number(self[result])]
      })
  }

  /// Such as `2 failed, 1 waived, 14 passed`.
  var words: String {
    let parts = Outcome.Result.byUrgency.filter { self[$0] > 0 }.map { "\(self[$0]) \($0.words.lowercased())" }
    return parts.isEmpty ? "no outcome" : parts.joined(separator: ", ")
  }
}

extension Outcome.Result {
  fileprivate var position: Int { Outcome.Result.allCases.firstIndex(of: self) ?? 0 }
}

extension Outcome {
  /// Whether it matters how severe the rule is: it did not hold, or may not.
  fileprivate var isTold: Bool { result != .passed && result != .notApplicable }

  /// Whether what would mend it is of use.
  fileprivate var isHelped: Bool { isBroken || result == .pending }

  /// As a line of the pages: whether it is broken and nobody excused it.
  var isBroken: Bool { result == .failed || result == .unverifiable }

  /// Whether something stands against it before it is due.
  var isObjectedTo: Bool { result == .pending && reasons.count > 1 }
}

extension Judgement {
  /// How many outcomes are broken and not excused, of rules that were asked then.
  var openCount: Int {
    releases.reduce(0) { count, release in count + outcomes(of: release).count(where: \.isBlocking) }
  }
}

extension Wording {
  /// A line with names in backticks as runs, so that the template sets the names as code.
  static func runs(_ text: String) -> Value {
    guard text.utf8.contains(UInt8(ascii: "`")) else { return [["text": .text(text), "code": false]] }
    let parts = text.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
    // An unpaired backtick is just a character.
    guard parts.count % 2 == 1 else { return [["text": .text(text), "code": false]] }
    return .list(
      parts.enumerated().compactMap { index, part in
        part.isEmpty ? nil : ["text": .text(String(Substring(part))), "code": .flag(index % 2 == 1)]
      })
  }

  /// The same line where nothing can be set as code.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "`")) else { return text }
    return String(decoding: text.utf8.filter { $0 != UInt8(ascii: "`") }, as: UTF8.self)
  }
}

/// How many different reasons of an outcome are told where there are outcomes of many releases.
let reasonsInLists = 10

extension PageScope {
  /// An outcome as a line of a list, by what it is called there.
  ///
  /// - Parameter limit: How many different reasons are told; its dossier has the others, and those that say the same
  ///   again. `nil` for all. Lines of the record, where the page has it, are linked.
  func value(
    of outcome: Outcome, id: String?, name: String, title: String?, link: Value, limit: Int? = nil,
    record: DossierRecord? = nil
  ) -> Value {
    let told = ToldReasons(outcome.reasons, limit: limit)
    return [
      "id": .text(id), "name": .text(name), "title": .text(title), "link": link, "result": outcome.result.choice,
      "severity": outcome.isTold ? .text(outcome.severity.rawValue) : .null,
      "reasons": .list(told.reasons.map { value(of: $0, isHelped: outcome.isHelped, limit: limit, record) }),
      "rest": told.rest > 0
        ? [
          "text": .text("and \(Wording.grouped(told.rest)) more, in its dossier"),
          "link": self.link(to: .dossier(outcome.release), fragment: "rule-" + outcome.rule),
        ]
        : .null,
      "judged": .text(moments(of: outcome)), "before_since": .flag(outcome.isBeforeSince),
      "waiver": outcome.waiver.map {
        ["id": .text($0), "link": self.link(toWaiver: $0)]
      } ?? .null,
    ]
  }

  private func value(of told: ToldReasons.Told, isHelped: Bool, limit: Int?, _ record: DossierRecord?) -> Value {
    let reason = told.reason
    let notes = reason.notes.prefix(limit ?? reason.notes.count)
    let rest = reason.notes.count - notes.count
    return [
      "runs": Wording.runs(reason.text), "place": .text(reason.location?.words),
      "line": record?.link(to: reason.location) ?? .null,
      "help": isHelped ? reason.help.map { ["runs": Wording.runs($0)] } ?? .null : .null,
      "same": told.others > 0
        ? .text("and the same \(Wording.countGrouped(told.others, "time", "times")) more") : .null,
      "notes": .list(
        notes.map { note in
          [
            "runs": Wording.runs(note.text), "place": .text(note.location?.words),
            "line": record?.link(to: note.location) ?? .null,
          ]
        }
          + (rest > 0
            ? [["runs": Wording.runs("and \(Wording.grouped(rest)) more"), "place": .null, "line": .null]] : [])),
    ]
  }

  /// As of when it was judged or is due.
  private func moments(of outcome: Outcome) -> String? {
    let due = outcome.dueAt.map { "ue by \(edition.zone.words(for: $0))." }
    guard let moment = outcome.judgedAt else { return due.map { "D" + $0 } }
    let judged = (outcome.isOpen ? "Open; judged as of " : "Judged as of ") + edition.zone.words(for: moment)
    return judged + (due.map { ", d" + $0 } ?? ".")
  }

  /// Outcomes under the headings of their results, the urgent ones first.
  func groups(_ outcomes: [Outcome], id: String, entry: (Outcome) -> Value) -> Value {
    let groups: [Value] = Outcome.Result.byUrgency.compactMap { result in
      let members = outcomes.filter { $0.result == result }
      guard !members.isEmpty else { return nil }
      return [
        "id": .text("\(id)-\(result.rawValue)"), "result": result.choice, "meaning": .text(result.meaning),
        "count": .number(members.count), "items": .list(members.map(entry)),
        "urgent": .flag(result != .passed && result != .notApplicable),
      ]
    }
    return groups.isEmpty ? .null : ["groups": .list(groups)]
  }

  func link(toRule id: String) -> Value { link(to: .rule(id)) }

  func link(toWaiver id: String) -> Value {
    let place = edition.judgement?.place(ofWaiver: id) ?? 0
    return link(to: .waivers(part: place / WaiverPage.waiversPerPage), fragment: "waiver-" + pageID(id))
  }
}

/// The reasons of an outcome for a page that many outcomes share: what is said again and again is said once.
private struct ToldReasons {
  struct Told {
    var reason: Reason
    /// How many say the same, of other places.
    var others = 0
  }

  private struct Words: Hashable {
    var text: String
    var help: String?
  }

  private(set) var reasons: [Told] = []
  /// How many are not told.
  private(set) var rest = 0

  init(_ all: [Reason], limit: Int?) {
    guard let limit else {
      reasons = all.map { Told(reason: $0) }
      return
    }
    var places: [Words: Int] = [:]
    for reason in all {
      let words = Words(text: reason.text, help: reason.help)
      if let place = places[words] {
        reasons[place].others += 1
      } else if reasons.count < limit {
        places[words] = reasons.count
        reasons.append(Told(reason: reason))
      } else {
        rest += 1
      }
    }
  }
}
