import Diagnostics
import Templates
import TestSupport
import Testing

/// What is wrong with a template is found, at its place, and nothing else is.
@Suite("Findings in templates")
struct DiagnosticTests {
  /// The findings of one template, alone or among others, in compiling and in rendering.
  private func findings(
    _ marked: String, _ data: Value = [:], with others: [String: String] = [:]
  ) -> [String] {
    let input = MarkedText(marked)
    let fixture = TemplateFixture(others.merging(["page": input.text]) { _, page in page })
    return input.findings(of: fixture.page("page", data).report, in: "page.mustache")
  }

  private func messages(_ template: String, _ data: Value = [:], with others: [String: String] = [:]) -> [String] {
    let fixture = TemplateFixture(others.merging(["page": template]) { _, page in page })
    return fixture.page("page", data).report.diagnostics.map { "\($0.message); \($0.help ?? "no help")" }
  }

  @Test("An unknown name is reported once, with the name that was probably meant")
  func unknownName() {
    let data: Value = ["title": "Gateway", "rows": [["n": 1], ["n": 2]]]
    #expect(findings("<h1>{{1️⃣titel}}</h1>", data) == ["1 T001"])
    #expect(findings("{{#rows}}\n  é{{ 1️⃣m }}\n{{/rows}}", data) == ["1 T001"])
    #expect(findings("{{#1️⃣row}}x{{/row}}{{^2️⃣row}}x{{/row}}", data) == ["1 T001", "2 T001"])
    #expect(messages("{{titel}}", data) == ["`titel` is unknown here; did you mean `title`?"])
    #expect(messages("{{#rows}}{{titel}}{{/rows}}", data) == ["`titel` is unknown here; did you mean `title`?"])
    #expect(messages("{{xyz}}", data) == ["`xyz` is unknown here; use one of `rows`, `title`"])
  }

