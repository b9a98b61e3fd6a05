import Diagnostics
import Model

extension Rule {
  private static let maxAge = Parameter<TimeSpan?>.duration(
    "max_age", "How old evidence may be when the release goes out; any age by default.")

  static let evidenceMatches = Rule(
    "evidence-matches",
    title: "the evidence is of this release, and was made between its last commit and the day it went out",
    why: """
      A report of another commit or of other artifacts, or one that was made when the release was out, says nothing \
      about what customers got, however good it looks. A commit with the same files is no other, whatever stands in \
      the content folder: evidence and approvals are committed on top of what was examined.
      """,
    appliesTo: """
      Evidence in files that speak of a commit or an artifact; documents, VEX files, reviews and events are left alone.
      """,
    fix: """
      Give each entry the `commit` that was examined and, where its file does not say when it was made, `at`; name the \
      release's `commit` or `tag`, and the digests of its artifacts. Replace what is of another commit.
      """,
    due: .candidate, parameters: [maxAge], asks: [.evidenceDates, .examinedCommits],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      commit: 3f2a9c1d5e7b8a6f4c2d1e0b9a8f7c6d5e4b3a21
      evidence:
        - id: unit
          kind: tests
          path: content/evidence/gateway/2.4.0/unit.xml
          commit: 9e3b57987ec8df98acfc2afd8418e5d2294c1812
          at: 2026-10-19T10:00Z
      """, files: [report], fault: "9e3b57987ec8df98acfc2afd8418e5d2294c1812"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      commit: 3f2a9c1d5e7b8a6f4c2d1e0b9a8f7c6d5e4b3a21
      evidence:
        - id: unit
          kind: tests
          path: content/evidence/gateway/2.4.0/unit.xml
          commit: 3f2a9c1d5e7b8a6f4c2d1e0b9a8f7c6d5e4b3a21
          at: 2026-10-19T10:00Z
      """, files: [report])
  ) { release in
    let match = EvidenceMatch(release, maxAge: release[maxAge])
    guard match.count > 0 else { return .notApplicable("it has no evidence that is of a commit or an artifact") }
    guard match.problems.isEmpty else { return .failed(match.problems) }
    // What was added later must not turn the verdict over, one way or the other.
    guard match.late.count < match.count else { return .failed(match.late) }
    guard var doubt = match.doubts.first else { return .passed(match.shown + match.late) }
    doubt.notes += match.doubts.dropFirst().map { Diagnostic.Note($0.text, at: $0.location) }
    return .unverifiable(doubt, need: doubt.help ?? "mend the evidence")
  }

  private static let report = RuleExample.File(
    "evidence/gateway/2.4.0/unit.xml",
    "<testsuite name=\"search\"><testcase name=\"finds\" classname=\"search\"/></testsuite>\n")
}

/// Holds the evidence of a release against its commit, its artifacts and its days.
private struct EvidenceMatch {
  private(set) var count = 0
  private(set) var problems: [Reason] = []
  /// What nobody can tell.
  private(set) var doubts: [Reason] = []
  private(set) var shown: [Reason] = []
  /// What was made when it was too late, and is left aside.
  private(set) var late: [Reason] = []
  private let release: RuleCase
  private let maxAge: TimeSpan?
  /// In full or shortened.
  private let commits: [String]
  private let digests: Set<ContentDigest>
  /// Other commits with the same files, by what evidence calls them, and when they were committed.
  private let examined: [String: Moment]

  init(_ release: RuleCase, maxAge: TimeSpan?) {
    (self.release, self.maxAge) = (release, maxAge)
    let record = release.release
    commits = record.statedCommits
    examined = release.ledger.git.examined[record.id] ?? [:]
    digests = release.digests
    for entry in record.evidence where entry.path != nil || entry.url != nil {
      switch release.reading(of: entry) {
      case .read(let file)?:
        guard file.isOfSomething else { continue }
        count += 1
        if !isLate(entry, file) { compare(entry, with: file) }
      case let reading:
        guard entry.kind?.value != "document", entry.format?.value != EvidenceFormat.document.rawValue else { continue }
        count += 1
        if isLate(entry, nil) { continue }
        doubts.append(
          entry.unread(because: reading?.reason ?? "its file is not here", help: "add, mend or replace the file"))
        compareCommit(entry)
        compareTime(entry, with: nil)
      }
    }
  }

