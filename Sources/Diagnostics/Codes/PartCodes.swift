extension Code {
  /// The codes of sites that are built in parts.
  package static let parts: [Code] = [noPart, otherBuild, incompleteParts, changedPart]

  package static let noPart = Code(
    "S031", "a folder that is no part of a site",
    why: """
      `gazette build --shard` writes a file `.gazette-part` beside the pages, which says what they are a part of. The \
      folder has none, or it was cut off or changed. Some ways to hand folders from job to job leave out what begins with \
      a dot.
      """,
    example: "gazette merge _site",
    fix: """
      Name the folders that `gazette build --shard I/N` wrote, and copy each whole, with the files whose names begin with \
      a dot.
      """)

  package static let otherBuild = Code(
    "S032", "parts of different builds",
    why: """
      A site is true for one commit and one moment. Parts that were built from something else, by another version or with \
      other options would not fit each other: a page could link to one that the other build does not have.
      """,
    example: "One part was built before a push and the others after it, or `--as-of now` fell into two hours.",
    fix: """
      Build all parts from one commit, with one version of Gazette and the same options. Instead of `--as-of now` give \
      all the same moment.
      """)

  package static let incompleteParts = Code(
    "S033", "a part that is missing, or there twice",
    why: "A site without some of its pages would be no site: links and lists lead to all of them.",
    example: "gazette merge part-1 part-2, of three parts",
    fix: "Name the folder of each part, from 1/N to N/N, once.")

  package static let changedPart = Code(
    "S034", "a file of a part that is not what was built",
    why: """
      Each part lists its files with their digests. This file is not there, or has other bytes, so that the site would not \
      be what one build writes.
      """,
    fix: "Copy the part again, whole, or build it again. Change pages through the content and the theme only.")
}
