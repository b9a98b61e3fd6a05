import Diagnostics
import Model

extension Rule {
  private static let audiences = Parameter<[Located<String>]>.texts(
    "audiences", default: ["customers"], "Who must be told, as in `communication.to`.")
  private static let notice = Parameter<TimeSpan?>.duration(
    "notice", "How long before the release goes to production they must be told.")

  static let stakeholdersTold = Rule(
    "stakeholders-told",
    title: "those concerned were told in time",
    why: "People who know that a release is coming can prepare, and know where to look when something changes.",
    appliesTo: "Every release; narrow it with `applies`, for instance to major ones.",
    fix: "Tell them, and record `to`, `channel`, `at` and `by` in `communication`.",
    due: .deployment, parameters: [audiences, notice],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      communication:
        - {to: customers, channel: status page, at: 2026-10-20T11:00Z, by: ana}
      """, fault: "2026-10-20T11:00Z"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      communication:
        - {to: customers, channel: status page, at: 2026-10-13T11:00Z, by: ana}
      """)
  ) { release in
    let notice = release[notice] ?? TimeSpan()
    let latest = release.moment.receded(by: notice, in: release.zone)
    var met: [Reason] = []
    var problems: [Reason] = []
    for audience in release[audiences] {
      let entries = release.release.communication.filter { $0.to.lowercased() == audience.value.lowercased() }
      let timely = entries.first { entry in entry.at.map { $0.value.start(in: release.zone) <= latest } ?? false }
      if let timely {
        met.append(
          Reason(
            "`\(audience.value)` were told on \(timely.at?.value.words(in: release.zone) ?? "")", at: timely.location))
      } else if let entry = entries.first {
        let when = entry.at.map { " on \($0.value.words(in: release.zone))" } ?? ""
        problems.append(
          Reason(
            entry.at == nil
              ? "when `\(audience.value)` were told is not said"
              : "`\(audience.value)` were only told\(when)"
                + (notice == TimeSpan() ? "" : ", less than \(notice.words) before"),
            at: entry.at?.location ?? entry.location,
            help: entry.at == nil ? "add `at`" : "next time, tell them earlier"))
      } else {
        problems.append(
          Reason(
            "nobody told `\(audience.value)` of \(release.name)", at: release.place,
            help: "tell them, and record it in `communication`"))
      }
    }
    return .failed(problems, otherwise: met)
  }
}