  private mutating func isLate(_ entry: EvidenceEntry, _ file: EvidenceFile?) -> Bool {
    guard let made = release.made(entry, file), made > release.moment else { return false }
    late.append(
      Reason(
        "the evidence `\(entry.id.value)` was made on \(release.zone.words(for: made)), after it was due, and is left "
          + "aside", at: file?.producedAt == nil ? entry.at?.location ?? entry.placeOfFile : entry.placeOfFile,
        help: "next time, make it before"))
    return true
  }

  private mutating func compare(_ entry: EvidenceEntry, with file: EvidenceFile) {
    let name = "the evidence `\(entry.id.value)`"
    let before = (problems: problems.count, doubts: doubts.count)
    var ties: [String] = []
    if compareCommit(entry), let commit = entry.commit?.value {
      ties.append("the record says that it is of " + words(for: commit))
    }
    let stated = file.commits
    if !stated.isEmpty, !commits.isEmpty {
      if let commit = stated.first(where: isOurs) {
        ties.append("the file says that it is of " + words(for: commit))
      } else if let doubt = doubt(about: stated[0], of: name, at: entry.placeOfFile) {
        doubts.append(doubt)
      } else {
        problem(
          "\(name) is of the commit \(stated.map(short).listed(most: 2)) by its own account, and \(release.name) is "
            + "\(commits.prefix(1).map(short).listed())", at: entry.placeOfFile,
          help: "make it again from the commit that is released")
      }
    }
    let hashed = Set(file.subjects.flatMap(\.digests))
    let algorithms = Set(digests.map(\.algorithm))
    if hashed.contains(where: { algorithms.contains($0.algorithm) && !stated.contains($0.hex) }) {
      if hashed.isDisjoint(with: digests) {
        problem(
          "\(name) is of other bytes than the artifacts of \(release.name)", at: entry.placeOfFile,
          help: "make it again from what is released, or correct `digest` of the artifact")
      } else {
        ties.append("it is of an artifact of the release, by digest")
      }
    }
    if before == (problems.count, doubts.count), ties.isEmpty {
      // What the release lacks, or what the evidence lacks.
      let isOfCommit = entry.commit != nil || !stated.isEmpty
      doubts.append(
        Reason(
          "nothing ties \(name) to \(release.name): no commit and no digest to compare", at: entry.placeOfFile,
          help: isOfCommit
            ? "tag what is released, or name its `commit` in the record"
            : commits.isEmpty && digests.isEmpty
              ? "name the `commit` of the release and that of the evidence" : "add the `commit` that was examined"))
    }
    compareTime(entry, with: file)
    guard before == (problems.count, doubts.count) else { return }
    let made = entry.made(file, in: release.zone).map { ", made on \(release.zone.words(for: $0))" } ?? ""
    shown.append(Reason("`\(entry.id.value)`: \(ties.joined(separator: "; "))\(made)", at: entry.placeOfFile))
  }

  /// Whether the record names a commit of the release for the evidence.
  @discardableResult private mutating func compareCommit(_ entry: EvidenceEntry) -> Bool {
    guard let stated = entry.commit, !commits.isEmpty else { return false }
    if isOurs(stated.value) { return true }
    if let doubt = doubt(about: stated.value, of: "the evidence `\(entry.id.value)`", at: stated.location) {
      doubts.append(doubt)
      return false
    }
    problem(
      "the evidence `\(entry.id.value)` is of the commit `\(short(stated.value))`, and \(release.name) is "
        + "\(commits.prefix(1).map(short).listed())", at: stated.location,
      help: "make it again from the commit that is released")
    return false
  }

