package import Diagnostics
import Model

extension Seal {
  /// What an older seal of the same site had and this one has not: releases that vanished, and what was changed of them
  /// without an amendment that names it.
  ///
  /// It asks no history, so it holds also where that was written anew. Adding is free, as is a status that moves on.
  package func findings(since old: Seal) -> [Diagnostic] {
    let now = Dictionary(releases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return old.releases.flatMap { before -> [Diagnostic] in
      guard let after = now[before.id] ?? now[todaysID(of: before.id)] else {
        return [
          .error(
            .vanishedRelease, "the release `\(before.id)` was published and is gone",
            help: "bring its record back; what must not be used any more has the status `withdrawn`")
        ]
      }
      return findings(before, after)
    }
  }

  private func findings(_ before: SealedRelease, _ after: SealedRelease) -> [Diagnostic] {
    var changed: [(field: String, words: String)] = []
    if SealedRelease.step(of: after.status) < SealedRelease.step(of: before.status) {
      changed.append(("status", "went back from `\(before.status)` to `\(after.status)`"))
    }
    for (field, entries) in before.fields.sorted(by: { $0.key < $1.key }) {
      let left = entries.missing(from: after.fields[field] ?? [])
      guard left > 0 else { continue }
      changed.append((field, entries.count == 1 ? "changed" : "lost or changed \(left) of \(entries.count) entries"))
    }
    return changed.filter { !isAmended($0.field, before, after) }.map { field, words in
      let help =
        audience == .internal
        ? "restore it, or write an amendment that names `\(field)` and says why"
        : "restore it, or amend the record; the internal seal tells which fields are amended"
      return .error(
        .unamendedRelease, "`\(field)` of the release `\(before.id)` \(words), without an amendment", help: help)
    }
  }

  /// In the public seal no amendment is named; what it has is the moment of the last one.
  private func isAmended(_ field: String, _ before: SealedRelease, _ after: SealedRelease) -> Bool {
    if audience == .public { return (after.updated ?? "") > (before.updated ?? "") }
    let known = Set(before.amendments.map(\.digest))
    return after.amendments.contains { !known.contains($0.digest) && $0.fields.contains(field) }
  }

  private func todaysID(of id: String) -> String {
    guard let slash = id.utf8.firstIndex(of: UInt8(ascii: "/")), let product = formerly[String(id[..<slash])] else {
      return id
    }
    return product + id[slash...]
  }
}

extension SealedRelease {
  /// How far a release came; ways to end it are as far as being out.
  fileprivate static func step(of status: String) -> Int { status == "rolling-out" ? 0 : 1 }
}

extension [String] {
  /// How many of these the others lack, each as often as it is there.
  fileprivate func missing(from others: [String]) -> Int {
    var counts: [String: Int] = [:]
    for other in others { counts[other, default: 0] += 1 }
    return self.count { element in
      guard let left = counts[element], left > 0 else { return true }
      counts[element] = left - 1
      return false
    }
  }
}
