import Diagnostics
import Model

extension Rule {
  private static let permanent = Parameter<[Located<String>]>.ids(
    "permanent", default: ["operations", "permission"], "Kinds of flags that need no day on which they end.")
  private static let removedWithin = Parameter<TimeSpan>.duration(
    "removed_within", default: TimeSpan(days: 90), "How long after it was retired a flag may still be in the code.")

  static let flagsCurrent = Rule(
    "flags-current",
    title: "its feature flags have owners and ends, and those that were retired are gone",
    why: "Each forgotten flag is a second way through the code that nobody tests any more.",
    appliesTo: "Releases of products with flags; the flags that existed then.",
    fix:
      "Give the flag an `owner` and a day in `expires`; decide about it when that has come; remove it and say so in `removed_in`.",
    due: .release, parameters: [permanent, removedWithin],
    bad: RuleExample(
      "status: released\nreleased: 2026-10-20T09:42Z",
      files: [
        RuleExample.File(
          "flags.yml",
          "- {id: new-search, product: gateway, owner: ben, state: partial, introduced_in: 2.3.1, expires: 2026-09-30}\n"
        )
      ], fault: "2026-09-30"),
    good: RuleExample(
      "status: released\nreleased: 2026-10-20T09:42Z",
      files: [
        RuleExample.File(
          "flags.yml",
          "- {id: new-search, product: gateway, owner: ben, state: partial, introduced_in: 2.3.1, expires: 2026-12-01}\n"
        )
      ])
  ) { release in
    let flags = release.shelf.flags.filter { release.exists($0) }
    guard !flags.isEmpty else { return .notApplicable("its product has no flags then") }
    let permanent = release[permanent].map(\.value)
    let today = release.zone.local(of: release.moment).date
    var problems: [Reason] = []
    for flag in flags {
      let noun = "the flag `\(flag.id.value)`"
      let retired = flag.retired.flatMap { $0.value <= today ? $0 : nil }
      if flag.owner == nil {
        problems.append(Reason("\(noun) has no owner", at: flag.id.location, help: "add `owner`"))
      }
      if let retired {
        let last = release.zone.moment(of: retired.value + 1).advanced(by: release[removedWithin], in: release.zone)
        if release.moment >= last {
          problems.append(
            Reason(
              "\(noun) was retired on \(retired.value.words) and was still there after \(release[removedWithin].words)",
              at: retired.location,
              help: "remove it from the code, and add `removed_in`"))
        }
      } else if let expires = flag.expires {
        if expires.value < today {
          problems.append(
            Reason(
              "\(noun) expired on \(expires.value.words), and releases still had it", at: expires.location,
              help: "decide about it: retire it, or give it another day with a `reason`"))
        }
      } else if !(flag.kind.map(permanent.contains) ?? false) {
        problems.append(
          Reason(
            "\(noun) has no day on which somebody decides about it", at: flag.id.location, help: "add `expires`"))
      }
    }
    return .failed(
      problems, otherwise: flags.map { Reason("the flag `\($0.id.value)` is looked after", at: $0.id.location) })
  }
}

extension RuleCase {
  /// Whether the flag was in the code of this release.
  fileprivate func exists(_ flag: Flag) -> Bool {
    func position(_ version: Located<String>?) -> Int? { version.flatMap { shelf.release($0.value)?.position } }
    // Highest first, so that a higher position is an earlier release.
    if let introduced = position(flag.introducedIn), introduced < subject.position { return false }
    if let removed = position(flag.removedIn), removed >= subject.position { return false }
    return true
  }
}
