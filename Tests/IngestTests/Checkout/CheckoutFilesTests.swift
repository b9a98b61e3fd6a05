import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite("The files of a checkout")
struct CheckoutFilesTests {
  @Test("files are listed below a folder, sorted by bytes, each with its size")
  func listing() async throws {
    try await check([
      "content/b.md": "bb", "content/a/z.yml": "", "content/a.md": "a", "content/ä.md": "ä", "other.md": "",
    ]) { (checkout, _) async throws in
      var report = Report()
      let files = try checkout.files(under: "content", into: &report)
      #expect(files.map(\.path) == ["content/a.md", "content/a/z.yml", "content/b.md", "content/ä.md"])
      #expect(files.map(\.size) == [1, 0, 2, 2])
      #expect(files.allSatisfy { $0.modified > 1_700_000_000_000_000_000 && $0.inode > 0 })
      #expect(try checkout.files(under: "content/a/", into: &report).map(\.path) == ["content/a/z.yml"])
      #expect(try checkout.files(under: "missing", into: &report).isEmpty)
      #expect(try checkout.files(under: ".", into: &report).count == 5)
      #expect(report.isEmpty)
      #expect(try checkout.files(under: "../", into: &report).isEmpty)
      #expect(report.diagnostics.map(\.code) == ["G008"])
    }
  }

