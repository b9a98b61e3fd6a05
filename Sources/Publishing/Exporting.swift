package import Diagnostics
package import Export
package import Governance
import Ingest
package import Model

/// Everything that an export is made of, read anew from the checkout.
package struct ExportSource: Sendable {
  package var ledger: Ledger
  package var judgement: Judgement
  let checkout: Checkout
  /// The folder that holds evidence by its digest.
  let store: String?

  /// The ids of the frameworks that are known.
  package var frameworks: [String] { judgement.book.frameworks.map(\.id) }
}

/// Reads and judges; `nil` when the report says why nothing can be exported: content that is wrong, or that no commit
/// holds, so that nobody could make the export again.
package func exportSource(
  _ request: SourceRequest
) async throws(FileError) -> (build: SiteBuild, source: ExportSource?) {
  var build = SiteBuild(report: Report())
  var request = request
  // Approvals go out with their commits, and periods with the tags that have no record, whatever the policy asks.
  request.asks = [.origins, .originSignatures, .commits]
  guard let source = try await load(request, into: &build) else { return (build, nil) }
  if let path = source.ledger.uncommitted.first {
    build.report.error(
      .exportsUncommitted, "`\(path)` differs from the commit that the export would name",
      at: SourceLocation(file: path),
      help: "commit it, then export")
    return (build, nil)
  }
  let judgement = await source.book.judge(source.ledger, slices: request.options.slices)
  return (
    build,
    ExportSource(
      ledger: source.ledger, judgement: judgement, checkout: source.checkout, store: request.options.evidenceStore)
  )
}

extension GateAnswer {
  /// The answer as an in-toto statement; `nil` when the record names neither an artifact's digest nor a commit.
  package func statement(gazetteVersion: String) -> Statement? {
    ReleaseVerdict(
      record, to: environment, isOpen: isOpen, obstacles: obstacles, outcomes: outcomes, evidence: evidence, asOf: asOf,
      policyDigest: policyDigest, gazetteVersion: gazetteVersion
    ).statement
  }
}
