extension Code {
  /// The codes of what comes from elsewhere.
  package static let imports: [Code] = [importUnreadable, importLeftOut, importOverwrites, importClash]

  package static let importUnreadable = Code(
    "S061", "an import of something that is not of its format",
    why: """
      An import writes what it understood. Of a file that is something else it would write nothing, or worse, a part; so \
      it stops, and writes nothing at all.
      """,
    example: "gazette import openstack-releases README.rst",
    fix: "Name the right files, or the right format: `gazette import --help` says what each one reads.")

  package static let importLeftOut = Code(
    "S062", "a part of an input that an import left out",
    why: """
      Not everything that others write down has a place in a record, and what is no version, has no day or is not \
      published yet would be wrong in one. What is left out is said with its line, so that nothing goes missing unseen.
      """,
    example: "A draft in an export of GitHub's releases.",
    fix: "Nothing, if it may be missing. Otherwise write it into the content by hand, as the help of the finding says.")

  package static let importOverwrites = Code(
    "S063", "an import that would overwrite a file",
    why: """
      Records are written by people and kept in Git. An import never replaces one, for nobody could tell afterwards what \
      had been added to it.
      """,
    example: "The same `gazette import git-tags` a second time.",
    fix: "Import with `--only-new`, which keeps what is there, or move the file away first.")

  package static let importClash = Code(
    "S064", "two inputs of an import that become one file",
    why: "Of two texts for one file either would be lost, and which one would depend on the order of the inputs.",
    example: "gazette import endoflife a/python.md b/python.md",
    fix: "Import one of them, or give them different names.")
}
