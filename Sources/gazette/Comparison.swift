import ArgumentParser
import Diagnostics
import Model
import Publishing

extension Audience: ExpressibleByArgument {}
extension MergedNotes.Format: ExpressibleByArgument {}

/// What lies between two versions. Findings are told only when they are errors, and on standard error, for the result
/// is to be read by something else.
func comparison(
  of product: String, from: String, to: String, for audience: Audience, _ source: SourceOptions,
  _ report: ReportOptions
) async throws -> Comparison {
  let request = source.request(isStrict: report.strict)
  let (build, result) = try await report.withProgress(request) { request in
    try await compare(request, product: product, from: from, to: to, audience: audience)
  }
  switch result {
  case nil:
    try report.tell(build.report, root: build.root, on: .standardError)
    throw ExitCode(ExitStatus.hasErrors)
  case .failure(let unknown)?:
    throw UsageError(unknown.message, help: unknown.help)
  case .success(let comparison)?:
    return comparison
  }
}
