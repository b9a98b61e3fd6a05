extension Code {
  /// The codes of what is compared: findings with a baseline, a checkout with another commit.
  package static let comparison: [Code] = [
    expiredAcceptance, idleAcceptance, releaseNew, releaseGone, baseNotJudged,
  ]

  package static let expiredAcceptance = Code(
    "C070", "an entry of the baseline that has expired",
    why: """
      A baseline gives time, and somebody said how much. After that day what it accepted counts again, or it would be \
      accepted for ever without anybody deciding so.
      """,
    example: "- {code: tests-passed, file: …, message: …, reason: new test farm, expires: 2026-06-30}",
    fix: "Mend what was found, or give the entry a new day and say in `reason` why.")

  package static let idleAcceptance = Code(
    "C071", "an entry of the baseline that nothing matches",
    why: """
      What it accepted is mended, or says something else now. Left where it is it would accept the same again one day, \
      unseen.
      """,
    example: "- {code: C002, file: content/gazette.yml, message: the key `titel` is unknown, reason: …, expires: …}",
    fix: "Remove the entry, or write the file anew with `--write-baseline`, which keeps the reasons of what is left.")

  package static let releaseNew = Code(
    "C072", "a release that the other commit does not have",
    why: "`check --since` tells what differs, and the outcomes of a new release are all new. Nothing is wrong with it.",
    fix: "Nothing. What a rule finds wrong with it is told as a finding of its own.")

  package static let releaseGone = Code(
    "C073", "a release that only the other commit has",
    why: """
      `check --since` tells what differs. A record that goes takes its outcomes along, so that nobody would notice what \
      it failed.
      """,
    fix: "If it was removed on purpose, nothing; if it was renamed, the new name is told beside it.")

  package static let baseNotJudged = Code(
    "C074", "a commit to compare with that cannot be judged",
    why: """
      Rules are asked only where the content can be read without errors. The other commit has some, so its outcomes are \
      not known and none can be said to have moved.
      """,
    example: "gazette check --since main   # while main holds a record that is no YAML",
    fix: "Mend the other branch first, or compare with an older commit.")
}
