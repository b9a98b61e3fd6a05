import Diagnostics
import Pages
import Testing

@Suite("The link check") struct LinkCheckTests {
  private let check = LinkCheck(
    paths: ["index.html", "a/index.html", "a/b/index.html", "style.css", "404.html", "feed.json"],
    url: "https://x.example/sub/")

  private func broken(_ pages: [(path: String, text: String)]) -> [String] {
    check.brokenLinks(in: pages.map { check.findings(in: Array($0.text.utf8), path: $0.path) }).map(\.message)
  }

  @Test(
    "links that resolve are not named",
    arguments: [
      "<a href=\"../../\">", "<a href=\"./\">", "<a href='../?q=1'>", "<link href=\"../../style.css\">", "<a href=../>",
      "<a href=\"https://x.example/sub/a/\">", "<a href=\"https://else.example/nowhere\">", "<a href=\"mailto:a@b\">",
      "<a href=\"/sub/a/b/\">", "<a href=\"#here\" id=\"here\">",
      "<meta http-equiv=\"refresh\" content=\"0; url=../\">",
      "<a href=\"//else.example/\">", "<!-- <a href=\"nowhere\"> -->", "<a href=\"../%62/\">",
    ])
  func sound(text: String) {
    #expect(broken([("a/b/index.html", text)]) == [])
  }

  @Test(
    "links that lead nowhere are named",
    arguments: [
      "<a href=\"../c/\">", "<img src=\"x.png\">", "<a href=\"../../../\">", "<a href=\"https://x.example/sub/c/\">",
      "<form action=\"../c/\">", "<meta http-equiv=\"refresh\" content=\"0; url=../c/\">", "<a href=\"#there\">",
      "<a\nhref=\"&#46;./c/\">",
    ])
  func dead(text: String) {
    #expect(broken([("a/b/index.html", text)]).count == 1)
  }

  @Test("an anchor of another page is held against that page")
  func anchors() {
    let pages = [("a/index.html", "<p id=\"one\">"), ("index.html", "<a href=\"a/#one\"><a href=\"a/#two\">")]
    #expect(broken(pages) == ["the page `index.html` links to `a/#two`, which has no such place"])
  }

  @Test("feeds, documents and the search index are read too")
  func other() {
    #expect(broken([("feed.json", #"{"url":"https://x.example/sub/gone/"}"#)]).count == 1)
    #expect(broken([("feed.atom", "<link href=\"https://x.example/sub/gone/\"/>")]).count == 1)
    #expect(broken([("sitemap.xml", "<loc>https://x.example/sub/gone/</loc>")]).count == 1)
    let rows = #"gazette({"documents":0,"rows":[["gone/","x"],["a/","x"],["","y"]]});"#
    #expect(broken([("search/index/documents-0.js", rows)]).count == 1)
  }
}
