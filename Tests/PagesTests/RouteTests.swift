import Model
import Pages
import TestSupport
import Testing

@Suite("Routes") struct RouteTests {
  @Test(
    "any text is one safe segment, and comes back",
    arguments: ["2.4.0", "1.0+a", "..", ".", ".x", "a/b", "ü", "~2e", "", " "])
  func segments(text: String) {
    let segment = Route.segment(text)
    #expect(segment.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "/") && $0 > 0x20 })
    #expect(!segment.hasPrefix("."))
    #expect(Route.text(ofSegment: segment) == text)
  }

  @Test("no two versions have the same folder")
  func uniqueness() {
    var generator = SeededGenerator(seed: 7)
    let letters = Array("0.1~2e+-_a")
    let texts = Set(
      (0..<2000).map { _ in
        String(
          (0..<Int.random(in: 1...5, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "0" })
      })
    #expect(Set(texts.map(Route.segment)).count == texts.count)
  }

  @Test(
    "a link leads from page to page",
    arguments: [
      ("index.html", "index.html", "./"), ("index.html", "a/index.html", "a/"),
      ("a/b/index.html", "index.html", "../../"),
      ("a/b/index.html", "a/c/index.html", "../c/"), ("a/b/index.html", "a/b/index.html", "./"),
      ("a/b/index.html", "a/feed.atom", "../feed.atom"), ("a/feed.atom", "a/b/index.html", "b/"),
      ("a/index.html", "ab/index.html", "../ab/"), ("a/b/index.html", "a/index.html", "../"),
    ])
  func links(from: String, to: String, link: String) {
    #expect(Route(from).link(to: Route(to)) == link)
  }

  @Test("versions that servers would hide or resolve have harmless folders")
  func dots() {
    let route = Route.release(ReleaseID(product: ProductID("gateway"), version: ".."))
    #expect(route.path == "products/gateway/~2e./index.html")
  }
}
