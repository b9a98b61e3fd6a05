extension Code {
  /// The codes of what shows only when records, tags and changelogs are joined.
  package static let ledger: [Code] = [
    tagDoesNotParse, asOfInFuture, embargoedNameInChangelog, uncommittedContent, tagAfterAsOf,
    staleStatus,
  ]

  package static let tagDoesNotParse = Code(
    "C040", "a tag that matches and holds no version",
    why: """
      With `discover`, each tag that matches `tags` is a release. One whose version is not of the product's scheme cannot \
      be put in order, so it is left out of the site.
      """,
    example: "versioning: semver\nsource: {tags: 'v{version}', discover: true}   # and a tag `v2.1`",
    fix: "Narrow `tags`, choose another `versioning`, or leave it: the warning lists what the site lacks.")

  package static let asOfInFuture = Code(
    "C041", "an as-of later than the clock",
    why: """
      The site would say of things to come that they have happened, and would publish what is under embargo until then.
      """,
    example: "as_of: 2036-11-02T09:00Z",
    fix: "Give an earlier as-of. To see the site as it will be, add `--preview`: it never lifts an embargo.")

  package static let embargoedNameInChangelog = Code(
    "C042", "a changelog that names what is under embargo",
    why: """
      The public site leaves the line out, but whoever can read the repository reads it there, now and in its history. \
      The message names neither the line nor the id, for the output of a pipeline may be public too.
      """,
    fix: """
      Take the line out until the embargo ends. If others can read the repository, rewrite its history or treat the \
      vulnerability as disclosed.
      """)

  package static let uncommittedContent = Code(
    "C043", "content that no commit holds",
    why: """
      The site is made of the files as they stand. What is not committed has no author, no date and no review, and \
      nobody else can make the same site.
      """,
    fix: "Commit it. While you write, leave the warning be.")

  package static let tagAfterAsOf = Code(
    "C044", "tags that came after the as-of",
    why: """
      The site is true for one moment. What was tagged later has not happened yet, so it is neither released nor the \
      latest.
      """,
    example: "as_of: 2026-11-02T09:00Z   # and a tag on a commit of 2026-11-03",
    fix: "Give a later as-of, with `--as-of` or in gazette.yml. Without one it is the newest commit of the branch.")

  package static let staleStatus = Code(
    "C045", "a release that is out, and whose record says that it is not",
    why: """
      The record is what readers see: a release that is a candidate by its record is on no page of what is out, also \
      where its tag alone would have put it there.
      """,
    example: "status: candidate   # and a tag `v2.4.0`, or all of production has it",
    fix: """
      Write `status: released` into the record, and `released` where no tag dates it. Where a tag does not mean that a \
      version is out, take `discover` from the source.
      """)
}
