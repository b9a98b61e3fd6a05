import Diagnostics
import Model

extension Rule {
  private static let minShare = Parameter<Double>.share(
    "min_share", default: 1, "The share of commits that must have a good signature.")

  static let commitsSigned = Rule(
    "commits-signed",
    title: "its commits have good signatures by listed keys",
    why: "The author of a commit is whatever its maker typed; only a signature shows who made it.",
    appliesTo: """
      Releases whose commit Git knows; commits that touch only the content folder are left alone. Keys count as \
      `allowed_signers` listed them before the commit, or `--signers`.
      """,
    fix: "Sign commits with SSH or OpenPGP, and list the keys in the file that `signing.allowed_signers` names.",
    due: .candidate, parameters: [minShare], asks: [.commits, .commitSignatures],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "one of its two commits is not signed"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "its commits are signed by a listed key")
  ) { release in
    let changes: [ReleasedChange]
    switch release.changesInGit {
    case .known(let known): changes = known.filter { !$0.isContentOnly }
    case .unknown(let reason, let need): return .unverifiable(reason, need: need)
    }
    guard !changes.isEmpty else { return .notApplicable("it brings no commits") }
    let good = changes.count { $0.signature?.isGood ?? false }
    let words = "\(good) of \(changes.count) commits of \(release.name) have a good signature"
    guard Double(good) < release[minShare] * Double(changes.count) else { return .passed(words, at: release.place) }
    for change in changes {
      if case .unverifiable(let reason, let need) = change.signature {
        return .unverifiable(
          Reason("\(words), and others cannot be checked, for \(reason)", at: release.place), need: need)
      }
    }
    if let obstacle = release.ledger.git.obstacle, changes.contains(where: { $0.signature == nil }) {
      return obstacle.verdict(nobodyCanTell: "who might sign the commits of \(release.name)", at: release.place)
    }
    let missing = changes.filter { !($0.signature?.isGood ?? false) }
    return .failed(
      words, at: release.place,
      notes: missing.prefix(10).map { change in
        Diagnostic.Note("`\(change.commit.id.prefix(10))` \(change.signature?.statement ?? "was not checked")", at: nil)
      }, help: "sign the commits, and list the keys in `allowed_signers`")
  }
}

extension CommitSignature {
  /// Completes "the commit …" or "the tag …".
  var statement: String {
    switch self {
    case .good(let address, _): "is signed by `\(address)`"
    case .unlisted(let key): "is signed with a key that nobody lists, \(key)"
    case .bad: "has a bad signature"
    case .unsigned: "is not signed"
    case .unverifiable(let reason, _): "cannot be checked, for \(reason)"
    }
  }
}
