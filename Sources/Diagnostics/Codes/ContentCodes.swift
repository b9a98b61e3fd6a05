extension Code {
  /// The codes of content.
  package static let content: [Code] = [
    malformedYAML, unknownKey, duplicateKey, missingKey, wrongForm, yamlBeyondFormat, severalDocuments,
    malformedFrontMatter, malformedJSON, malformedTime, malformedValue, unknownWord, malformedIdentifier,
    malformedVersion, malformedPath, malformedDigest, malformedAddress, malformedPattern, excludedKey, endsBeforeBegin,
    setTwice, sameRelease, unknownFile, notesWithoutRecord, missingSite, unknownReference, wrongDigest,
    duplicateIdentifier, sharedAddress, overlappingLines, takenName, futureFact,
  ]

  package static let malformedYAML = Code(
    "C001", "a file that is not YAML",
    why: "What cannot be read cannot be published, and guessing what was meant would put words into a record.",
    example: "title: Search: faster",
    fix: "Put values that hold `: `, ` #` or begin with a special character in quotes, indent with spaces, and close "
      + "quotes and brackets. An editor with YAML support shows most of these while you type.")

  package static let unknownKey = Code(
    "C002", "an unknown key",
    why: "A misspelt key would otherwise be ignored, and what it says would silently be missing from the site.",
    example: "relased: 2026-10-20",
    fix:
      "Correct the spelling, or remove the key. `gazette schema` writes JSON Schemas that let an editor complete keys.")

  package static let duplicateKey = Code(
    "C003", "a key that stands twice in one mapping",
    why: "Readers of YAML differ in which of the two they take; a record must have one meaning.",
    example: "owner: ana\nowner: ben",
    fix: "Keep one of them.")

  package static let missingKey = Code(
    "C004", "a required key that is missing or empty",
    why: "Pages and rules rely on it.",
    example: "approvals:\n  - {role: security, decision: approved}",
    fix: "Add the key to the mapping that is pointed at.")

  package static let wrongForm = Code(
    "C005", "a value of the wrong form",
    why: "A list, a mapping and a single value mean different things, and so does an empty text.",
    example: "authors: ana",
    fix:
      "Write a list as `[ana, ben]` or with `- ` lines, a mapping as `{key: value}` or with `key: value` lines. Leave "
      + "a key out when there is nothing to say.")

  package static let yamlBeyondFormat = Code(
    "C006", "an anchor, an alias or a tag",
    why:
      "Records are read by people and reviewed line by line; a value that stands somewhere else hides what changed, and "
      + "a few lines of aliases can unfold into gigabytes.",
    example: "owner: &lead ana\nauthors: [*lead]",
    fix:
      "Write each value out where it is needed, and leave tags such as `!!str` out. Put a value that begins with `&`, "
      + "`*` or `!` in quotes.")

  package static let severalDocuments = Code(
    "C007", "more than one document in a file",
    why: "One file is one record, so that its history in Git is the history of that record.",
    example: "status: released\n---\nstatus: planned",
    fix: "Put each document into a file of its own.")

  package static let malformedFrontMatter = Code(
    "C008", "front matter that is missing or does not end",
    why:
      "The lines between two `---` at the head of a Markdown file are what Gazette reads; without the second the whole "
      + "text would be taken for YAML.",
    example: "---\nkind: fix\nThe text begins here.",
    fix: "Begin the file with a line `---`, write the keys, close with a line `---`, then write the text.")

  package static let malformedJSON = Code(
    "C009", "a file that is not JSON, or not of the expected form",
    why: "What cannot be read cannot be published.",
    example: "[{\"cycle\": \"3.13\", \"eol\": \"2029-13-31\"}]",
    fix:
      "Write the file in the format of endoflife.date: a list of objects with `cycle`, `releaseDate`, `eol`, `latest`, `lts`."
  )

  package static let malformedTime = Code(
    "C010", "a day, moment, duration, zone or rule of recurrence that does not exist",
    why:
      "Times decide what is shown, what is supported and what was approved in time. A moment without an offset means "
      + "a different moment to each reader.",
    example: "released: 2026-02-30",
    fix:
      "Write days as `2026-11-02`, moments as `2026-11-02T09:00+01:00` or `2026-11-02T09:00Z`, durations as `PT2H` or "
      + "`P6D`, zones as `Europe/London`.")

  package static let malformedValue = Code(
    "C011", "a value that is not of its kind",
    why: "A number, a truth value or a language tag can only be used when it is one.",
    example: "roadmap: yes",
    fix: "Write `true` or `false`, numbers in digits, languages as `en-GB`.")

  package static let unknownWord = Code(
    "C012", "a word that is none of those a key allows",
    why: "Each of the words means something definite to rules and pages; another would mean nothing.",
    example: "status: relased",
    fix: "Use one of the words that the message or the guide lists.")

  package static let malformedIdentifier = Code(
    "C013", "an id with other characters than a–z, 0–9 and `-`",
    why: "Ids become addresses and file names, are compared byte by byte, and must not look like one another.",
    example: "owner: Ana Ruiz",
    fix: "Use small letters, digits and `-`, beginning with a letter or a digit, at most 64 of them. For products, "
      + "incidents, exercises and fragments the name of the file is the id.")

  package static let malformedVersion = Code(
    "C014", "a version that is not one of the product's scheme",
    why:
      "Versions that cannot be compared cannot be put in order, and `latest`, upgrades and support lines depend on it.",
    example: "releases/gateway/2.x.yml with `versioning: semver`",
    fix: "Rename the file to a version of the scheme, or choose another `versioning` in the product's file.")

  package static let malformedPath = Code(
    "C015", "a path that is not inside the checkout",
    why:
      "A site is made of what is in the checkout; a path that leaves it differs from machine to machine and may publish "
      + "what was never meant for it.",
    example: "path: ../../etc/passwd",
    fix: "Write the path relative to the top of the checkout, such as `content/pages/upgrade.md`.")

  package static let malformedDigest = Code(
    "C016", "a digest or hash that is none",
    why: "A digest proves something only when all of it is there.",
    example: "digest: 'sha256:12ab'",
    fix:
      "Copy the digest that `sha256sum` prints, with `sha256:` before it where the key is `digest`, or the hash that "
      + "`git rev-parse` prints.")

  package static let malformedAddress = Code(
    "C017", "an address that is none",
    why: "A link or a feed with a broken address helps nobody.",
    example: "url: releases.example.org",
    fix: "Begin web addresses with `https://`; write e-mail addresses as `name@example.org`.")

  package static let malformedPattern = Code(
    "C018", "a pattern that cannot be used",
    why: "A pattern that matches nothing would silently let everything pass.",
    example: "patterns: ['HARB-(\\d+']",
    fix: "Correct the regular expression; for tags, write `{version}` exactly once.")

  package static let excludedKey = Code(
    "C019", "two keys that exclude each other",
    why: "They say the same thing in two ways, and one of them would win silently.",
    example: "commit: 3f2a91c\ncommits: [{source: main, commit: 3f2a91c}]",
    fix: "Keep one of them.")

  package static let endsBeforeBegin = Code(
    "C020", "something that ends before it begins",
    why: "One of the two dates is wrong.",
    example: "{id: 2026-h2, from: 2026-12-31, to: 2026-07-01}",
    fix: "Correct or swap the dates.")

  package static let setTwice = Code(
    "C021", "a single value that a record and its parts set more than once",
    why: "A part adds entries to lists; which of two single values holds would depend on the names of files. Only of a "
      + "review and a validation the first counts, for two people may make one at once: when it was, and who led it.",
    example: "2.4.0.yml: owner: ana\n2.4.0.d/10-owner.yml: owner: ben",
    fix: "Keep the value in one of the files, with all that the other says.")

  package static let sameRelease = Code(
    "C022", "two files for one release",
    why:
      "A release has one record. File names that differ only in case are one file on some machines and two on others.",
    example: "releases/gateway/2.0.0-RC.1.yml\nreleases/gateway/2.0.0-rc.1.yml",
    fix: "Keep one of the files and move what the other says into it.")

  package static let unknownFile = Code(
    "C023", "a file that Gazette does not read",
    why: "A misspelt folder or extension would otherwise leave a record out without a word.",
    example: "content/release/gateway/2.4.0.yml",
    fix:
      "Rename the file or folder as the guide's picture of the checkout shows, or keep it outside the content folder.")

  package static let notesWithoutRecord = Code(
    "C024", "notes of a release that does not exist",
    why: "Nothing says what the notes belong to, so that nobody would see them.",
    example: "releases/gateway/2.4.0.md without 2.4.0.yml and without a tag for 2.4.0",
    fix: "Write the record beside the notes (`status: released` is enough), tag the version, or rename the notes.")

  package static let missingSite = Code(
    "C025", "content without gazette.yml",
    why: "The site's title, people and environments stand in it; everything else refers to them.",
    fix: "Run `gazette init`, or write `title: …` into `gazette.yml` in the content folder.")

  package static let unknownReference = Code(
    "C026", "a name that nothing has",
    why:
      "A record that names a person, product or version that does not exist cannot be followed by whoever audits it.",
    example: "owner: anna",
    fix:
      "Correct the spelling, or add what is named: people, teams and environments in gazette.yml, windows and trains in "
      + "calendar.yml, the others in files of their own.")

  package static let wrongDigest = Code(
    "C027", "evidence that is not what was pinned",
    why:
      "The digest says which bytes proved the point; other bytes prove another. The file counts for nothing: rules that "
      + "need it fail, or cannot be verified.",
    example: "sha256: '4d967a…' for a file with another digest",
    fix: "Restore the file, or, when the new file is right, correct the digest and say so in `amendments`.")

  package static let duplicateIdentifier = Code(
    "C028", "an id that is used twice",
    why: "Links, anchors and references need one thing behind each id.",
    example:
      "changes:\n  - {id: search-fast, kind: feature, text: Faster}\n  - {id: search-fast, kind: fix, text: Fixed}",
    fix: "Give one of them another id; ids that were published should stay.")

  package static let sharedAddress = Code(
    "C029", "an e-mail address that belongs to two people",
    why: "Commits are attributed by address; an approval must not count for the wrong person.",
    example: "ana: {name: Ana, emails: [team@example.org]}\nben: {name: Ben, emails: [team@example.org]}",
    fix: "Leave the address with one of them, or list it under `bots` when a machine uses it.")

  package static let overlappingLines = Code(
    "C030", "a version that is on two release lines",
    why: "Its support dates would depend on the order of the lines.",
    example: "lines:\n  - {id: '2', match: '2.*'}\n  - {id: '2.1', match: '2.1.*'}",
    fix: "Make the patterns of the lines exclude each other.")

  package static let takenName = Code(
    "C031", "a former id that something else has",
    why: "Old links must lead to one page, and the living page would win.",
    example: "formerly: [gateway] while a product `gateway` exists",
    fix: "Remove the former id, or rename what has it now.")

  package static let futureFact = Code(
    "C032", "a fact that is dated after the moment for which the site is made",
    why:
      "What has happened cannot lie in the future; either the date is wrong, or the site is made for an earlier moment.",
    example: "status: released\nreleased: 2099-01-01",
    fix:
      "Correct the date; set the status to `planned` and use `scheduled` for what is to come; or build with a later `--as-of`. "
      + "What has just happened is committed first: the newest commit is taken for now.")
}
