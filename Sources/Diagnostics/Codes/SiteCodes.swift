extension Code {
  /// The codes of the site on disk, and of starting one.
  package static let site: [Code] = [
    outputIsAFile, outputHoldsTheCheckout, outputIsASource, outputIsForeign, foreignFileInTheWay, sameAddress,
    outputIsReadOnly, siteExists, unreadableTags, noTags, noChangelog,
  ]

  package static let outputIsAFile = Code(
    "S001", "an output that is not a folder",
    why: """
      A site is a folder of files. What stands at the place where it should go is a file, or something else that is no \
      folder, and Gazette does not delete what it did not write.
      """,
    example: "gazette build --output README.md",
    fix: "Name another folder with `--output`, or remove what is there.")

  package static let outputHoldsTheCheckout = Code(
    "S002", "an output that is the checkout, or holds it",
    why: """
      The site would be written over the repository that it is made from. Its pages would become sources of the next \
      build, and a file of the same name would be lost.
      """,
    example: "gazette build --output .",
    fix: "Name a folder of its own with `--output`, such as `_site`, and list it in .gitignore.")

  package static let outputIsASource = Code(
    "S003", "an output inside of what the site is made from",
    why: """
      The content folder, the folders of the theme and Git's own folder are read to make the site, and by `gazette merge` \
      the parts. A site written into one of them would be read as a source the next time, or would damage what is there.
      """,
    example: "gazette build --output content/site",
    fix: "Name a folder beside them with `--output`, such as `_site`.")

  package static let outputIsForeign = Code(
    "S004", "an output with files that Gazette did not write",
    why: """
      Gazette lists the files of a site in `.gazette-manifest` and later replaces and removes only those. The folder has \
      files but no such list, so it is probably meant for something else.
      """,
    example: "gazette build --output ~/Documents",
    fix: """
      Name an empty or new folder with `--output`. If the folder is the right one, build once with `--force`: what \
      stands at the address of a page is then replaced, and all other files are kept.
      """)

  package static let foreignFileInTheWay = Code(
    "S005", "a file that Gazette did not write, where a page should be",
    why: """
      The site has a file at this address, but so has the output already, and Gazette did not write that one. Nothing was \
      changed.
      """,
    example: "A hand-written `404.html` in the output folder.",
    fix: """
      Move the file away. If it should be part of the site, put it into the folder that `theme: {files: …}` in gazette.yml \
      names. `--force` replaces it.
      """)

  package static let sameAddress = Code(
    "S006", "two files with one address",
    why: "One of the two would overwrite the other, and which one is seen would be chance.",
    example: "A file `feed.atom` in the folder that `theme: {files: …}` names.",
    fix: "Rename one of the two, or leave one out.")

  package static let outputIsReadOnly = Code(
    "S007", "an output that may not be written",
    why: "The account that runs Gazette may not create files in the folder, or its disk is mounted read-only.",
    fix: "Change the permissions of the folder, or name another one with `--output`.")

  package static let siteExists = Code(
    "S010", "a site that is already there",
    why: "`gazette init` writes new files only. The folder has a gazette.yml, which people may have changed since.",
    example: "gazette init",
    fix: "Change content/gazette.yml by hand, or start another site in another folder with `--content`.")

  package static let unreadableTags = Code(
    "S011", "tags that are no versions",
    why: """
      Gazette chooses the strictest way of writing versions that fits the tags of a product. Tags that look like the \
      others but are no versions in it would not become releases.
      """,
    example: "The tags v1.0.0, v1.1.0 and v1.next",
    fix: """
      Nothing, if these tags are no releases. Otherwise choose another `versioning` in the product's file, or change the \
      pattern in `tags`.
      """)

  package static let noTags = Code(
    "S012", "a repository without version tags",
    why: """
      With `discover`, each tag that holds a version becomes a release. Without tags the site has only the releases that \
      have a record.
      """,
    fix: """
      Tag a release, such as `git tag -a v1.0.0 -m 'First release'`, or fetch the tags of the original with `git fetch \
      --tags`. Or write a record: content/releases/PRODUCT/1.0.0.yml with `status: released` and a date.
      """)

  package static let noChangelog = Code(
    "S013", "a changelog that was not found",
    why: """
      Release notes come from the section of the version in a changelog, where there is one. Without one they are the \
      subjects of the commits, which are seldom written for readers.
      """,
    fix: "Name the changelog's path in the product's file: `changelog: docs/CHANGES.md`.")
}
