import Diagnostics
import Model

extension Rule {
  private static let deny = Parameter<[Located<String>]>.texts(
    "deny", "Components that must not be used, by name or package URL, with `*` for any text: `log4j-core@2.14.*`.")
  private static let endsOfLife = Parameter<Bool>.flag(
    "ends_of_life", default: true, "Whether components past their end of life fail, by the files in `content/eol`.")

  static let componentsAllowed = Rule(
    "components-allowed",
    title: "nothing in it is on the deny list or past its end of life",
    why: """
      What nobody mends any more, or what was decided never to use again, comes back with the next dependency unless \
      somebody looks at every release.
      """,
    appliesTo: """
      Every release; the bills of materials tell the components. A component has an end of life where `content/eol` \
      has a file of its name.
      """,
    fix: "Replace or upgrade the component. Keep a file in `content/eol` up to date for each component that matters.",
    due: .candidate, parameters: [deny, endsOfLife], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: sbom, kind: sbom, path: content/evidence/gateway/2.4.0/sbom.cdx.json, at: 2026-10-19}
      """, files: [list(version: "18.20.4"), cycles], fault: "content/evidence/gateway/2.4.0/sbom.cdx.json"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: sbom, kind: sbom, path: content/evidence/gateway/2.4.0/sbom.cdx.json, at: 2026-10-19}
      """, files: [list(version: "22.9.0"), cycles], setting: "{deny: ['pkg:npm/event-stream']}")
  ) { release in
    let study = release.billsOfMaterials
    let day = release.zone.local(of: release.moment).date
    let lists = release.facts.endsOfLife
    var problems = release.emptyLists(study)
    var doubts: [Reason] = []
    var shown: [Reason] = []
    if release[endsOfLife], lists.isEmpty {
      doubts.append(
        Reason(
          "nobody can tell what is past its end of life: there is no file in `content/eol`", at: release.place,
          help: "add the files, or set `ends_of_life: false`"))
    }
    for piece in study.pieces where !piece.content.packages.isEmpty {
      let components = piece.content.components
      let denied = components.filter { $0.isAmong(release[deny]) }
      if !denied.isEmpty {
        problems.append(
          Reason(
            "\(denied.count.of("component")) in \(piece.name) \(denied.count == 1 ? "is" : "are") on the deny list: "
              + denied.map(\.title).listed(), at: piece.place,
            notes: [Diagnostic.Note("the policy denies them", at: release.setting.location(of: deny))],
            help: "replace them"))
      }
      guard release[endsOfLife] else {
        shown.append(Reason("no component in \(piece.name) is on the deny list", at: piece.place))
        continue
      }
      var known = 0
      for component in components {
        guard let list = component.names.lazy.compactMap({ lists[$0] }).first else { continue }
        switch list.state(of: component.version ?? component.packageURL?.version, on: day) {
        case .alive: known += 1
        case .ended(let when):
          problems.append(
            Reason(
              "`\(component.title)` in \(piece.name) \(when)", at: piece.place,
              help: "upgrade it to a version that is looked after"))
        case .unknown:
          doubts.append(
            Reason(
              "`content/eol/\(list.component).json` does not say when `\(component.title)` ends", at: piece.place,
              help: "bring the file up to date"))
        }
      }
      shown.append(
        Reason(
          "no component in \(piece.name) is on the deny list or past its end of life; `content/eol` tells it of "
            + "\(known) of \(piece.content.packages.count)", at: piece.place))
    }
    return study.verdict(on: release, noun: "bill of materials", problems: problems, doubts: doubts, shown: shown)
  }

  private static func list(version: String) -> RuleExample.File {
    RuleExample.File(
      "evidence/gateway/2.4.0/sbom.cdx.json",
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.6",
       "components": [{"type": "application", "name": "nodejs", "version": "\(version)"}]}

      """)
  }

  private static let cycles = RuleExample.File(
    "eol/nodejs.json",
    """
    [
      {"cycle": "22", "releaseDate": "2024-04-24", "eol": "2027-04-30", "latest": "22.9.0", "lts": true},
      {"cycle": "18", "releaseDate": "2022-04-19", "eol": "2025-04-30", "latest": "18.20.4", "lts": true}
    ]

    """)
}

extension Component {
  /// What a list of ends of life may call it.
  fileprivate var names: [String] { [name.lowercased()] + [packageURL?.name.lowercased()].compactMap { $0 } }
}

extension EndOfLife {
  fileprivate enum State {
    case alive
    /// Completes "the component …".
    case ended(String)
    case unknown
  }

  /// Whether a version was looked after on a day, by the cycle with the longest name that it begins with.
  fileprivate func state(of version: String?, on day: CivilDate) -> State {
    guard var version else { return .unknown }
    if version.hasPrefix("v") { version.removeFirst() }
    let cycle = cycles.filter { version == $0.cycle || version.hasPrefix($0.cycle + ".") }
      .max { $0.cycle.utf8.count < $1.cycle.utf8.count }
    switch cycle?.end {
    case .on(let end)?: return end < day ? .ended("is past its end of life on \(end.words)") : .alive
    case .ended(true)?: return .ended("is past its end of life")
    case .ended(false)?: return .alive
    case nil: return .unknown
    }
  }
}
