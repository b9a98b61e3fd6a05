extension Code {
  /// The codes of evidence.
  package static let evidence: [Code] = [
    missingEvidence, malformedEvidence, unexpectedEvidence, evidenceOverLimit, evidenceEntity, evidenceEncoding,
    unknownEvidenceFormat, unrecognisedEvidence, lfsPointer, wrongStoredDigest, emptyEvidence,
  ]

  package static let missingEvidence = Code(
    "E001", "evidence that is not there",
    why: """
      A record that names a file claims that the file proves something. Without the file nobody can check it, and every \
      rule that needs it fails.
      """,
    example: "evidence: [{id: unit, kind: tests, path: content/evidence/gateway/2.4.0/unti.xml}]",
    fix: "Correct the path, which is relative to the top of the checkout, or add the file.")

  package static let malformedEvidence = Code(
    "E002", "evidence that is not well-formed",
    why: """
      A report that breaks off or is damaged may lack just the failures. Gazette reads no half of a file: what cannot be \
      read to its end proves nothing.
      """,
    example: "<testsuites><testsuite name=\"unit\"><testcase name=\"adds\"/>",
    fix: "Let the tool write the file again, and see that the job does not stop before the file is complete.")

  package static let unexpectedEvidence = Code(
    "E003", "evidence that is not of its format",
    why: """
      The file is sound, but what stands at this place is not what its format has there. Reading on would be guessing, \
      and a guess must not become a proof.
      """,
    example: #"{"version": "2.1.0", "runs": "none"}"#,
    fix: "See whether the tool writes another version or format; `format:` in the entry says what the file is.")

  package static let evidenceOverLimit = Code(
    "E004", "evidence beyond a limit",
    why: """
      Evidence comes from many tools and may come from an attacker. Limits on size, depth and count keep one file from \
      stopping the build.
      """,
    fix: "Split the report, leave out what only fills it, or keep the file elsewhere with `url`, `sha256` and `size`.")

  package static let evidenceEntity = Code(
    "E005", "evidence that uses an XML entity",
    why: """
      Entities can pull in other files and can grow without bound. Only the five of XML itself and numbers of characters \
      are read; a document type is skipped and never fetched.
      """,
    example: "<!DOCTYPE testsuites [<!ENTITY host \"ci\">]>\n<testsuites name=\"&host;\"/>",
    fix: "Let the tool write the text itself.")

  package static let evidenceEncoding = Code(
    "E006", "evidence in an encoding that is not read",
    why: "Names and messages would come out wrong, and two readers could see two different reports.",
    example: "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>",
    fix: "Write the file as UTF-8. XML may also be UTF-16, ISO-8859-1 or Windows-1252, JSON also UTF-16.")

  package static let unknownEvidenceFormat = Code(
    "E007", "an unknown format of evidence",
    why: "`format` says as what a file is to be read. A word that Gazette does not know would let it pass unread.",
    example: "evidence: [{id: unit, kind: tests, format: xunit, path: content/evidence/gateway/2.4.0/unit.xml}]",
    fix: "Use a format of the list, or leave `format` out: Gazette finds it from the content.")

  package static let unrecognisedEvidence = Code(
    "E008", "evidence of no format that is read",
    why: """
      Nothing in the file tells what it is, so it is kept with its name, size and digest, and no rule can look into it.
      """,
    fix:
      "Write `kind: document` if it is for people only; else give the `format`, or let the tool write one of the list.")

  package static let lfsPointer = Code(
    "E009", "evidence that Git LFS has not fetched",
    why: """
      In place of the file the checkout holds a few lines that name its digest. The file counts as referenced, not as \
      read: rules that need its content cannot be judged.
      """,
    example: "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a…\nsize 12345",
    fix: "Run `git lfs pull`, check out with `lfs: true`, or give the folder of the files with `--evidence-store`.")

  package static let wrongStoredDigest = Code(
    "E010", "a file in the evidence store that is not what its name says",
    why: "The store keeps files by their digest. One that has another digest was damaged or replaced.",
    fix: "Remove it from the store and fetch it again from where it came.")

  package static let emptyEvidence = Code(
    "E011", "an empty file as evidence",
    why: "A file without content is what a job leaves that stopped before its tool could write. It proves nothing.",
    fix: "See why the job wrote nothing, and replace the file.")
}
