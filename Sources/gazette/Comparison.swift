import ArgumentParser
import Diagnostics
import Model
import Publishing

extension Audience: ExpressibleByArgument {}
extension MergedNotes.Format: ExpressibleByArgument {}

/// What lies between two versions; findings are told only when they are errors, for the result is to be read by
/// something else.
func comparison(
  of product: String, from: String, to: String, for audience: Audience, _ source: SourceOptions,
  _ report: ReportOptions
) async throws -> (notes: UpgradeNotes, address: String?) {
  let (build, result) = try await upgradeNotes(
    source.request(isStrict: report.strict), product: product, from: from, to: to, audience: audience)
  switch result {
  case nil:
    try report.tell(build.report, root: build.root)
    throw ExitCode(ExitStatus.hasErrors)
  case .failure(let unknown)?:
    throw UsageError(unknown.message, help: suggestion(for: unknown.name, among: unknown.known))
  case .success(let notes)?:
    return (notes, build.address)
  }
}
