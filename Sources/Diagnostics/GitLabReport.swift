/// A report for GitLab's Code Quality: a JSON list of findings, which a merge request shows beside its lines.
///
/// GitLab wants a path for each; what no file is at fault of stands at the top of the checkout.
package struct GitLabReport: Sendable {
  package init() {}

  package func text(of report: Report) -> String {
    JSONTree.list(
      report.fingerprinted.map { diagnostic, fingerprint in
        .object([
          "description": .text(diagnostic.message + (diagnostic.help.map { " (\($0))" } ?? "")),
          "check_name": .text(diagnostic.code), "fingerprint": .text(fingerprint),
          "severity": .text(severity(of: diagnostic)),
          "location": .object([
            "path": .text(diagnostic.location?.file ?? "."),
            "lines": .object(["begin": .number(max(1, diagnostic.location?.line ?? 1))]),
          ]),
        ])
      }
    ).text
  }

  /// One of info, minor, major, critical and blocker.
  private func severity(of diagnostic: Diagnostic) -> String {
    if diagnostic.acceptance != nil { return "info" }
    return switch diagnostic.severity {
    case .error: "major"
    case .warning: "minor"
    case .info: "info"
    }
  }
}
