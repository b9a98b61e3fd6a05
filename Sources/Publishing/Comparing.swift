package import Diagnostics
import Governance
import Ingest
import Model

/// What a check says compared with one of another commit.
package struct CheckedDifference: Sendable {
  /// The full id of the commit.
  package var commit: String
  /// How many findings are as they were there.
  package var kept = 0
  /// How many findings of it are gone.
  package var gone = 0
}

/// The same as ``check(_:)``, with only what differs from another commit: findings that it has not, and outcomes that
/// are others in it, whatever moved them.
///
/// Both are judged for the same moment, that of the checkout, and with the branches of now: time alone moves nothing.
/// Git does not say when a tag came to be, so a tag is taken for new when it names a commit that the checkout has and
/// that commit has not.
/// - Parameter revision: A commit, branch or tag.
/// - Throws: ``FileError`` too when there is no such commit.
package func check(
  _ request: SourceRequest, since revision: String
) async throws(FileError) -> (build: SiteBuild, difference: CheckedDifference) {
  var request = request
  request.isStrict = false
  var earlier = request
  (earlier.revision, earlier.isEarlier) = (revision, true)
  var before = SiteBuild(report: Report())
  // Asked first: a slip in the name need not wait for the judgement.
  let checkout = try await SiteSource.open(earlier, into: &before.report)

  var build = SiteBuild(report: Report())
  let source = try await load(request, into: &build)
  let judgement = await source?.judge(request)
  build.judgedAt = source?.moment

  earlier.options.asOf = source?.ledger.asOf ?? request.options.asOf
  earlier.options.reached = { _ in }
  let old = try await load(from: checkout, earlier, into: &before)
  let oldJudgement = await old?.judge(earlier)
  build.remains += ([source, judgement, old, oldJudgement] as [(any Sendable)?]).compactMap(\.self)

  build.report.add(judgement?.findings ?? [])
  before.report.add(oldJudgement?.findings ?? [])
  var difference = CheckedDifference(commit: checkout.repository?.head ?? revision)
  var report = Report()
  if judgement == nil {
    // What keeps the releases from being judged is told however old it is.
    report.merge(build.report)
  } else {
    report.add(build.report.news(since: before.report, &difference))
  }
  if let source, let judgement {
    if let old, let oldJudgement {
      let news = Set(report.diagnostics.map(\.key))
      report.add(
        MovedOutcomes(from: (old.ledger, oldJudgement), to: (source.ledger, judgement)).findings(besides: news))
    } else {
      report.add(
        .warning(
          .baseNotJudged, "`\(revision)` has errors that keep its releases from being judged: no outcomes are compared",
          help: "see them with `gazette check` in a checkout of it, or compare with another commit"))
    }
  }
  build.report = report
  return (build, difference)
}

extension Report {
  /// What the other report does not have; of several that are alike as many as are more.
  fileprivate func news(since other: Report, _ difference: inout CheckedDifference) -> [Diagnostic] {
    var known: [Finding: Int] = [:]
    for diagnostic in other.diagnostics { known[Finding(diagnostic), default: 0] += 1 }
    let news = diagnostics.filter { diagnostic in
      guard let count = known[Finding(diagnostic)], count > 0 else { return true }
      known[Finding(diagnostic)] = count - 1
      difference.kept += 1
      return false
    }
    difference.gone = known.values.reduce(0, +)
    return news
  }
}

/// A finding of another severity is another.
private struct Finding: Hashable {
  var key: FindingKey
  var severity: Diagnostic.Severity

  init(_ diagnostic: Diagnostic) {
    (key, severity) = (diagnostic.key, diagnostic.severity)
  }
}

/// Outcomes of two judgements that are not the same, gathered by what they were and are.
private struct MovedOutcomes {
  private typealias Judged = (ledger: Ledger, judgement: Judgement)

  /// A rule and what became of it.
  private struct Move: Hashable, Comparable {
    var rule: String
    var before: String
    var after: String

    static func < (a: Move, b: Move) -> Bool {
      (a.rule, a.before, a.after) < (b.rule, b.before, b.after)
    }
  }

  private let old: Judged
  private let new: Judged

  init(from old: (Ledger, Judgement), to new: (Ledger, Judgement)) {
    (self.old, self.new) = (old, new)
  }

  /// - Parameter told: Findings that are told already; an outcome that fails for one of them says nothing more.
  func findings(besides told: Set<FindingKey>) -> [Diagnostic] {
    var moves: [Move: [ReleaseID]] = [:]
    let (known, present) = (Set(old.judgement.releases), Set(new.judgement.releases))
    let rules = Set(old.judgement.rules.map(\.id)).union(new.judgement.rules.map(\.id)).sorted()
    for release in new.judgement.releases where known.contains(release) {
      for rule in rules {
        let (before, after) = (old.judgement[release, rule], new.judgement[release, rule])
        guard before?.result != after?.result, !isTold(after, told) else { continue }
        moves[Move(rule: rule, before: words(before), after: words(after)), default: []].append(release)
      }
    }
    let places = Dictionary(
      (old.ledger.shelves + new.ledger.shelves).flatMap(\.releases).map { ($0.id, $0.location) },
      uniquingKeysWith: { $1 })
    return moves.sorted { $0.key < $1.key }.map { finding($0.key, $0.value, places) }
      + new.judgement.releases.filter { !known.contains($0) }.map { isNew($0, at: places[$0]) }
      + old.judgement.releases.filter { !present.contains($0) }.map { release in
        .info(.releaseGone, "the release `\(release)` is no longer there")
      }
  }

  private func isTold(_ outcome: Outcome?, _ told: Set<FindingKey>) -> Bool {
    guard let outcome, outcome.result == .failed || outcome.result == .unverifiable else { return false }
    return outcome.reasons.contains { reason in
      told.contains(FindingKey(code: outcome.rule, file: reason.location?.file ?? "", message: reason.text))
    }
  }

  private func words(_ outcome: Outcome?) -> String { outcome?.result.rawValue ?? "not asked" }

  private func finding(
    _ move: Move, _ releases: [ReleaseID], _ places: [ReleaseID: SourceLocation]
  ) -> Diagnostic {
    let change = "went from `\(move.before)` to `\(move.after)`"
    if releases.count == 1 {
      return Diagnostic(.info, rule: move.rule, "`\(releases[0])` \(change)", at: places[releases[0]])
    }
    return Diagnostic(
      .info, rule: move.rule, "\(releases.count) releases \(change)",
      notes: releases.map { Diagnostic.Note($0.description, at: places[$0]) })
  }

  private func isNew(_ release: ReleaseID, at place: SourceLocation?) -> Diagnostic {
    let outcomes = new.judgement.outcomes(of: release)
    let counts = Outcome.Result.allCases.compactMap { result -> String? in
      let count = outcomes.count { $0.result == result }
      return count > 0 ? "\(count) \(result.rawValue)" : nil
    }
    let words = counts.isEmpty ? "no rule was asked" : counts.joined(separator: ", ")
    return .info(.releaseNew, "the release `\(release)` is new: \(words)", at: place)
  }
}
