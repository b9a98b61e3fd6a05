import Diagnostics
import Model

/// Who made a release, so that nobody approves what they made: the one place that tells it for approvals before and
/// after the fact and for waivers.
struct FourEyes {
  enum UnknownAuthors: String, CaseIterable, Sendable { case fail, list }

  /// The commits that count, where Git was asked.
  private(set) var changes: [ReleasedChange] = []
  /// Why Git does not tell who made it, and what would help.
  private(set) var obstacle: (reason: Reason, need: String)?
  /// The identities that nobody in `people` has, in the order of the commits.
  private(set) var strangers: [String] = []
  /// The newest commit that counts.
  private(set) var last: Commit?
  private let declared: [Located<String>]
  /// A commit of each person, by their ids.
  private var commits: [String: Commit] = [:]
  private let identities: Identities
  private let name: String

  /// - Parameters:
  ///   - level: Above what the record states Git must tell; at it, it may.
  ///   - countsCommitters: Whether the committer of what somebody else authored is an author too.
  init(
    of release: Release, _ product: Product, in facts: LedgerFacts, level: ProofLevel, countsCommitters: Bool = false
  ) {
    declared = release.authors
    identities = facts.identities
    name = "`\(release.version.text)`"
    switch facts.changesInGit(of: release, product) {
    case .known(let known):
      changes = known.filter(\.countsAsAuthorship)
      for change in changes { add(change.commit, countsCommitters) }
      // What nobody asked Git for, an address that nobody has does not put in doubt.
      if level == .record { strangers = [] }
    case .unknown(let reason, let need):
      if level > .record { obstacle = (reason, need) }
    }
  }

  private mutating func add(_ commit: Commit, _ countsCommitter: Bool) {
    // What a bot wrote is answered for by who committed it.
    let isByBot = identities.isBot(commit.author.email)
    for author in commit.authors + (countsCommitter || isByBot ? [commit.committer] : [])
    where !identities.isBot(author.email) {
      if let person = identities.person(author) {
        if commits[person] == nil { commits[person] = commit }
      } else {
        let name = "`\(author.email.isEmpty ? author.name : author.email)`"
        if !strangers.contains(name) { strangers.append(name) }
      }
    }
    if last.map({ $0.committed < commit.committed }) ?? true { last = commit }
  }

  /// Why the person is an author; the words complete "`dana` approves it and ".
  func authorship(of person: String) -> (words: String, note: Diagnostic.Note?)? {
    if let author = declared.first(where: { $0.value == person }) {
      return ("is one of its authors", Diagnostic.Note("authors are declared", at: author.location))
    }
    guard let commit = commits[person] else { return nil }
    let isAuthor = identities.person(commit.author) == person
    return (
      "is \(isAuthor ? "the author" : "a co-author or committer") of commit `\(CommitMark(commit).name)` in it", nil
    )
  }

  /// Why the person's approval of something in the release does not count; `nil` when it does.
  func objection(to person: String, at place: SourceLocation) -> Reason? {
    if let authorship = authorship(of: person) {
      return Reason(
        "`\(person)` approves \(name) and \(authorship.words)", at: place, notes: [authorship.note].compactMap { $0 },
        help: "have somebody approve it who made nothing in the release")
    }
    if let obstacle {
      return Reason(
        "nobody can tell whether `\(person)`, who approves \(name), made it: \(obstacle.reason.text)", at: place,
        help: obstacle.need)
    }
    guard let stranger = strangers.first else { return nil }
    return Reason(
      "nobody can tell whether `\(person)`, who approves \(name), made it, for nobody in `people` has \(stranger)",
      at: place, help: "add it to the `emails` of whoever it is, or map it in `.mailmap`")
  }

  /// The addresses that nobody has, each as what is wrong.
  func unknown(at place: SourceLocation) -> [Reason] {
    strangers.map { stranger in
      Reason(
        "nobody in `people` has \(stranger), which is the address of an author of \(name)", at: place,
        help: "add it to the `emails` of whoever it is, or map it in `.mailmap`")
    }
  }
}
