import Diagnostics
import Model

extension Rule {
  private static let kinds = Parameter<[Located<String>]>.ids(
    "kinds", default: ["application", "firmware"], "The kinds of product that must say it.")

  static let compatibilityStated = Rule(
    "compatibility-stated",
    title: "it says what it fits, and whether one can go back",
    why: "Who installs it on hardware or beside other software cannot try it first, and may not be able to undo it.",
    appliesTo: "Releases of applications and firmware, or of the kinds that the policy names.",
    fix: "List what it works with in `compatibility`, and state `upgrade.downgrade`.",
    due: .release, parameters: [kinds],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      upgrade: {downgrade: unsupported}
      """, files: [RuleExample.File("products/gateway.yml", "name: Gateway\nkind: firmware\n")]),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      upgrade: {downgrade: unsupported}
      compatibility: [{name: Sensor board, versions: rev C or later}]
      """, files: [RuleExample.File("products/gateway.yml", "name: Gateway\nkind: firmware\n")])
  ) { release in
    guard let kind = release.product.kind, release[kinds].contains(where: { $0.value == kind.rawValue }) else {
      return .notApplicable("it is installed on nothing that it has to fit")
    }
    var problems: [Reason] = []
    if release.release.compatibility.isEmpty {
      problems.append(
        Reason("\(release.name) does not say what it fits", at: release.place, help: "add `compatibility`"))
    }
    if release.release.upgrade.downgrade == nil {
      problems.append(
        Reason(
          "\(release.name) does not say whether one can go back", at: release.place,
          help: "add `upgrade: {downgrade: …}`: `supported`, `data-loss` or `unsupported`"))
    }
    let names = release.release.compatibility.map(\.name).joined(separator: ", ")
    return .failed(problems, otherwise: [Reason("it says what it fits: \(names)", at: release.place)])
  }
}
