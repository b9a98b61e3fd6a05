import Testing

@testable import Preview

@Suite("Paths of requests") struct PreviewPathTests {
  @Test("a path is decoded once, step by step") func decoded() throws {
    #expect(try PreviewPath("/").steps == [])
    #expect(try PreviewPath("/").isFolder)
    #expect(try PreviewPath("/a//b/").steps == ["a", "b"])
    #expect(try PreviewPath("/1.0~2b/%C3%BC.md").steps == ["1.0~2b", "ü.md"])
    #expect(try PreviewPath("/%2541").steps == ["%41"])
    #expect(try PreviewPath("/a.b/c.tar.gz").name == "c.tar.gz")
    #expect(try PreviewPath("/...").steps == ["..."])
  }

  @Test(
    "what would lead out, or is no path, is refused",
    arguments: [
      "", "a", "http://127.0.0.1/", "*", "/..", "/../x", "/a/../b", "/%2e%2e/x", "/%2E%2E%2Fx", "/..%2fx", "/a%2fb",
      "/%00", "/a%00.html", "/.", "/%", "/%2", "/%zz", "/%ff", "/a b", "/\u{7F}",
    ])
  func refused(target: String) {
    #expect(throws: PreviewPath.Refusal.malformed) { try PreviewPath(target) }
  }

  @Test(
    "what the writer keeps for itself is no page",
    arguments: ["/.gazette-manifest", "/a/.gazette", "/%2egazette-x"])
  func ours(target: String) {
    #expect(throws: PreviewPath.Refusal.outside) { try PreviewPath(target) }
  }

  @Test("types are those of the files of a site")
  func types() {
    #expect(mediaType(of: "all.ics") == "text/calendar; charset=utf-8")
    #expect(mediaType(of: "feed.atom") == "application/atom+xml; charset=utf-8")
    #expect(mediaType(of: "seal.dsse.json") == "application/json")
    #expect(mediaType(of: "PHOTO.PNG") == "image/png")
    #expect(mediaType(of: "artifact") == "application/octet-stream")
  }

  @Test(
    "only names of this machine are answered",
    arguments: [
      ("localhost", true), ("127.0.0.1:8000", true), ("LocalHost:1", true), ("[::1]:80", true), ("[::1]", true),
      ("localhost.evil.example", false), ("evil.example", false), ("127.0.0.1.evil.example:80", false), ("", false),
      ("localhost:80@evil", false), ("[::2]", false), ("[::1]x", false), ("127.0.0.1 evil", false),
    ])
  func hosts(host: String, isOurs: Bool) {
    #expect(PreviewHandler.isLoopback(host) == isOurs)
  }
}

@Suite("Live reload") struct LiveReloadTests {
  @Test("the script goes into the head, or before the body, and nowhere else")
  func injected() {
    func page(_ text: String) -> String {
      String(decoding: LiveReload.injected(into: Array(text.utf8), build: "7-1"), as: UTF8.self)
    }
    let tag = "<script src=\"/.gazette/reload.js\" data-build=\"7-1\" defer></script>\n"
    #expect(page("<html><head></head><body></head></body>") == "<html><head>\(tag)</head><body></head></body>")
    #expect(page("<HEAD></HEAD>") == "<HEAD>\(tag)</HEAD>")
    #expect(page("<p>x<body class=a>") == "<p>x\(tag)<body class=a>")
    #expect(page("just text") == "just text")
    #expect(page("") == "")
  }

  @Test(
    "a stricter policy of a page is widened so far that the script runs, and no further",
    arguments: [
      ("default-src 'none'", "default-src 'none'; connect-src 'self'; script-src 'self'"),
      ("default-src 'self'", "default-src 'self'"),
      ("script-src 'none'; connect-src https://x.example", "script-src 'self'; connect-src https://x.example 'self'"),
      ("img-src 'none'", "img-src 'none'"),
    ])
  func policy(before: String, after: String) {
    let head = "<meta http-equiv=\"Content-Security-Policy\" content=\""
    let page = PagePolicy.widened(Array("<p>é\(head)\(before)\">x".utf8))
    #expect(String(decoding: page, as: UTF8.self) == "<p>é\(head)\(after)\">x")
  }
}
