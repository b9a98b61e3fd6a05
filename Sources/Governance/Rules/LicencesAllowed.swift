import Diagnostics
import Model

extension Rule {
  /// What becomes of a component whose licence nobody can tell.
  private enum Unknown: String, CaseIterable, Sendable { case list, fail }

  private static let allowed = Parameter<[Located<String>]>.texts(
    "allowed", "The licences that are accepted, by their SPDX ids.")
  private static let unknown = Parameter<Unknown>.choice(
    "unknown", default: .list, "Whether components whose licence nobody can tell are listed, or fail.")
  private static let except = Parameter<[Located<String>]>.texts(
    "except", "Components that are left alone, by name or package URL, with `*` for any text.")

  static let licencesAllowed = Rule(
    "licences-allowed",
    title: "every component may be used under licences that the policy accepts",
    why: """
      A licence whose terms nobody meant to accept can oblige the vendor to publish sources, or forbid customers to \
      use what they paid for.
      """,
    appliesTo: """
      Every release; the bills of materials tell the licences. Of `A OR B` one must be accepted, of `A AND B` both; \
      what somebody concluded goes before what a component declares.
      """,
    fix: """
      Replace the component, or add its licence to `allowed` once those who answer for it agree. Correct the bill of \
      materials where it gives no SPDX expression.
      """,
    due: .candidate, parameters: [allowed, unknown, except], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: sbom, kind: sbom, path: content/evidence/gateway/2.4.0/sbom.cdx.json, at: 2026-10-19}
      """, files: [list(licence: "GPL-3.0-only OR AGPL-3.0-only")], setting: "{allowed: [MIT, Apache-2.0]}",
      fault: "content/evidence/gateway/2.4.0/sbom.cdx.json"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: sbom, kind: sbom, path: content/evidence/gateway/2.4.0/sbom.cdx.json, at: 2026-10-19}
      """, files: [list(licence: "GPL-3.0-only OR MIT")], setting: "{allowed: [MIT, Apache-2.0]}")
  ) { release in
    guard !release[allowed].isEmpty else {
      return .unverifiable(
        Reason("the policy does not say which licences are accepted", at: release.setting.location),
        need: "list them in `allowed`")
    }
    let study = release.billsOfMaterials
    let accepted = AllowedLicences(release[allowed].map(\.value))
    var problems = release.emptyLists(study)
    var shown: [Reason] = []
    for piece in study.pieces where !piece.content.packages.isEmpty {
      let asked = piece.content.packages.filter { !$0.isAmong(release[except]) }
      var (fine, refused, untold): (Int, [String], [String]) = (0, [], [])
      for component in asked {
        switch component.licenceCheck(against: accepted) {
        case .allowed: fine += 1
        case .refused(let licences): refused.append(component.title + ": " + licences.joined(separator: ", "))
        case .unknown: untold.append(component.title)
        }
      }
      if !refused.isEmpty {
        problems.append(
          Reason(
            "\(refused.count.of("component")) in \(piece.name) with licences "
              + "that the policy does not accept: \(refused.listed())", at: piece.place,
            notes: [Diagnostic.Note("the policy accepts these", at: release.setting.location(of: allowed))],
            help: "replace them, or have the licences accepted"))
      }
      if !untold.isEmpty, release[unknown] == .fail || fine + refused.count == 0 {
        problems.append(
          Reason(
            "nobody can tell the licence of \(untold.count.of("component")) in \(piece.name): \(untold.listed())",
            at: piece.place, help: "state it in the bill of materials as an SPDX expression"))
      }
      let rest = untold.isEmpty ? "" : "; nobody can tell that of \(untold.listed(most: 20))"
      let left = piece.content.packages.count - asked.count
      let exempt = left == 0 ? "" : "; \(left.of("component")) left alone"
      shown.append(
        Reason("\(piece.name): the licences of \(fine.of("component")) are accepted\(rest)\(exempt)", at: piece.place))
    }
    return study.verdict(on: release, noun: "bill of materials", problems: problems, shown: shown)
  }

  private static func list(licence: String) -> RuleExample.File {
    RuleExample.File(
      "evidence/gateway/2.4.0/sbom.cdx.json",
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.6",
       "components": [{"type": "library", "name": "left-pad", "version": "1.3.0",
         "licenses": [{"expression": "\(licence)"}]}]}

      """)
  }
}