  @Test("The part of a dotted name that a record lacks is reported, and a part of null is null")
  func unknownPart() {
    let data: Value = ["release": ["version": ["text": "1.0"], "title": nil, "count": 3]]
    #expect(findings("{{release.1️⃣versoin.text}}", data) == ["1 T001"])
    #expect(findings("{{release.version.1️⃣txt}}", data) == ["1 T001"])
    #expect(findings("{{release.title.short.text}}{{#release.title.a}}x{{/release.title.a}}", data) == [])
    #expect(findings("{{release.count.1️⃣a}}", data) == ["1 T001"])
    #expect(messages("{{release.versoin}}", data) == ["`release` has no `versoin`; did you mean `version`?"])
    #expect(
      messages("{{release.count.a}}", data) == [
        "`release.count` is a number and has no `a`; end the name before the dot, or name a record"
      ])
  }

  @Test("A finding in a partial points into the partial and says which template is drawn")
  func unknownNameInPartial() throws {
    let partial = MarkedText("<head>\n  <title>{{1️⃣title}}</title>\n")
    let fixture = TemplateFixture(["page": "  {{>head}}\n{{>head}}\n", "head": partial.text])
    let report = fixture.page("page").report
    #expect(partial.findings(of: report, in: "head.mustache") == ["1 T001"])
    #expect(report.diagnostics.first?.notes.map(\.text) == ["drawing the template `page`"])
  }

  @Test("Pages of one template give one finding for one place")
  func findingsOfManyPages() {
    let fixture = TemplateFixture(["page": "{{#rows}}{{a}}{{b}}{{/rows}}"])
    var report = Report()
    var bytes: [UInt8] = []
    for page in 0..<10 {
      fixture.library.render("page", with: ["rows": [["c": .number(page)], [:]]], into: &bytes, report: &report)
    }
    #expect(report.diagnostics.map(\.message) == ["`a` is unknown here", "`b` is unknown here"])
  }

  @Test("Text shown raw, HTML shown escaped, and what has no text are findings")
  func kinds() {
    let data: Value = [
      "text": "<b>", "html": .html(SafeHTML(trusted: "<b>x</b>")), "list": [1], "record": [:], "none": nil,
      "flag": true,
      "number": -5,
    ]
    #expect(findings("{{{1️⃣text}}}{{&2️⃣text}}{{{none}}}{{{flag}}}{{{number}}}", data) == ["1 T002", "2 T002"])
    #expect(findings("{{1️⃣html}}{{{html}}}{{&html}}", data) == ["1 T003"])
    #expect(findings("{{1️⃣list}}{{2️⃣record}}{{{3️⃣.}}}", data) == ["1 T004", "2 T004", "3 T004"])
    #expect(page("{{{text}}}", data).text == "&lt;b&gt;")
    #expect(page("{{html}}", data).text == "&lt;b&gt;x&lt;/b&gt;")
    #expect(page("{{list}}{{record}}|{{flag}}|{{number}}|{{none}}|", data).text == "|true|-5||")
  }

  @Test("A section that is never closed is reported where it opens")
  func unclosedSection() {
    #expect(findings("a\n 1️⃣{{#a}}\n{{b}}") == ["1 T005"])
    #expect(findings("1️⃣{{#a}}2️⃣{{^b}}3️⃣{{$c}}4️⃣{{<d}}", with: ["d": ""]) == ["1 T005", "2 T005", "3 T005", "4 T005"])
    #expect(findings("{{#a}}1️⃣{{#b}}{{/a}}") == ["1 T005"])
  }

  @Test("An end tag that closes nothing is reported, and a misspelt one only once")
  func strayEnd() {
    #expect(findings("x 1️⃣{{/a}}") == ["1 T006"])
    #expect(findings("{{#releases}}1️⃣{{/release}}") == ["1 T006"])
    #expect(findings("1️⃣{{#abc}}2️⃣{{/xyz}}") == ["1 T005", "2 T006"])
    #expect(messages("{{#releases}}{{/release}}") == ["`{{/release}}` closes nothing; did you mean `{{/releases}}`?"])
  }

  @Test("A tag without a close is reported, and reading goes on after it")
  func unclosedTag() {
    #expect(findings("1️⃣{{a</h1>\n<p>{{/b}}") == ["1 T007", "2:4 T006"])
    #expect(findings("a 1️⃣{{") == ["1 T007"])
    #expect(findings("1️⃣{{{a}}") == ["1 T007"])
    #expect(findings("1️⃣{{=<% %>}}") == ["1 T007"])
    #expect(findings("{{! {{ }}1️⃣{{! a }") == ["1 T007"])
    #expect(findings("a }} b } c") == [])
  }

  @Test("A tag that is no name is reported")
  func malformedTag() {
    #expect(
      findings("1️⃣{{}} 2️⃣{{# }}{{3️⃣a b}}{{4️⃣a..b}}{{5️⃣.a}}").sorted() == [
        "1 T008", "2 T005", "2 T008", "3 T008", "4 T008", "5 T008",
      ])
    #expect(
      findings("{{>1️⃣*name}}{{>2️⃣../secret}}{{>3️⃣/etc/x}}{{$4️⃣a.b}}{{/a.b}}") == ["1 T008", "2 T008", "3 T008", "4 T008"])
    #expect(findings("{{1️⃣x(y)}}{{2️⃣%PRAGMA}}") == ["1 T008", "2 T008"])
    #expect(findings("1️⃣{{=}}2️⃣{{=a=}}3️⃣{{=a b c=}}4️⃣{{=a= b=}}") == ["1 T007", "2 T008", "3 T008", "4 T008"])
    #expect(findings("{{größe}}", ["größe": "1"]) == [])
  }

  @Test("What is not there cannot be included")
  func unknownInclusion() {
    #expect(
      findings("{{> 1️⃣haed }}{{<2️⃣bas}}{{/bas}}{{>3️⃣zzzz}}", with: ["head": "", "base": ""]) == [
        "1 T009", "2 T009", "3 T009",
      ])
    #expect(
      messages("{{>haed}}", with: ["head": ""]) == ["there is no template `haed` to include; did you mean `head`?"])
  }

  @Test("A cycle is reported once, where it closes")
  func cycle() {
    #expect(findings("{{>1️⃣page}}") == ["1 T010"])
    #expect(
      findings("{{#x}}{{>a}}{{/x}}", with: ["a": "{{<b}}{{$c}}{{>page}}{{/c}}{{/b}}", "b": "{{$c}}{{/c}}"]) == [
        "1:10 T010"
      ])
    let fixture = TemplateFixture(["a": "{{>b}}", "b": " {{>c}}", "c": "{{>b}}", "d": "{{>a}}"])
    #expect(fixture.compiling.diagnostics.map(\.label) == ["`b` includes `c` includes `b`"])
    #expect(fixture.page("d").text == "")
  }

  @Test("A block for which the parent has no place is reported, also two parents up")
  func unknownBlock() {
    let others = [
      "base": "{{$head}}{{$title}}{{/title}}{{/head}}{{>side}}", "side": "{{$menu}}{{/menu}}",
      "mid": "{{<base}}{{$head}}{{$deep}}{{/deep}}{{/head}}{{/base}}",
    ]
    #expect(
      findings("{{<base}}{{$title}}{{/title}}{{$menu}}{{/menu}}{{$1️⃣haed}}{{/haed}}{{/base}}", with: others) == [
        "1 T011"
      ])
    #expect(
      findings("{{<mid}}{{$title}}{{/title}}{{$deep}}{{/deep}}{{$1️⃣deeep}}{{/deeep}}{{/mid}}", with: others) == [
        "1 T011"
      ])
    #expect(
      messages("{{<side}}{{$mneu}}{{/mneu}}{{/side}}", with: others) == [
        "`side` has no block `mneu`; did you mean `menu`?"
      ])
  }

  @Test("A parent tag takes each block once, and nothing but blocks")
  func parentContent() {
    let base = ["base": "{{$a}}{{/a}}"]
    #expect(findings("{{<base}}{{$a}}1{{/a}}{{$1️⃣a}}2{{/a}}{{/base}}", with: base) == ["1 T012"])
    #expect(
      findings("{{<base}}\n  1️⃣lost\n{{$a}}x{{/a}} 2️⃣{{b}}\n{{! fine }}\n 3️⃣{{#c}}d{{/c}}{{/base}}", with: base)
        == ["1 T013", "2 T013", "3 T013"])
    #expect(page("{{<p}}{{$a}}x{{/a}}{{/p}}").report.hasErrors)
  }

  @Test("A template that is not UTF-8 is reported at the first bad byte")
  func notUTF8() {
    let fixture = TemplateFixture(bytes: ["page": Array("é\nab".utf8) + [0xFF, 0x41]])
    #expect(
      fixture.compiling.diagnostics.map(\.location) == [SourceLocation(file: "page.mustache", line: 2, column: 3)])
    #expect(fixture.compiling.diagnostics.map(\.code) == ["T015"])
  }

  @Test("Nesting has an end, within a template and through partials")
  func depth() {
    func nested(_ levels: Int, _ body: String) -> String {
      String(repeating: "{{#a}}", count: levels) + body + String(repeating: "{{/a}}", count: levels)
    }
    #expect(findings(nested(100, "x"), ["a": nil]) == [])
    #expect(findings(nested(100, "1️⃣{{#a}}x{{/a}}"), ["a": nil]) == ["1 T016"])
    #expect(findings(nested(50, "{{>p}}"), with: ["p": nested(50, "")]) == ["p.mustache:1:295 T016"])
    var chain = ["p150": "x"]
    for level in 0..<150 { chain["p\(level)"] = "{{>p\(level + 1)}}" }
    #expect(TemplateFixture(chain).compiling.diagnostics.contains { $0.code == "T016" })
  }

  @Test("Partials that double with each level are refused")
  func doubling() {
    var partials = ["p40": "x"]
    for level in 0..<40 { partials["p\(level)"] = "{{>p\(level + 1)}}{{>p\(level + 1)}}" }
    let report = TemplateFixture(partials).compiling
    #expect(report.diagnostics.map(\.code) == ["T017"])
  }

  @Test("A page whose template does not exist is reported")
  func unknownTemplate() {
    let fixture = TemplateFixture(["release": ""])
    #expect(fixture.library.contains("release"))
    #expect(!fixture.library.contains("relase"))
    let report = fixture.page("relase").report
    #expect(report.diagnostics.map(\.code) == ["T018"])
    #expect(report.diagnostics.map(\.help) == ["did you mean `release`?"])
  }

  @Test("A template with an error draws nothing, nor does one that includes it")
  func unsoundTemplates() {
    let fixture = TemplateFixture(["page": "a{{>broken}}", "broken": "{{#x}}", "sound": "s"])
    #expect(fixture.page("page").text == "")
    #expect(fixture.page("sound").text == "s")
    #expect(fixture.page("page").report.diagnostics.map(\.code) == ["T005"])
    let unreadable = TemplateFixture(bytes: ["page": Array("{{<p}}{{$a}}{{/a}}{{/p}}".utf8), "p": [0xFF]])
    #expect(unreadable.page("page").report.diagnostics.map(\.code) == ["T015"])
  }

  /// Left out are those about several files: T014, T017.
  @Test(
    "The example of a code gives that code", arguments: Code.templates.filter { !["T014", "T017"].contains($0.id) })
  func examples(code: Code) {
    guard !code.example.isEmpty else { return }
    let fixture = TemplateFixture([
      "example": code.example, "partials/page": "{{$title}}{{/title}}{{$main}}{{/main}}", "partials/head": "",
      code.id == "T010" ? "partials/tree" : "other": code.example,
    ])
    let data: Value = [
      "release": ["title": "Gateway 2.4", "version": "2.4.0", "notes": .html(SafeHTML(trusted: "<p>"))],
      "releases": [["version": "2.4.0"]], "title": "Releases",
    ]
    #expect(Set(fixture.page("example", data).report.diagnostics.map(\.code)) == [code.id])
  }

  @Test("A file full of nonsense gives a handful of findings")
  func manyFindings() {
    let report = page(String(repeating: "{{/x}}{{", count: 10_000)).report
    #expect(report.diagnostics.count == 50)
  }
}