  @Test("links that stay inside are followed; others are named and left out")
  func links() async throws {
    try await check(["content/a/one.md": "one", "docs/two.md": "two"]) { (checkout, temporary) async throws in
      try temporary.link("content/two.md", to: "../docs/two.md")
      try temporary.link("content/docs", to: "../docs")
      try temporary.link("content/out.md", to: "/etc/hostname")
      try temporary.link("content/up", to: "../..")
      try temporary.link("content/git", to: "../.git")
      try temporary.link("content/broken.md", to: "nothing.md")
      try temporary.link("content/self.md", to: "self.md")
      try temporary.link("content/a/back", to: "..")
      var report = Report()
      let files = try checkout.files(under: "content", into: &report)
      #expect(files.map(\.path) == ["content/a/one.md", "content/docs/two.md", "content/two.md"])
      #expect(
        report.diagnostics.map { "\($0.location?.file ?? "") \($0.code)" } == [
          "content/a/back G010", "content/broken.md G009", "content/git G008", "content/out.md G008",
          "content/self.md G009",
          "content/up G008",
        ])
      report = Report()
      #expect(try checkout.text(of: "content/two.md", into: &report) == "two")
      #expect(try checkout.text(of: "content/docs/two.md", into: &report) == "two")
      #expect(report.isEmpty)
      for path in ["content/out.md", "content/up/x", "content/git/config", "content/broken.md", "content/self.md"] {
        #expect(try checkout.text(of: path, into: &report) == nil, "\(path)")
      }
      // `content/up/x` does not exist, so nothing is known of where it would be.
      #expect(report.diagnostics.map(\.code).sorted() == ["G008", "G008", "G012", "G012", "G012"])
    }
  }

  @Test("a link on the way to the content folder must stay inside too")
  func linkedContent() async throws {
    try await check(["docs/a.md": "a"]) { (checkout, temporary) async throws in
      try temporary.link("content", to: "docs")
      var report = Report()
      #expect(try checkout.files(under: "content", into: &report).map(\.path) == ["content/a.md"])
      try temporary.link("elsewhere", to: "/etc")
      #expect(report.isEmpty)
      #expect(try checkout.files(under: "elsewhere", into: &report).isEmpty)
      #expect(report.diagnostics.map(\.code) == ["G008"])
    }
  }

  @Test("a linked folder that holds links does not multiply without end")
  func linkBomb() async throws {
    try await check(["content/a/x": "", "content/b/x": "", "content/c/x": ""]) { (checkout, temporary) async throws in
      for (a, b) in [("a", "b"), ("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b")] {
        try temporary.link("content/\(a)/\(b)", to: "../\(b)")
      }
      var report = Report()
      let files = try checkout.files(under: "content", into: &report)
      #expect(files.count == 15)
    }
  }

  @Test(
    "a path that leaves the checkout is refused where it was written",
    arguments: ["../secret", "/etc/hostname", "content/../../secret", ".git/config", "content/../.GIT/config", "a\0b"])
  func outside(path: String) async throws {
    try await check(["content/a.md": "a"]) { (checkout, temporary) async throws in
      try Data("secret".utf8).write(to: URL(fileURLWithPath: temporary.outer + "/secret"))
      var report = Report()
      let place = SourceLocation(file: "content/releases/a/1.yml", line: 4, column: 9, length: 5)
      #expect(try checkout.bytes(of: path, at: place, into: &report) == nil)
      #expect(report.diagnostics.map(\.code) == ["G008"])
      #expect(report.diagnostics.first?.location == place)
      #expect(try !checkout.hasFile(path))
    }
  }

  @Test("`.` and `..` that stay inside are resolved")
  func inside() async throws {
    try await check(["content/a.md": "a"]) { (checkout, _) async throws in
      var report = Report()
      #expect(try checkout.text(of: "./content/x/../a.md", into: &report) == "a")
      #expect(try checkout.hasFile("content//a.md"))
      #expect(try !checkout.hasFile("content"))
      #expect(report.isEmpty)
    }
  }

  @Test("what is missing, a folder or a pipe is named")
  func notFiles() async throws {
    try await check(["content/a.md": "a"]) { (checkout, temporary) async throws in
      #expect(mkfifo(temporary.root + "/content/pipe", 0o600) == 0)
      var report = Report()
      #expect(try checkout.bytes(of: "content/b.md", into: &report) == nil)
      #expect(try checkout.bytes(of: "content/a.md/b", into: &report) == nil)
      #expect(try checkout.bytes(of: "content", into: &report) == nil)
      #expect(try checkout.bytes(of: "content/pipe", into: &report) == nil)
      #expect(report.diagnostics.map(\.code).sorted() == ["G012", "G012", "G013", "G013"])
      report = Report()
      #expect(try checkout.files(under: "content", into: &report).map(\.path) == ["content/a.md"])
      #expect(report.diagnostics.map(\.code) == ["G013"])
    }
  }

  @Test("a file over the limit is refused with both numbers, one at the limit is read")
  func limit() async throws {
    try await check(["content/a.md": "12345"]) { (checkout, _) async throws in
      var report = Report()
      #expect(try checkout.bytes(of: "content/a.md", limit: 5, into: &report)?.count == 5)
      #expect(report.isEmpty)
      #expect(try checkout.bytes(of: "content/a.md", limit: 4, into: &report) == nil)
      #expect(report.diagnostics.map(\.message) == ["`content/a.md` has 5 bytes; the limit is 4"])
    }
  }

  @Test("a name with a control character or that is not UTF-8 is reported once; quotes and spaces are fine")
  func names() async throws {
    try await check(["content/it's \"fine\" \\n é 日本.md": "", "content/line\nend.md": "", "content/tab\t/x.md": ""]) {
      (checkout, temporary) async throws in
      let path = (Array((temporary.root + "/content/b").utf8) + [0xE9, 0]).map { CChar(bitPattern: $0) }
      let made = creat(path, 0o600)
      try #require(made >= 0)
      close(made)
      var report = Report()
      #expect(try checkout.files(under: "content", into: &report).map(\.path) == ["content/it's \"fine\" \\n é 日本.md"])
      #expect(
        report.diagnostics.map(\.message) == [
          "the file name `bé` is not UTF-8", "the file name `line\\u{a}end.md` holds a control character",
          "the file name `tab\\u{9}` holds a control character",
        ])
    }
  }

  private func check(
    _ files: [String: String], _ body: (Checkout, TemporaryRepository) async throws -> Void
  ) async throws {
    try await TemporaryRepository.with { temporary in
      for (path, text) in files { try temporary.write(text, to: path) }
      var report = Report()
      let checkout = try await Checkout.open(at: temporary.root, content: "content", sources: [:], into: &report)
      try await body(checkout, temporary)
    }
  }
}
