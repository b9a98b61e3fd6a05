import Diagnostics
import Model

extension Rule {
  private static let allow = Parameter<[Located<String>]>.texts(
    "allow", "Subjects of commits that need no change, with `*` for anything, such as `chore:*`.")

  static let commitsTraced = Rule(
    "commits-traced",
    title: "each commit since the release before is told of by one of its changes",
    why: "A commit that no change tells of reached customers without anybody saying so.",
    appliesTo: """
      Releases whose commit Git knows. Merges that add nothing and commits that touch only the content folder are left \
      alone; what a merge brings is told of with the merge.
      """,
    fix: """
      Add a change whose `refs` name the commit, or the issue that its subject or the subject of its merge names; or \
      allow its subject with `allow`.
      """,
    due: .candidate, parameters: [allow], asks: .commits,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes: [{kind: fix, text: Search finds umlauts, refs: ['#412']}]
      """, circumstances: "one of its commits is called `Count visitors`"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes: [{kind: fix, text: Search finds umlauts, refs: ['#412']}]
      """, circumstances: "its commits are called `Find umlauts (#412)`")
  ) { release in
    let changes: [ReleasedChange]
    switch release.changesInGit {
    case .known(let known): changes = known.filter(\.countsAsAuthorship)
    case .unknown(let reason, let need): return .unverifiable(reason, need: need)
    }
    let trace = Trace(release.release.changes, allow: release[allow].map { Wildcard($0.value) })
    let untold = changes.filter { !trace.tells(of: $0) }
    guard let first = untold.first else {
      return .passed("each of its \(changes.count) commits is told of", at: release.place)
    }
    let rest = untold.count > 1 ? " and \(untold.count - 1) more" : ""
    return .failed(
      "no change of \(release.name) tells of commit `\(first.commit.id.prefix(10))`, "
        + "\(quoted(first.commit.subject))\(rest)",
      at: release.place,
      notes: untold.dropFirst().prefix(9).map {
        Diagnostic.Note("`\($0.commit.id.prefix(10))` \(quoted($0.commit.subject))", at: nil)
      }, help: "add a change whose `refs` name it, or allow its subject")
  }
}

private func quoted(_ subject: String) -> String {
  "“\(subject.count > 60 ? String(subject.prefix(59)) + "…" : subject)”"
}

/// Which commits the changes of a release tell of.
private struct Trace {
  private let references: [[UInt8]]
  /// The texts of changes that are nothing but subjects of commits.
  private let subjects: Set<String>
  private let allow: [Wildcard]

  init(_ changes: [Change], allow: [Wildcard]) {
    references = Set(changes.flatMap(\.references)).filter { !$0.isEmpty }.map { Array($0.utf8) }
    subjects = Set(changes.filter { $0.origin == .commit }.map(\.text.whole.plainText))
    self.allow = allow
  }

  func tells(of change: ReleasedChange) -> Bool {
    isTold(change.commit) || change.merge.map(isTold) ?? false
  }

  private func isTold(_ commit: Commit) -> Bool {
    if allow.contains(where: { $0.matches(commit.subject) }) || subjects.contains(commit.subject) { return true }
    let (id, subject) = (Array(commit.id.utf8), Array(commit.subject.utf8))
    return references.contains { reference in
      reference.count >= 7 && id.starts(with: reference) || Trace.stands(reference, in: subject)
    }
  }

  /// Whether the reference stands there and is not the beginning or the end of a longer word.
  private static func stands(_ reference: [UInt8], in subject: [UInt8]) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte >= 0x80
    }
    guard subject.count >= reference.count else { return false }
    return (0...(subject.count - reference.count)).contains { start in
      let end = start + reference.count
      return subject[start..<end].elementsEqual(reference) && (end == subject.count || !isWord(subject[end]))
        && (start == 0 || !isWord(subject[start - 1]) || !isWord(reference[0]))
    }
  }
}
