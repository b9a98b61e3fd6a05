extension Code {
  /// The codes of seals and what is held against them.
  package static let seals: [Code] = [
    noSeal, brokenSeal, changedFile, missingSealedFile, unsealedFile, brokenSignature, otherSeal, vanishedRelease,
    unamendedRelease, sealsUncommitted, exportsUncommitted,
  ]

  package static let noSeal = Code(
    "S020", "a site without a seal",
    why: """
      Every build writes `seal.json`, which holds the digest of each file of the site. Without it nobody can tell whether \
      the site is as it was built.
      """,
    example: "gazette verify _site",
    fix: """
      Name the folder of one site; a build for all audiences has one in `public` and one in `internal`. If the file was \
      lost, build again from the same commit.
      """)

  package static let brokenSeal = Code(
    "S021", "a seal that is not as it was written",
    why: """
      The seal holds a digest of itself, and Gazette writes it in one form only. This one was changed or cut off, so that \
      nothing it says of the site can be relied on.
      """,
    fix: "Restore `seal.json` from where the site was built, or build again from the same commit.")

  package static let changedFile = Code(
    "S022", "a file of a site that is not what was sealed",
    why: "Its bytes have another digest than they had when the site was built. One flipped bit is enough.",
    fix: "Publish the site again from where it was built, and find out who or what changed it.")

  package static let missingSealedFile = Code(
    "S023", "a file of a site that is gone",
    why: "The seal lists it, so the site had it when it was built; a file that was renamed is gone, too.",
    fix: "Publish the site again from where it was built.")

  package static let unsealedFile = Code(
    "S024", "a foreign file in a site",
    why: """
      The seal does not list it, so Gazette did not write it. That may be as it should be, for Gazette keeps the files of \
      others; it may also be a page that somebody smuggled in.
      """,
    example: "A `CNAME` file in the folder of the site.",
    fix: """
      Remove it, or put it into the folder that `theme: {files: …}` in gazette.yml names, so that it is sealed. `gazette \
      verify --strict` takes each foreign file as an error.
      """)

  package static let brokenSignature = Code(
    "S025", "a signature that does not hold",
    why: """
      `seal.dsse.json` must be a signature over this very `seal.json`, made with the private half of the key that `--key` \
      names. A seal that was made anew for a changed site fails here, and only here.
      """,
    example: "gazette verify _site --key release.pub",
    fix: """
      Make sure that the key is the right one, and that site and signature are of one build. If they are, somebody other \
      than the owner of the key made this site.
      """)

  package static let otherSeal = Code(
    "S026", "an older seal that cannot be compared",
    why: """
      `--since` holds two seals of one site against each other. A public and an internal seal say different things, and a \
      seal that is newer than the site proves nothing about its past.
      """,
    example: "gazette verify _site/public --since old/internal/seal.json",
    fix: "Name an older seal of the same site.")

  package static let vanishedRelease = Code(
    "S027", "a published release that is gone",
    why: """
      An older seal of this site has the release and today's has not. A release that customers got stays on record, \
      whatever became of it, also when the history of the repository was written anew.
      """,
    fix: "Bring the record back. What nobody should use any more has the status `withdrawn`.")

  package static let unamendedRelease = Code(
    "S028", "a published release that was changed without an amendment",
    why: """
      An older seal of this site holds digests of what the record said. Something of that is not there any more, and no \
      amendment since then names the field. Adding entries is free, as is a status that moves on.
      """,
    example: "amendments: [{at: 2026-10-21T09:00Z, by: ana, fields: [security], reason: Corrected the severity}]",
    fix: "Restore what the record said, or write an amendment that names the field, by whom, when and why.")

  package static let sealsUncommitted = Code(
    "S029", "a signature over what no commit holds",
    why: """
      A signed or gated site names the commit that it was made from. Here some files differ from that commit, or Git is \
      told to ignore them, so that nobody could make this site again.
      """,
    example: "gazette build --sign release.pem",
    fix: """
      Commit the files, or build without `--sign` and `--gated`; the seal then says that it holds what is not committed.
      """)

  package static let exportsUncommitted = Code(
    "S030", "an export of what no commit holds",
    why: """
      What leaves the site as a table or an archive names the commit that it was made from. Some files differ from that \
      commit, so that nobody could make the export again and find the same.
      """,
    example: "gazette export csv outcomes",
    fix: "Commit the files, then export.")
}
