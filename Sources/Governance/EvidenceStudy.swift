import Diagnostics
import Model

/// The evidence of one sort that a release has, as far as it counts at the moment of judgement.
struct EvidenceStudy<Content> {
  struct Piece {
    var entry: EvidenceEntry
    var file: EvidenceFile
    var content: Content

    var name: String { "`\(entry.id.value)`" }
    /// What to point at when something is wrong with the file.
    var place: SourceLocation { entry.placeOfFile }
  }

  private(set) var pieces: [Piece] = []
  /// Why what else there is shows nothing: nobody can read it here.
  private(set) var unread: [Reason] = []
  /// What was made when it was too late.
  private(set) var late: [Reason] = []
  /// What may have been made when it was too late, for nobody says when.
  private var undated: [Reason] = []
  /// The digests of what counts already, for two names make no second report.
  private var seen: Set<String> = []

  /// - Parameters:
  ///   - kinds: What entries call evidence of this sort; the content decides where it can be read.
  ///   - formats: The formats that evidence of this sort comes in.
  ///   - content: What the rule wants of a file; `nil` for a file of another sort.
  ///   - countsLate: What counts whenever its file was made, because the rule itself asks when what it says was said.
  init(
    of release: RuleCase, kinds: [String], formats: [EvidenceFormat], content: (EvidencePayload) -> Content?,
    countsLate: (Content) -> Bool = { _ in false }
  ) {
    for entry in release.release.evidence where entry.path != nil || entry.url != nil {
      let isMeant =
        entry.format.map { format in formats.contains { $0.rawValue == format.value } }
        ?? entry.kind.map { kinds.contains($0.value) } ?? false
      switch release.reading(of: entry) {
      case .read(let file)?:
        if let content = content(file.payload) {
          add(Piece(entry: entry, file: file, content: content), release, countsLate: countsLate(content))
        } else if isMeant {
          // What is called so and holds something else shows nothing.
          var reason = "it holds something else"
          if case .document = file.payload { reason = "it is of no format that is read" }
          unread.append(entry.unread(because: reason, help: "use a format that is read, or correct its `kind`"))
        }
      case .referenced(let reason)? where isMeant:
        unread.append(entry.unread(because: reason, help: "add the file, or name its store with `--evidence-store`"))
      case .unreadable(let reason)? where isMeant:
        unread.append(entry.unread(because: reason, help: "mend or replace the file"))
      case nil where isMeant:
        unread.append(entry.unread(because: "its file is not here", help: "add the file"))
      case .referenced?, .unreadable?, nil: break
      }
    }
  }

  private mutating func add(_ piece: Piece, _ release: RuleCase, countsLate: Bool) {
    switch release.timeliness(of: piece.entry, piece.file) {
    case _ where countsLate, .inTime?:
      if seen.insert(piece.file.sha256).inserted { pieces.append(piece) }
    case .late?:
      late.append(
        Reason(
          "\(piece.name) was \(release.whenMade(piece.entry, piece.file)), after it was due, and does not count",
          at: piece.place, help: "next time, make it before"))
    case nil:
      guard seen.insert(piece.file.sha256).inserted else { return }
      pieces.append(piece)
      undated.append(release.doubt(about: piece.entry))
    }
  }

  /// Failed when something is wrong or nothing is there, and unverifiable when something cannot be read.
  ///
  /// - Parameters:
  ///   - noun: What is asked for, such as `report of tests`.
  ///   - doubts: What nobody can tell of it, each with what would help.
  ///   - shown: What the evidence shows when nothing is wrong.
  func verdict(
    on release: RuleCase, noun: String, problems: [Reason], doubts: [Reason] = [], shown: @autoclosure () -> [Reason]
  ) -> Verdict {
    guard problems.isEmpty else { return .failed(problems) }
    let doubts = unread + undated + doubts
    // Where nothing is there at all, that is what is wrong.
    if var first = doubts.first, !pieces.isEmpty || !unread.isEmpty {
      first.notes += doubts.dropFirst().map { Diagnostic.Note($0.text, at: $0.location) }
      return .unverifiable(first, need: first.help ?? "mend or replace the file")
    }
    guard pieces.isEmpty else { return .passed(shown() + late) }
    guard late.isEmpty else { return .failed(late) }
    return .failed("\(release.name) has no \(noun)", at: release.place, help: "add one to `evidence`")
  }
}

extension RuleCase {
  /// When evidence was made: as the file says, else the record, else when its file was first committed, where Git was
  /// asked.
  func made(_ entry: EvidenceEntry, _ file: EvidenceFile?) -> Moment? {
    entry.made(file, in: zone) ?? entry.path.flatMap { ledger.git.evidence[$0.value]?.oldest.committed }
  }

  /// Whether evidence was there at the moment of judgement; `nil` where nobody can tell. What is still open has what is
  /// there.
  func timeliness(of entry: EvidenceEntry, _ file: EvidenceFile?) -> Timeliness? {
    guard let made = made(entry, file) else { return isOpen ? .inTime : nil }
    return made <= moment ? .inTime : .late
  }

  func timeliness(of entry: EvidenceEntry) -> Timeliness? { timeliness(of: entry, reading(of: entry)?.file) }

  /// Completes "it was …".
  func whenMade(_ entry: EvidenceEntry, _ file: EvidenceFile?) -> String {
    guard let made = made(entry, file) else { return "made nobody knows when" }
    let isStated = entry.made(file, in: zone) != nil
    return (isStated ? "made on " : "first committed on ") + zone.words(for: made)
  }

  /// Says that evidence may have come too late.
  func doubt(about entry: EvidenceEntry) -> Reason {
    let cure = ledger.git.obstacle.map(\.cure) ?? "commit its file below the content folder"
    return Reason(
      "nobody can tell when the evidence `\(entry.id.value)` was made, so that it may have come too late",
      at: entry.placeOfFile, help: "add `at` to the entry" + (entry.path == nil ? "" : ", or " + cure))
  }
}

/// Whether something was there when it was due.
enum Timeliness { case inTime, late }

extension EvidenceEntry {
  /// What to point at when something is wrong with the file.
  var placeOfFile: SourceLocation { path?.location ?? id.location }

  /// When it was made: as the file says or, where it does not, the record.
  func made(_ file: EvidenceFile?, in zone: Zone) -> Moment? { file?.producedAt ?? at?.value.start(in: zone) }

  func unread(because reason: String, help: String) -> Reason {
    Reason("nobody can tell what the evidence `\(id.value)` says: \(reason)", at: placeOfFile, help: help)
  }
}

extension Sequence<String> {
  /// The first few in backticks, and how many more there are.
  func listed(most: Int = 5) -> String {
    let all = Array(self)
    let names = all.prefix(most).map { "`\($0)`" }.joined(separator: ", ")
    return all.count > most ? names + " and \(all.count - most) more" : names
  }
}

extension Int {
  /// With its noun: `1 test`, `2 tests`.
  func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