  private mutating func compareTime(_ entry: EvidenceEntry, with file: EvidenceFile?) {
    let place = file?.producedAt == nil ? entry.at?.location ?? entry.placeOfFile : entry.placeOfFile
    guard let made = release.made(entry, file) else {
      doubts.append(
        Reason("nothing says when the evidence `\(entry.id.value)` was made", at: place, help: "add `at` to the entry"))
      return
    }
    let when = release.zone.words(for: made)
    if release.release.committed == nil, release.ledger.git.commits[release.release.id] != nil {
      var cure = "state the `commit` of the release, or tag it"
      if case .unknown(_, let need) = release.changesInGit { cure = need }
      doubts.append(
        Reason(
          "nobody can tell when the last commit of \(release.name) was made, so that the evidence `\(entry.id.value)` "
            + "may be older", at: place, help: cure))
    }
    let of = [entry.commit?.value].compactMap(\.self) + (file?.commits ?? [])
    let known = of.compactMap { examined[$0.lowercased()] }.first
    // Where nobody can tell whether it is of the same files, nobody can tell when those came to be.
    let isInDoubt = known == nil && lacksCommits && !of.isEmpty && !of.contains(where: isOurs)
    if let last = known ?? release.release.committed, !isInDoubt, latest(entry, file) < last {
      // To the second where it is a matter of seconds.
      let committed = release.zone.words(for: last)
      let (mine, its) = committed == when ? (made.iso, last.iso) : (when, committed)
      problem(
        "the evidence `\(entry.id.value)` was made on \(mine), before the last commit of \(release.name) on \(its)",
        at: place, help: "make it again from the commit that is released")
    } else if let maxAge, made < release.moment.receded(by: maxAge, in: release.zone) {
      problem(
        "the evidence `\(entry.id.value)` was made on \(when), more than \(maxAge.words) before", at: place,
        help: "make it again")
    }
  }

  /// The last moment at which it can have been made, where only the day is known.
  private func latest(_ entry: EvidenceEntry, _ file: EvidenceFile?) -> Moment {
    file?.producedAt ?? entry.at?.value.lastMoment(in: release.zone) ?? release.moment
  }

  private mutating func problem(_ text: String, at place: SourceLocation, help: String) {
    problems.append(Reason(text, at: place, help: help))
  }

  /// Whether the commit is that of the release, or another with the same files.
  private func isOurs(_ commit: String) -> Bool { isReleased(commit) || examined[commit.lowercased()] != nil }

  /// Records and reports may shorten commits.
  private func isReleased(_ commit: String) -> Bool {
    let commit = commit.lowercased()
    return commit.utf8.count >= 7
      && commits.contains { $0.utf8.count >= 7 && ($0.hasPrefix(commit) || commit.hasPrefix($0)) }
  }

  private var lacksCommits: Bool { [.shallow, .partial].contains(release.ledger.git.obstacle) }

  /// A commit of ours.
  private func words(for commit: String) -> String {
    isReleased(commit) ? "this commit" : "`\(short(commit))`, which has the files of this commit"
  }

  /// Why nobody can tell whether another commit has the same files.
  private func doubt(about commit: String, of name: String, at place: SourceLocation) -> Reason? {
    guard lacksCommits, let obstacle = release.ledger.git.obstacle else { return nil }
    return Reason(
      "nobody can tell whether \(name), of the commit `\(short(commit))`, is of the files of \(release.name), for "
        + obstacle.words, at: place, help: obstacle.cure)
  }

  private func short(_ commit: String) -> String { String(commit.prefix(10)) }
}

extension EvidenceFile {
  /// Whether it speaks of a commit or an artifact, so that it can be of the wrong one.
  fileprivate var isOfSomething: Bool {
    switch payload {
    // An advisory speaks of all versions of something.
    case .vulnerabilities: format != .osv
    case .tests, .findings, .components, .provenance, .coverage, .accessibility, .measurements: true
    case .vex, .reviews, .events, .document: false
    }
  }
}
