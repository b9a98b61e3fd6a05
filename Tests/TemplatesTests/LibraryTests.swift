import Diagnostics
import Templates
import TestSupport
import Testing

@Suite("The library of templates")
struct LibraryTests {
  private func source(_ file: String, _ text: String) -> TemplateSource {
    TemplateSource(file: file, bytes: Array(text.utf8))
  }

  @Test("Tags name a partial with or without its folder, and a partial before a page of the same name")
  func namesOfPartials() {
    let fixture = TemplateFixture([
      "page": "{{>change}} {{>partials/change}} {{>release}} {{<layout}}{{$main}}m{{/main}}{{/layout}}",
      "partials/change": "c", "partials/release": "partial", "release": "page",
      "partials/layout": "<{{$main}}{{/main}}>",
    ])
    #expect(fixture.page().text == "c c partial <m>")
    #expect(fixture.page("release").text == "page")
    #expect(fixture.library.contains("partials/change"))
    #expect(!fixture.library.contains("change"))
  }

  @Test("A template of the user's replaces the built-in one, and findings name the user's file")
  func overriding() {
    let builtIn = [
      "release": source("built-in/release.mustache", "{{>head}}built-in"),
      "partials/head": source("built-in/head", "head "),
    ]
    let input = MarkedText("{{>head}}{{1️⃣nme}}{{>mine}}")
    let overrides = [
      "release": source("templates/release.mustache", input.text), "partials/mine": source("templates/mine", "mine"),
    ]
    var report = Report()
    let merged = TemplateLibrary.merge(builtIn: builtIn, overrides: overrides, into: &report)
    let library = TemplateLibrary(sources: merged, into: &report)
    #expect(report.isEmpty)
    var bytes: [UInt8] = []
    library.render("release", with: ["name": "n"], into: &bytes, report: &report)
    #expect(String(decoding: bytes, as: UTF8.self) == "head mine")
    #expect(input.findings(of: report, in: "templates/release.mustache") == ["1 T001"])
  }

  @Test("A block that a replaced parent has lost is reported in the template that gives it")
  func lostBlock() {
    let builtIn = [
      "home": source("built-in/home", "{{<layout}}{{$main}}m{{/main}}{{/layout}}"),
      "partials/layout": source("built-in/layout", "{{$main}}{{/main}}"),
    ]
    var report = Report()
    let overrides = ["partials/layout": source("templates/layout", "none")]
    let merged = TemplateLibrary.merge(builtIn: builtIn, overrides: overrides, into: &report)
    _ = TemplateLibrary(sources: merged, into: &report)
    #expect(report.diagnostics.map(\.code) == ["T011"])
    #expect(report.diagnostics.map(\.location?.file) == ["built-in/home"])
  }

  @Test("A template of the user's that replaces none and that none includes is a warning")
  func unknownOverride() {
    var report = Report()
    let merged = TemplateLibrary.merge(
      builtIn: ["release": source("built-in/release", "")],
      overrides: [
        "relase": source("templates/relase.mustache", "x{{>used}}"), "partials/used": source("templates/used", ""),
        "partials/unused": source("templates/unused", ""),
      ], into: &report)
    #expect(merged.count == 4)
    #expect(report.diagnostics.map(\.severity) == [.warning, .warning])
    #expect(report.diagnostics.map(\.location?.file) == ["templates/relase.mustache", "templates/unused"])
    #expect(report.diagnostics.map(\.help).first == "did you mean `release`?")
  }

  @Test("Pages are appended to what is there")
  func appending() {
    let fixture = TemplateFixture(["page": "<{{x}}>"])
    var bytes = Array("a".utf8)
    var report = Report()
    for number in 1...3 { fixture.library.render("page", with: ["x": .number(number)], into: &bytes, report: &report) }
    #expect(String(decoding: bytes, as: UTF8.self) == "a<1><2><3>")
    #expect(report.isEmpty)
  }
}
