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
    guard !countsLate, let made = release.made(piece.entry, piece.file), made > release.moment else {
      pieces.append(piece)
      return
    }
    late.append(
      Reason(
        "\(piece.name) was made on \(release.zone.words(for: made)), after it was due, and does not count",
        at: piece.place, help: "next time, make it before"))
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
    let doubts = unread + doubts
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

  /// Whether evidence was there at the moment of judgement, as far as anybody says when it was made.
  func wasThere(_ entry: EvidenceEntry) -> Bool { made(entry, reading(of: entry)?.file).map { $0 <= moment } ?? true }
}

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
