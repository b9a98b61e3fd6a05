package import Diagnostics
import Governance
import Model

extension GateAnswer {
  /// The answer as findings, for programs that know those: errors are in the way, warnings are not met, the rest is to
  /// be known.
  package var report: Report {
    var report = Report()
    report.add(obstacles.map { Diagnostic(.error, rule: "gate", $0) })
    for outcome in outcomes {
      switch outcome.result {
      case .failed, .unverifiable:
        let severity: Diagnostic.Severity =
          outcome.isBlocking ? .error : outcome.severity == .info ? .info : .warning
        report.add(outcome.reasons.map { Diagnostic(severity, rule: outcome.rule, $0) })
      case .waived, .pending:
        report.add(
          outcome.reasons.map { reason in
            var reason = reason
            reason.text = "\(outcome.result.rawValue): " + reason.text
            return Diagnostic(.info, rule: outcome.rule, reason)
          })
      case .passed, .notApplicable: break
      }
    }
    return report
  }

  /// One suite with a case for each rule; what is in the way besides rules is a case too.
  package var suites: [JUnitReport.Suite] {
    let cases = outcomes.map { outcome in
      JUnitReport.Case(outcome.rule, result(of: outcome), text: outcome.reasons.map(words).joined(separator: "\n"))
    }
    let others = obstacles.map { JUnitReport.Case("gate", .failed(code: "gate", message: $0.text), text: words($0)) }
    return [JUnitReport.Suite("\(release.product) \(release.version) to \(environment.id)", others + cases)]
  }

  /// What was asked, the answer, and every outcome, for a JSON object.
  package var members: [JSONTree.Member] {
    [
      JSONTree.Member(
        name: "gate",
        value: .object([
          "product": .text(release.product.text), "version": .text(release.version),
          "environment": .text(environment.id),
          "open": .flag(isOpen), "as_of": .text(asOf.iso), "policy": policyDigest.map(JSONTree.text),
          "outcomes": .list(
            outcomes.map { outcome in
              .object([
                "rule": .text(outcome.rule), "result": .text(outcome.result.rawValue),
                "severity": .text(outcome.severity.rawValue), "blocking": .flag(outcome.isBlocking),
                "reasons": .list(outcome.reasons.map { .text($0.text) }), "waiver": outcome.waiver.map(JSONTree.text),
              ])
            }),
        ]))
    ]
  }

  private func result(of outcome: Outcome) -> JUnitReport.Case.Result {
    let message = outcome.reasons.first?.text ?? outcome.result.rawValue
    if outcome.isBlocking { return .failed(code: outcome.rule, message: message) }
    switch outcome.result {
    case .passed, .failed, .unverifiable: return .passed
    case .waived, .pending, .notApplicable: return .skipped("\(outcome.result.rawValue): \(message)")
    }
  }

  private func words(_ reason: Reason) -> String {
    let place = reason.location.map { " (\($0.file):\($0.line):\($0.column))" } ?? ""
    return reason.text + place + (reason.help.map { "\n  help: " + $0 } ?? "")
  }
}

extension Diagnostic {
  fileprivate init(_ severity: Severity, rule: String, _ reason: Reason) {
    self.init(
      severity, rule: rule, reason.text, at: reason.location, label: reason.label, notes: reason.notes,
      help: reason.help)
  }
}
