import Diagnostics
import Model

extension Rule {
  private static let annotated = Parameter<Bool>.flag(
    "annotated", default: false, "Whether the tag must be an object of its own, with a tagger and a date.")
  private static let signed = Parameter<Bool>.flag(
    "signed", default: false,
    "Whether the tag must have a good signature by a key that was listed before its commit, or in `--signers`.")

  static let tagMatches = Rule(
    "tag-matches",
    title: "its tag exists and names the commit that the record states, on an allowed branch",
    why: "Whoever wants to know what was shipped looks at the tag; it must lead to what the record speaks of.",
    appliesTo: "Releases of products whose `sources` have `tags`, and those that name a tag.",
    fix: "Tag the commit that was released, push the tag, and state the same commit in the record.",
    due: .release, parameters: [annotated, signed], asks: .commits, asksFor: { $0[signed] ? .tagSignatures : [] },
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      commit: 3f2a9c1d3f2a9c1d3f2a9c1d3f2a9c1d3f2a9c1d
      """, circumstances: "the tag `gateway-v2.4.0` names another commit"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "the tag `gateway-v2.4.0` names a commit on `main`")
  ) { release in
    let all = (release.ledger.git.commits[release.release.id] ?? []).filter { $0.tagName != nil }
    // A release of several sources need not touch each, but one.
    let touched = all.filter { $0.stated != nil || $0.tag != nil || $0.obstacle != nil }
    let sources = touched.isEmpty ? all : touched
    guard !sources.isEmpty else { return .notApplicable("its product has no tags") }
    var problems: [Reason] = []
    var found: [Reason] = []
    for source in sources {
      let name = source.tagName ?? ""
      if let obstacle = source.obstacle {
        return obstacle.verdict(nobodyCanTell: "what the tag `\(name)` names", at: release.place)
      }
      guard let tag = source.tag else {
        problems.append(
          Reason("there is no tag `\(name)`", at: release.place, help: "tag the commit that was released"))
        continue
      }
      if let moment = release.subject.released, tag.isAnnotated, tag.date > moment {
        problems.append(
          Reason(
            "the tag `\(name)` was made on \(release.zone.words(for: tag.date)), after \(release.name) was released",
            at: release.place, help: "next time, tag before the release"))
      }
      if let stated = source.stated, !source.isKnown {
        return .unverifiable(
          Reason("Git has no commit `\(stated.value)`", at: stated.location),
          need: "correct the commit, or fetch the branch that has it")
      }
      if let stated = source.stated, stated.value != tag.commit {
        problems.append(
          Reason(
            "the tag `\(name)` names commit `\(tag.commit.prefix(10))`, and the record another", at: stated.location,
            help: "correct `commit`, or find out why the tag moved"))
      }
      if release[annotated], !tag.isAnnotated {
        problems.append(
          Reason("the tag `\(name)` is a light one, without a tagger", at: release.place, help: "tag with `git tag -a`")
        )
      }
      if release[signed] {
        switch source.tagSignature {
        case let signature? where signature.isGood: break
        case nil where tag.isAnnotated:
          if let obstacle = release.ledger.git.obstacle {
            return obstacle.verdict(nobodyCanTell: "who might sign the tag `\(name)`", at: release.place)
          }
          problems.append(Reason("the signature of the tag `\(name)` was not checked", at: release.place))
        case let signature:
          if case .unverifiable(let reason, let need)? = signature?.result {
            return .unverifiable(
              Reason("the signature of the tag `\(name)` cannot be checked, for \(reason)", at: release.place),
              need: need)
          }
          problems.append(
            Reason(
              "the tag `\(name)` \(signature?.statement ?? "is a light one, which cannot be signed")",
              at: release.place, help: "tag with `git tag -s`, and list the key in `allowed_signers`"))
        }
      }
      if !source.source.branches.isEmpty {
        let branches = source.source.branches.map { "`\($0)`" }.joined(separator: ", ")
        guard let isOnBranch = source.isOnBranch else {
          return .unverifiable(
            Reason("none of the branches \(branches) is here", at: source.source.location), need: "fetch the branches")
        }
        if !isOnBranch {
          problems.append(
            Reason(
              "the tag `\(name)` is on none of the branches \(branches)", at: release.place,
              help: "release from one of them, or add the branch to `branches`"))
        }
      }
      found.append(
        Reason(
          "the tag `\(name)` names commit `\(tag.commit.prefix(10))`", at: source.stated?.location ?? release.place))
    }
    return .failed(problems, otherwise: found)
  }
}

extension TagSignature {
  /// Completes "the tag …".
  fileprivate var statement: String {
    otherName.map { "is one that was signed as `\($0)`" } ?? result.statement
  }
}
