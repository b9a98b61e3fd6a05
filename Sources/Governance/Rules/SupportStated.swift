import Diagnostics
import Model

extension Rule {
  static let supportStated = Rule(
    "support-stated",
    title: "its line says until when it is looked after, and is",
    why: "Customers choose a line by how long it lasts.",
    appliesTo: "Releases of products with release lines, without pre-releases.",
    fix: "State the ends of support of the line in the product's file.", due: .release,
    bad: RuleExample(
      "status: released\nreleased: 2026-10-20T09:42Z",
      files: [product("{id: '2', match: '2.*', released: 2025-03-04}")],
      fault: "{id: '2', match: '2.*', released: 2025-03-04}"),
    good: RuleExample(
      "status: released\nreleased: 2026-10-20T09:42Z",
      files: [
        product(
          "{id: '2', match: '2.*', released: 2025-03-04, active_until: 2027-03-31, security_until: 2028-03-31}")
      ])
  ) { release in
    guard !release.product.lines.isEmpty else { return .notApplicable("its product has no release lines") }
    guard !release.release.version.isPreRelease else { return .notApplicable("it is a pre-release") }
    guard let line = release.product.lines.first(where: { $0.id == release.release.line }) else {
      return .failed(
        "\(release.name) is on no line of `\(release.product.id)`", at: release.place,
        notes: [Diagnostic.Note("the product is here", at: release.product.location)],
        help: "add a line whose `match` fits it")
    }
    let ends = [line.activeUntil, line.securityUntil, line.extendedUntil].compactMap { $0 }
    guard let end = ends.max() else {
      return .failed(
        "the line `\(line.id)` of \(release.name) does not say until when it is looked after", at: line.location,
        help: "add `active_until` and `security_until`")
    }
    guard line.phase(at: release.moment, in: release.zone) != .ended else {
      return .failed(
        "\(release.name) came out on the line `\(line.id)`, which ended on \(end.words)", at: release.place,
        notes: [Diagnostic.Note("the line is here", at: line.location)],
        help: "extend the line, or release it on one that is looked after")
    }
    return .passed("its line `\(line.id)` is looked after until \(end.words)", at: line.location)
  }

  private static func product(_ line: String) -> RuleExample.File {
    RuleExample.File("products/gateway.yml", "name: Gateway\nkind: service\nlines:\n  - \(line)\n")
  }
}
