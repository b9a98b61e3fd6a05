import Diagnostics
import Model

extension Rule {
  private static let reproducible = Parameter<Bool>.flag(
    "reproducible", default: false, "Whether somebody must have built the same bytes again: `reproducible: verified`.")

  static let buildRecorded = Rule(
    "build-recorded",
    title: "the record says which build made it, where and when",
    why: "Without the build nobody can tell from which commit and on which machine the delivered bytes came.",
    appliesTo: "Every release.",
    fix: "Fill `build` with `id`, `at`, and `runner` or `url`; a pipeline can write it as a part of the record.",
    due: .candidate, parameters: [reproducible],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      build: {id: ci-8812, at: 2026-10-14T10:00Z}
      """, fault: "{id: ci-8812"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      build: {id: ci-8812, at: 2026-10-14T10:00Z, runner: builder-04}
      """)
  ) { release in
    guard let build = release.release.build else {
      return .failed(
        "\(release.name) does not say which build made it", at: release.place,
        help: "add `build` with `id`, `at` and `runner`")
    }
    var problems: [Reason] = []
    func lack(_ key: String) {
      problems.append(Reason("the build of \(release.name) lacks `\(key)`", at: build.location, help: "add `\(key)`"))
    }
    if build.id == nil { lack("id") }
    if build.runner == nil, build.url == nil { lack("runner") }
    if let at = build.at {
      if !release.hasHappened(at.value) {
        problems.append(
          Reason(
            "\(release.name) was built on \(at.value.words(in: release.zone)), after it went out", at: at.location,
            help: "name the build that was deployed"))
      }
    } else {
      lack("at")
    }
    if release[reproducible], build.reproducible != "verified" {
      problems.append(
        Reason(
          "nobody has verified that \(release.name) builds to the same bytes again", at: build.location,
          help: "build it again elsewhere, compare, and write `reproducible: verified`"))
    }
    return .failed(
      problems,
      otherwise: [
        Reason("it was built by `\(build.id ?? "")` on `\(build.runner ?? build.url ?? "")`", at: build.location)
      ])
  }
}
