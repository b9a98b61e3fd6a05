import Model
import Templates

/// What was committed of a release: its record with parts and notes, and its evidence.
struct DossierHistory {
  let scope: PageScope
  let release: Release

  /// How many commits are shown one by one.
  private static let listed = 100
  /// How many files of a commit are named.
  private static let files = 5

  var value: Value {
    guard let log = scope.edition.log else { return .null }
    let entries = log.history(of: release.id)
    let writer = LogWriter(scope.edition)
    var table = Table("History in Git", [.init("When"), .init("Who"), .init("What"), .init("Commit")])
    for (entry, own) in entries.suffix(Self.listed) {
      let rest = own.count - Self.files
      table.add([
        scope.cell(entry.commit.committed), Cell(writer.name(of: entry.commit.author)),
        Cell(
          entry.commit.subject,
          notes: own.prefix(Self.files).map { file in
            let facts = file.facts.prefix(2).joined(separator: "; ")
            return "\(file.change.rawValue) \(file.path)" + (facts.isEmpty ? "" : ": " + facts)
          } + (rest > 0 ? ["and \(rest) more"] : [])),
        Cell(
          CommitMark(entry.commit).name, style: "code",
          link: log.places[entry.commit.id].map { place in
            scope.link(to: .log(place.month, part: place.part), fragment: "c-" + entry.commit.id.prefix(12))
          } ?? .null, notes: [entry.signature.choice.text]),
      ])
    }
    let older = entries.count - Self.listed
    return [
      "table": table.value,
      "rest": older > 0 ? .text("\(Wording.grouped(older)) older commits are in the log.") : .null,
      "missing": log.obstacle.map { .text("Git cannot tell it here, for \($0.words).") } ?? .null,
    ]
  }
}
