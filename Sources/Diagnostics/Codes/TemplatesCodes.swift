extension Code {
  /// The codes of templates.
  package static let templates: [Code] = [
    unknownName, unescapedText, escapedHTML, unprintable, unclosedSection, strayEnd, unclosedTag, malformedTag,
    unknownInclusion, templateCycle, unknownBlock, repeatedBlock, textInParent, unknownOverride, templateNotUTF8,
    nestedTooDeep, tooLarge, unknownTemplate,
  ]

  package static let unknownName = Code(
    "T001", "a name in a template that the page does not have",
    why: """
      Usual Mustache shows an unknown name as nothing, and skips a section on one. On a page of record that is a silent \
      lie: a misspelt `{{#advisories}}` looks like a release without any. A value that may be absent is there and empty.
      """,
    example: "<h1>{{release.titel}}</h1>",
    fix: """
      Write the name as the page has it; `gazette build --plan` prints the data of every page. Names are looked up in the \
      innermost section first, then outwards; after a dot only in what stands before it.
      """)

  package static let unescapedText = Code(
    "T002", "text that a template shows unescaped",
    why: """
      Text comes from authors, commits and tools. Shown as it is, a `<script>` in a commit message would run in the \
      browser of every reader. Only HTML that Gazette made and checked itself, such as rendered notes, may be raw.
      """,
    example: "<p>{{{release.title}}}</p>",
    fix: "Write two braces: `{{release.title}}`. To show formatted text, use the field that holds it as HTML.")

  package static let escapedHTML = Code(
    "T003", "HTML that a template would escape",
    why: "The page would show its tags as text, `<p>` and all.",
    example: "<div class=\"notes\">{{release.notes}}</div>",
    fix: "Write three braces: `{{{release.notes}}}`.")

  package static let unprintable = Code(
    "T004", "a list or record where a template shows a value",
    why: "A list or a record has no text of its own, and what to show of it is for the template to say.",
    example: "<p>{{release}}</p>",
    fix: "Name one of its fields, `{{release.version}}`, or open a section on it: `{{#releases}}…{{/releases}}`.")

  package static let unclosedSection = Code(
    "T005", "a section or block that is never closed",
    why: "Where it ends decides what is repeated or left out, and guessing would change the page.",
    example: "{{#releases}}<li>{{version}}</li>",
    fix: "Add the end tag with the same name, `{{/releases}}`, in the same template as the opening tag.")

  package static let strayEnd = Code(
    "T006", "an end tag that closes nothing",
    why: "Sections close in the order opposite to that in which they were opened, each by its own name.",
    example: "{{#releases}}<li>{{version}}</li>{{/release}}",
    fix: "Give the end tag the name of the innermost open section, or remove it.")

  package static let unclosedTag = Code(
    "T007", "a tag without closing delimiter",
    why: "Everything up to the next `}}` would become part of the name and vanish from the page.",
    example: "<h1>{{title}</h1>",
    fix: "Close the tag with `}}`, or `}}}` after three braces. To show `{{` itself, set other delimiters around it.")

  package static let malformedTag = Code(
    "T008", "a tag that is not of the template language",
    why: """
      A tag names one thing. Lambdas, names that are looked up in the data (`{{>*name}}`), pragmas and expressions are \
      not part of the language: a template shows data and computes nothing.
      """,
    example: "{{release title}}",
    fix: """
      Use letters, digits, `_` and `-` in names, dots between the parts of a path, `/` in the names of templates, and two \
      words in `{{=<% %>=}}`.
      """)

  package static let unknownInclusion = Code(
    "T009", "a partial or parent that does not exist",
    why: "Usual Mustache includes nothing in its place, so that a page silently loses its head or its navigation.",
    example: "{{>haed}}",
    fix: "Name a template by its path in `partials/`, or in the templates folder, without `.mustache`; or add the file."
  )

  package static let templateCycle = Code(
    "T010", "templates that include each other in a cycle",
    why: """
      What a template includes is put in its place once, before there is any data, so a template inside itself would \
      never end.
      """,
    example: "{{! in partials/tree.mustache }}\n{{#children}}{{>tree}}{{/children}}",
    fix: "Break the cycle. Data of a few levels is written out level by level.")

  package static let unknownBlock = Code(
    "T011", "a block for which the parent has no place",
    why: "What it holds would not be shown anywhere.",
    example: "{{<page}}{{$mian}}…{{/mian}}{{/page}}",
    fix: "Write the name as the parent has it, or add the block to the parent: `{{$main}}{{/main}}`.")

  package static let repeatedBlock = Code(
    "T012", "a block that is given twice",
    why: "Only one of the two would be shown.",
    example: "{{<page}}{{$title}}A{{/title}}{{$title}}B{{/title}}{{/page}}",
    fix: "Keep one of the two.")

  package static let textInParent = Code(
    "T013", "text in a parent tag outside its blocks",
    why: "A parent tag takes blocks and nothing else; other text inside it is never shown.",
    example: "{{<page}}<h1>Lost</h1>{{$main}}…{{/main}}{{/page}}",
    fix: "Move it into one of the blocks, make it a comment `{{! … }}`, or remove it.")

  package static let unknownOverride = Code(
    "T014", "a template of yours that nothing uses",
    why: """
      A file in the templates folder replaces the built-in template of the same name, or is included by another of yours. \
      This one does neither: its name is probably misspelt, and the built-in template is shown instead.
      """,
    example: "{{! in templates/relase.mustache }}",
    fix: "Rename the file after the template that it should replace, include it, or remove it.")

  package static let templateNotUTF8 = Code(
    "T015", "a template that is not UTF-8",
    why: "Pages are UTF-8; bytes of another encoding would be shown as other letters or not at all.",
    fix: "Save the file in the encoding UTF-8.")

  package static let nestedTooDeep = Code(
    "T016", "template tags nested too deep",
    why: "Nobody needs a hundred levels, and a page that did could exhaust the machine's stack.",
    fix: "Nest fewer sections, blocks and partials inside each other.")

  package static let tooLarge = Code(
    "T017", "a template that grows too large",
    why: """
      Partials are put in place before there is any data. Partials that include others several times, which do the same, \
      double with each level.
      """,
    example: "{{! in partials/a.mustache, and so on to partials/z }}\n{{>b}}{{>b}}",
    fix: "Include a partial once and repeat it with a section.")

  package static let unknownTemplate = Code(
    "T018", "a page whose template does not exist",
    why: "Every kind of page is drawn by the template of its name.",
    fix: "Add the template; the built-in ones cannot be removed, only replaced.")
}
