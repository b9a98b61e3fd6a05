package import Diagnostics
package import Governance
import Ingest
package import Model

/// May this release go to that environment?
package struct GateQuestion: Sendable {
  package var source: SourceRequest
  package var product: String
  package var version: String
  /// The id of the environment; `nil` for the first that customers use.
  package var environment: String?
  /// The digest of what is to be deployed; must be one of the record's artifacts.
  package var artifact: String?

  package init(source: SourceRequest, product: String, version: String, environment: String?, artifact: String?) {
    (self.source, self.product, self.version) = (source, product, version)
    (self.environment, self.artifact) = (environment, artifact)
  }
}

/// What the gate has to say.
package struct GateAnswer: Sendable {
  package var release: ReleaseID
  package var environment: DeploymentEnvironment
  /// Whether it went to production already, so that the outcomes are those of then.
  package var hasShipped: Bool
  /// In the order of the rules.
  package var outcomes: [Outcome]
  /// What speaks against it besides rules, such as another artifact.
  package var obstacles: [Reason]
  package var asOf: Moment
  package var policyDigest: String?
  package var zone: Zone
  /// The record that was asked about.
  package var record: Release
  /// The files of its evidence that were read.
  package var evidence: [EvidenceFile]
  /// The content that no commit holds, by bytes.
  package var uncommitted: [String]

  /// Whether nothing of severity error is open.
  package var isOpen: Bool { obstacles.isEmpty && !outcomes.contains(where: \.isBlocking) }
}

/// Answers the question; `nil` when the content cannot be read, which the report says.
package func gate(
  _ question: GateQuestion
) async throws(FileError) -> (build: SiteBuild, answer: Result<GateAnswer, UnknownName>?) {
  var build = SiteBuild(report: Report())
  guard let source = try await load(question.source, into: &build) else { return (build, nil) }
  let result = Result { () throws(UnknownName) in try source.answer(question) }
  return (build, result)
}

extension SiteSource {
  fileprivate func answer(_ question: GateQuestion) throws(UnknownName) -> GateAnswer {
    let shelf = try ledger.shelf(named: question.product)
    guard let release = shelf.release(question.version) else { throw shelf.unknownRelease(question.version) }
    let environments = ledger.site.environments
    let environment = try environment(question.environment, among: environments)
    let judgement = book.judge(release.id, asIfAt: environment.isProduction ? .deployment : .candidate, in: ledger)
    let promotion = Promotion(release, on: shelf, to: environment, among: environments)
    return GateAnswer(
      release: release.id, environment: environment, hasShipped: release.status.hasShipped,
      outcomes: judgement?.outcomes(of: release.id) ?? [],
      obstacles: noPolicy + takenBack(release) + promotion.obstacles + artifactObstacle(question.artifact, release),
      asOf: ledger.asOf,
      policyDigest: book.digest, zone: ledger.site.zone, record: release,
      evidence: release.evidence.compactMap { ledger.evidence[release.id, $0.id.value]?.file },
      uncommitted: ledger.uncommitted)
  }
}

/// The environment of that id; without one, the first that customers use.
private func environment(
  _ id: String?, among known: [DeploymentEnvironment]
) throws(UnknownName) -> DeploymentEnvironment {
  if let id {
    if let environment = known.first(where: { $0.id == id }) { return environment }
    let names = known.map { "`\($0.id)`" }.joined(separator: ", ")
    throw UnknownName(
      name: id, message: "there is no environment `\(id)`", known: known.map(\.id),
      cure: known.isEmpty ? "declare it under `environments` in gazette.yml" : "use one of \(names)")
  }
  if let environment = known.first(where: \.isProduction) ?? known.first(where: { $0.id == "production" }) {
    return environment
  }
  throw UnknownName(
    name: "", message: "no environment is one that customers use", known: [],
    cure: known.isEmpty
      ? "declare `environments` in gazette.yml, such as `[{id: production, production: true}]`"
      : "say `production: true` of one of `environments` in gazette.yml, or name one with `--to`")
}

extension SiteSource {
  /// A gate without rules would stand open for everything.
  fileprivate var noPolicy: [Reason] {
    guard book.entries.isEmpty else { return [] }
    return [
      Reason("no policy is set, so no rule was asked", help: "write content/policy/releases.yml: `extends: [baseline]`")
    ]
  }
}

/// What was taken back goes nowhere, whatever the rules said of it when it went out first.
private func takenBack(_ release: Release) -> [Reason] {
  guard release.status == .cancelled || release.status == .withdrawn || release.status == .rolledBack else { return [] }
  return [
    Reason(
      "`\(release.version.text)` is \(release.status.rawValue)", at: release.location,
      help: "make a new release; what was taken back does not go out again")
  ]
}

private func artifactObstacle(_ digest: String?, _ release: Release) -> [Reason] {
  guard let digest else { return [] }
  let known = release.artifacts.compactMap(\.digest) + release.environments.compactMap(\.image)
  // Hexadecimal digits are the same in either case.
  let wanted = digest.lowercased()
  guard !known.contains(where: { $0.lowercased() == wanted || $0.lowercased().hasSuffix(":" + wanted) }) else {
    return []
  }
  return [
    Reason(
      "the artifact `\(digest)` is none of the record's", at: release.artifacts.first?.location ?? release.location,
      help: "deploy what the record names, or record what was built")
  ]
}
