extension Code {
  package static let deadLink = Code(
    "L001", "a link to a page that the site does not have",
    why: "A reader who follows it finds nothing, and an archived site keeps the mistake for ever.",
    example: "<a href=\"../2.4.O/\">2.4.0</a>",
    fix:
      "Correct the address. Link to Markdown files and records of the checkout, such as `../releases/gateway/2.4.0.md`; Gazette turns those into addresses that stay right."
  )

  package static let deadAnchor = Code(
    "L002", "a link to a place that the page does not have",
    why: "The reader lands at the top of a page and searches. Anchors change when headings are rewritten.",
    example: "[how to upgrade](upgrade.md#steps-to-take)",
    fix: "Take the anchor of a heading as the built page has it, or give the change an `id` and link to that.")

  package static let privateMatterLeaks = Code(
    "L003", "something private in the public site",
    why:
      "`private:` in gazette.yml lists links and patterns that must never be published. Gazette reads every file as a reader would and refuses to write a site that has one.",
    example: "text: 'Fixes HARB-2041, see https://tracker.harbor.example/2041'",
    fix: "Say it without the private name, put it into a `> [!INTERNAL]` quote, or mark the entry `audience: internal`."
  )

  package static let addressLeaks = Code(
    "L004", "a person's address in the public site",
    why: "Addresses of people in gazette.yml are there to recognise commits. None of them is ever published.",
    example: "comment: 'Ask ana@harbor.example'",
    fix: "Name a role's mailbox that is nobody's own, or leave the address out.")

  package static let embargoLeaks = Code(
    "L005", "something under embargo in the public site",
    why:
      "Until `embargo_until` nothing may name the vulnerability: not a note, an anchor, a file name or the search index.",
    example: "# content/pages/faq.md\nWe are looking into CVE-2026-1234.",
    fix: "Take the name out of the text until the embargo ends, or mark the text `audience: internal`.")

  package static let internalTextLeaks = Code(
    "L006", "an internal text in the public site",
    why: "Eight words in a row of a text that only the internal site may show stand in a public file.",
    example: "# reason: of an internal release, pasted into a public page",
    fix: "Rewrite the public text, or make the internal one public where that is meant.")

  package static let unreadableMetadata = Code(
    "L007", "an image with text that cannot be looked into",
    why:
      "The image carries compressed text (a PNG chunk `zTXt` or a compressed `iTXt`), so nobody can say that nothing private is in it.",
    example: "diagram.png, exported with comments",
    fix: "Save the image without metadata, for example with `exiftool -all= FILE`.")

  /// The codes of links.
  package static let links: [Code] = [
    deadLink, deadAnchor, privateMatterLeaks, addressLeaks, embargoLeaks, internalTextLeaks, unreadableMetadata,
  ]
}
