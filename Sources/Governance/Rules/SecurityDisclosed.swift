import Diagnostics
import Model

extension Rule {
  static let securityDisclosed = Rule(
    "security-disclosed",
    title: "each fixed vulnerability has an id and a severity, and its embargo was kept",
    why:
      "Customers who decide what to upgrade first need to know what was fixed and how bad it was, and not too early.",
    appliesTo: "Releases that name vulnerabilities in `security`.",
    fix: "Add the `severity` of each fixed vulnerability, and keep `disclosed` behind `embargo_until`.",
    due: .release,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      security:
        - {id: CVE-2026-90001, summary: Readings of others}
      """, fault: "{id: CVE-2026-90001"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      security:
        - {id: CVE-2026-90001, severity: high, summary: Readings of others}
      """)
  ) { release in
    let named = release.release.security
    guard !named.isEmpty else { return .notApplicable("it names no vulnerability") }
    var problems: [Reason] = []
    for vulnerability in named {
      if vulnerability.isFixed, vulnerability.severity == nil {
        problems.append(
          Reason(
            "the fix of `\(vulnerability.id)` does not say how severe it was", at: vulnerability.location,
            help: "add `severity`"))
      }
      if let disclosed = vulnerability.disclosed, let until = vulnerability.embargoUntil,
        disclosed.lastMoment(in: release.zone) < until
      {
        problems.append(
          Reason(
            "`\(vulnerability.id)` was disclosed on \(disclosed.words(in: release.zone)), under its embargo",
            at: vulnerability.location, help: "correct the date, or treat the embargo as broken and end it"))
      }
    }
    return .failed(
      problems,
      otherwise: named.map { vulnerability in
        let severity = vulnerability.severity.map { ", \($0.rawValue)" } ?? ""
        return Reason("`\(vulnerability.id)`\(severity) is disclosed", at: vulnerability.location)
      })
  }
}
