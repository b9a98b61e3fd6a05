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
      .error(
        .unamendedRelease, "`\(field)` of the release `\(before.id)` \(words), without an amendment",
        help: "restore it, or write an amendment that names `\(field)` and says why")
    }
  }

  /// Whether an amendment that the older seal does not have names the field; of equal ones each counts.
  private func isAmended(_ field: String, _ before: SealedRelease, _ after: SealedRelease) -> Bool {
    let (then, now) = (before.digests(ofAmendmentsTo: field), after.digests(ofAmendmentsTo: field))
    return now.missing(from: then) > 0
  }

  private func todaysID(of id: String) -> String {
    guard let slash = id.utf8.firstIndex(of: UInt8(ascii: "/")), let product = formerly[String(id[..<slash])] else {
      return id
    }
    return product + id[slash...]
  }
}

extension SealedRelease {
  /// How far a release came: what was taken back is not simply out again.
  fileprivate static func step(of status: String) -> Int {
    switch Release.Status(rawValue: status) {
    case .released: 1
    case .rolledBack, .withdrawn: 2
    default: 0
    }
  }

  fileprivate func digests(ofAmendmentsTo field: String) -> [String] {
    amendments.filter { $0.fields.contains(field) }.map(\.digest)
  }
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
