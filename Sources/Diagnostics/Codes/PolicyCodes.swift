extension Code {
  /// The codes of policies, waivers and frameworks. What a rule finds carries the rule's id instead.
  package static let policy: [Code] = [
    unknownRule, unknownParameter, malformedParameter, ruleSetTwice, unknownPack, unknownFramework, waiverDoesNotCount,
    expiredWaiver, idleWaiver,
  ]

  package static let unknownRule = Code(
    "C050", "a rule that does not exist",
    why: "A policy that names a rule wrongly looks as if something were required, and nothing is.",
    example: "rules:\n  aprovals-complete: {severity: error}",
    fix: "Correct the name. `gazette explain` lists the rules.")

  package static let unknownParameter = Code(
    "C051", "a key that the rule does not have",
    why: "A misspelt limit would silently be the default.",
    example: "rules:\n  tests-passed: {min_case: 100}",
    fix: "Correct the name. `gazette explain RULE` lists the keys of a rule with their defaults.")

  package static let malformedParameter = Code(
    "C052", "a value that the rule cannot use",
    why: "Each key of a rule has a type and a range; guessing would judge releases by something nobody wrote.",
    example: "rules:\n  tests-passed: {min_cases: many}",
    fix: "Write it as the help says. `gazette explain RULE` shows the range and the default of each key.")

  package static let ruleSetTwice = Code(
    "C053", "a rule that two of the site's files set",
    why: "Which of them wins would depend on the names of the files. Packs are different: own files override them.",
    example: "tests-passed in policy/quality.yml and in policy/releases.yml",
    fix: "Keep one. For releases of different kinds give the rule a list of variants with `applies`.")

  package static let unknownPack = Code(
    "C054", "a pack that does not exist",
    why: "The policy would have none of the rules that it seems to have.",
    example: "extends: [base]",
    fix: "Use `baseline`, `regulated` or `open-source`.")

  package static let unknownFramework = Code(
    "C055", "a framework or control that Gazette does not know",
    why:
      "Evidence for a misspelt control would be looked for in vain. Frameworks come in editions, which their ids name.",
    example: "frameworks:\n  soc2: {CC8.1: [approvals-complete]}",
    fix: "Correct the name, such as `soc2-2017`.")

  package static let waiverDoesNotCount = Code(
    "C056", "a waiver that does not count",
    why: """
      What excuses from a rule is held to rules itself: somebody else than the one who asks approves it, not an author of \
      the release, in a role that the policy names, for no longer than the policy allows, and only where the rule may be \
      waived at all. Otherwise the outcome stays as it is.
      """,
    example: "requested_by: ana\napproved_by: ana",
    fix: "Have it approved by somebody who may, shorten it, or remove it.")

  package static let expiredWaiver = Code(
    "C057", "a waiver that expired while its rule is still broken",
    why: "An exception that has run out is a requirement again, and somebody promised to be done by then.",
    example: "expires: 2026-06-30   # and a release of 2026-07-12 that the same rule finds at fault",
    fix: "Mend what the rule finds, or ask for a new waiver with its own approval.")

  package static let idleWaiver = Code(
    "C058", "a waiver that excuses nothing",
    why: "It is misspelt or not needed, and whoever reads the register takes it for an exception.",
    example: "rule: tests-passed   # and every release that it names has passed it",
    fix: "Correct the product, the versions or the dates, or remove it.")
}
