import Diagnostics
import Model

extension Rule {
  static let evidenceUnchanged = Rule(
    "evidence-unchanged",
    title: "its evidence has the pinned digest, and no later commit edited it",
    why: "A report that could be edited after the release shows nothing about what was known before it.",
    appliesTo: "Releases that went out, with files of evidence in the checkout.",
    fix: "Restore the file, and pin its digest with `sha256`. A new report is a new entry.",
    due: .everAfter, asks: .laterEdits,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence: [{id: unit, kind: tests, path: content/evidence/gateway/2.4.0/unit.xml}]
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/unit.xml",
          "<testsuite name=\"a\"><testcase name=\"b\" classname=\"a\"/></testsuite>\n")
      ], fault: "unit, kind"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence: [{id: unit, kind: tests, path: content/evidence/unit.txt, sha256: …}]
      """, circumstances: "the file has that digest, and one commit, before the release, added it")
  ) { release in
    let entries = release.release.evidence.filter { $0.path != nil }
    guard !entries.isEmpty else { return .notApplicable("it has no files of evidence in the checkout") }
    let git = release.ledger.git
    var problems: [Reason] = []
    var found: [Reason] = []
    var unknown: Verdict?
    var unpinned: [EvidenceEntry] = []
    for entry in entries {
      let (id, path) = (entry.id.value, entry.path?.value ?? "")
      guard let pinned = entry.sha256 else {
        unpinned.append(entry)
        continue
      }
      // A file with another digest than the pinned one is not read.
      guard release.reading(of: entry)?.file != nil else {
        let why = release.reading(of: entry)?.reason ?? "the file is not here"
        problems.append(
          Reason("the evidence `\(id)` shows nothing: \(why)", at: pinned.location, help: "restore the file"))
        continue
      }
      if let obstacle = git.obstacle {
        unknown = obstacle.verdict(nobodyCanTell: "whether the evidence `\(id)` was edited", at: entry.path?.location)
      } else if let history = git.evidence[path] {
        if history.wasEdited, let shipped = release.subject.deployed, history.newest.committed > shipped {
          problems.append(
            Reason(
              "commit `\(history.newest.name)` of \(release.zone.words(for: history.newest.committed)) edited "
                + "the evidence `\(id)` after \(release.name) went out", at: entry.path?.location,
              help: "restore the file, and add the new report as an entry of its own", since: history.newest.committed))
        } else {
          found.append(Reason("`\(id)` has the pinned digest, and no later commit edited it", at: entry.path?.location))
        }
      } else {
        unknown = .unverifiable(
          Reason("no commit below the content folder has the evidence `\(id)`", at: entry.path?.location),
          need: "commit the file, below the content folder")
      }
    }
    // However many they are, it is one thing to mend.
    if let first = unpinned.first {
      let which = unpinned.map(\.id.value)
      problems.append(
        Reason(
          which.count == 1
            ? "the evidence `\(which[0])` has no pinned digest"
            : "\(which.count) entries of evidence have no pinned digest: \(which.listed(most: 3))",
          at: first.id.location,
          notes: unpinned.dropFirst().prefix(9).map { Diagnostic.Note("`\($0.id.value)` is", at: $0.id.location) },
          help: which.count == 1 ? "add its `sha256`" : "add their `sha256`"))
    }
    if problems.isEmpty, let unknown { return unknown }
    return .failed(problems, otherwise: found)
  }
}
