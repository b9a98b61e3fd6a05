extension Code {
  /// The codes of Markdown.
  package static let markdown: [Code] = [
    referencePattern, unsafeLink, missingLinkedFile, unpublishedFile, missingImage, remoteImage, missingHeading,
    nestedTooDeeply, shownHTML, misplacedInternalMarker, repeatedSection, unreadableVersionHeading,
  ]

  package static let referencePattern = Code(
    "M001", "a reference pattern that cannot be used",
    why: """
      `references` in gazette.yml turns what matches a regular expression into links, in every text of the site. A \
      pattern that does not compile, that matches nothing at all, or that leads elsewhere than to the web would do \
      harm in all of them.
      """,
    example: "references:\n  - {match: '#(\\d+', url: 'https://code.harbor.example/issues/$1'}",
    fix: "Mend the pattern. `$1` in the address stands for what the first group in parentheses matched.")

  package static let unsafeLink = Code(
    "M002", "a link that no page may have",
    why: """
      Pages link with `http`, `https` and `mailto` and to files of the checkout. Other schemes run code, open programs \
      or hide where they lead. The words of the link stay, the link is left out.
      """,
    example: "[Open the console](javascript:openConsole())",
    fix: "Link to an address that begins with `https://`, or to a file of the checkout.")

  package static let missingLinkedFile = Code(
    "M003", "a link to a file that does not exist",
    why: """
      A relative link leads to a file of the checkout, relative to the file that the text stands in, and becomes a \
      link to the page that shows it. Where there is no file, readers would find nothing.
      """,
    example: "See [how to upgrade](../pages/upgade.md).",
    fix: "Mend the path. One that begins with `/` is relative to the checkout.")

  package static let unpublishedFile = Code(
    "M004", "a link to a file that is not part of the site",
    why: """
      The file exists in the checkout, but no page shows it, and the checkout itself may be out of the readers' reach. \
      The words of the link stay, the link is left out.
      """,
    example: "The reasons are in [the plan](../../docs/plan.md).",
    fix: "Link to where the file is published, or make it a page in `content/pages/`.")

  package static let missingImage = Code(
    "M005", "an image that cannot be shown",
    why: """
      An image is a file of the checkout beside the text, as PNG, JPEG, GIF, WebP, AVIF or SVG, and is copied with the \
      site. Where there is none, its alternative text is shown.
      """,
    example: "![Latency before and after](latencyy.svg)",
    fix: "Mend the path, or add the file to the checkout.")

  package static let remoteImage = Code(
    "M006", "an image from elsewhere",
    why: """
      No request leaves the site: an image on another server would tell it who reads which notes, would be missing \
      offline, and may change after publication. A link with its alternative text is shown instead.
      """,
    example: "![build](https://ci.harbor.example/badge.svg)",
    fix: "Put the image into the checkout and show it with its path, or link to it.")

  package static let missingHeading = Code(
    "M007", "a link to a heading that the text does not have",
    why: """
      A link that begins with `#` leads to a heading of the same text. The notes of one release are a text of their \
      own: what stands elsewhere in the changelog is on another page.
      """,
    example: "## Upgrading\n\nSee [Known issues](#know-issues).\n\n## Known issues",
    fix: "Name a heading of this text in lower case with hyphens, or link to the file that has it.")

  package static let nestedTooDeeply = Code(
    "M008", "a text that is nested too deeply",
    why: """
      Quotes, lists and brackets inside each other, hundreds of levels deep, are never meant; they cost the program \
      and the readers' browsers time that grows with the square of the depth.
      """,
    example: ">>>>>>>>>> (and a hundred more)",
    fix: "Take out levels until fewer than a hundred are left.")

  package static let shownHTML = Code(
    "M009", "HTML that is shown as text",
    why: """
      HTML in a text could run scripts, load things from elsewhere and break the page, so it is shown as the text that \
      it is and nothing is lost. Only `<br>`, `<details>` with `<summary>`, `<kbd>`, `<sub>`, `<sup>`, `<small>`, \
      `<b>`, `<i>`, `<em>` and `<strong>`, without attributes and closed where they must be, are markup. Comments \
      are left out.
      """,
    example: "<p align=\"center\">Welcome</p>",
    fix: "Write it in Markdown. Put HTML that readers shall see between backticks.")

  package static let misplacedInternalMarker = Code(
    "M010", "a marker of internal text that does not begin a quote",
    why: """
      A quote that begins with `[!INTERNAL]` is left out for the public. Where the marker stands elsewhere it is not \
      sure what it is meant to hide, so the whole block is held back.
      """,
    example: "> The cause was known.\n> [!INTERNAL]\n> It was the cache.",
    fix: "Make the marker the first line of a quote of its own.")

  package static let repeatedSection = Code(
    "M011", "a version with two sections in a changelog",
    why: "The notes of a release are the section of its version. Where there are two, only the first is taken.",
    example: "## 1.2.0\n\n- Fast search\n\n## 1.2.0\n\n- Slow search",
    fix: "Join the two sections, or mend the version of one.")

  package static let unreadableVersionHeading = Code(
    "M012", "a heading of a changelog that looks like a version and is none",
    why: """
      Sections are found by their versions, which must be written as the product's `versioning` says. What stands \
      under a heading that is no version becomes part of the section above it.
      """,
    example: "## 1.2\n\nwith `versioning: semver`",
    fix: "Write the version in full, or change `versioning` in the product's file.")
}
