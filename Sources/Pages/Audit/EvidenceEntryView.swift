import Diagnostics
import Model

/// An entry of evidence together with what became of its file, in words.
struct EvidenceEntryView {
  let entry: EvidenceEntry
  let reading: EvidenceReading?
  private let release: ReleaseID
  private let scope: PageScope

  init(_ entry: EvidenceEntry, of release: ReleaseID, in scope: PageScope) {
    (self.entry, self.release, self.scope) = (entry, release, scope)
    reading = scope.edition.ledger.evidence[release, entry.id.value]
  }

  var file: String? { reading?.file?.path ?? entry.path?.value ?? entry.url }

  /// Such as `tests, unit`.
  var kind: String? {
    let words = [entry.kind?.value, entry.layer].compactMap { $0 }.filter { $0 != entry.id.value }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// What the file says in one line, or why nothing is known of it.
  var says: String {
    switch reading {
    case .read(let file): return file.payload.summary(in: scope.edition.zone)
    case .referenced(let reason): return "Referenced, not read: \(reason)"
    case .unreadable(let reason): return "Not readable: \(reason)"
    case nil: return entry.statement.map { "Stated: \($0)" } ?? "No file is named"
    }
  }

  /// What the release page says: what the file says where this audience may know it, else what somebody states.
  var publicWords: String? { reading?.file == nil ? entry.statement : says }

  /// Where the file itself is in this site; `nil` where it is not in it.
  var download: Route? { EvidenceDownload.route(of: entry, of: release, in: scope.edition.ledger) }

  var size: String? { (reading?.file?.size ?? entry.size).map(Wording.size) }

  /// What must be known beside it.
  var remarks: [String] {
    var remarks: [String] = []
    if let file = reading?.file, let pinned = entry.sha256?.value.lowercased(), pinned != file.sha256 {
      remarks.append("The file is not the one that the record pins: its digest differs.")
    }
    return remarks
  }

  /// What the record adds: a statement, who made it, the controls that it is for.
  var additions: [(term: String, text: String)] {
    var additions: [(String, String)] = []
    if reading != nil, let statement = entry.statement { additions.append(("Stated", statement)) }
    if let by = entry.by { additions.append(("By", scope.person(by.value) ?? by.value)) }
    if !entry.controls.isEmpty {
      additions.append(("For controls", entry.controls.map(\.value).joined(separator: ", ")))
    }
    return additions
  }

  /// The digest with how far it is known, such as `sha256:… (read, and pinned by the record)`.
  var digest: String? { digest { $0 } }

  /// The same with the beginning of each digest only; the page of the evidence has the whole.
  var shortDigest: String? { digest { $0.prefix(12) + "…" } }

  private func digest(_ shown: (String) -> String) -> String? {
    let pinned = entry.sha256?.value.lowercased()
    if let read = reading?.file?.sha256 {
      guard let pinned else { return "sha256:\(shown(read)) (read; not pinned by the record)" }
      return pinned == read
        ? "sha256:\(shown(read)) (read, and pinned by the record)"
        : "sha256:\(shown(read)) (read); pinned: \(shown(pinned))"
    }
    return pinned.map { "sha256:\(shown($0)) (stated)" }
  }

  /// What the file says itself, else what the record states.
  var producedAt: When? { reading?.file?.producedAt.map(When.moment) ?? entry.at?.value }

  var tool: String? {
    guard let tool = reading?.file?.tool else { return entry.tool }
    return tool.name + (tool.version.map { " " + $0 } ?? "")
  }
}
