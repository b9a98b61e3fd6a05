import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("A checkout read as another commit has it")
struct CommitCheckoutTests {
  private func open(
    _ folder: String, at revision: String? = nil
  ) async throws -> (checkout: Checkout, report: Report) {
    var report = Report()
    let checkout = try await Checkout.open(
      at: folder, content: "content", sources: [:], revision: revision, into: &report)
    return (checkout, report)
  }

  /// Every file below the content and some named ones, with bytes, and what was said on the way.
  private func state(_ checkout: Checkout) async throws -> (files: [String: [UInt8]], report: [Diagnostic]) {
    var report = Report()
    var files: [String: [UInt8]] = [:]
    let checkout = try await checkout.holding(["CHANGELOG.md", "keys/ci.pem"], below: ["theme"])
    for folder in ["content", "theme", "missing"] {
      for file in try checkout.files(under: folder, into: &report) {
        files[file.path] = try checkout.bytes(of: file.path, into: &report)
      }
    }
    for path in ["CHANGELOG.md", "keys/ci.pem", "content", "content/none.yml"] {
      files[path] = try checkout.bytes(of: path, into: &report)
    }
    return (files, report.diagnostics)
  }

  @Test("it has the files, links and bytes that a clone of that commit has, whatever stands in the work tree")
  func alike() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let manager = FileManager.default
      func link(_ path: String, to target: String) throws {
        try manager.createSymbolicLink(atPath: temporary.root + "/" + path, withDestinationPath: target)
      }
      func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: temporary.root + "/" + path))
      }
      for folder in ["docs", "shared/pages"] {
        try manager.createDirectory(atPath: temporary.root + "/" + folder, withIntermediateDirectories: true)
      }
      try write("linked", to: "docs/a.md")
      try write("beyond", to: "../elsewhere")
      try write("through a folder", to: "shared/pages/b.md")
      try await temporary.commit(
        "First",
        files: [
          "content/gazette.yml": "title: One", "content/pages/same.md": "same", "content/pages/gone.md": "gone",
          "content/é ü.md": "name", "theme/style.css": "a {}", "CHANGELOG.md": "# One", "keys/ci.pem": "key one",
          ".gitignore": "*.log\n",
        ])
      try link("content/link.md", to: "../docs/a.md")
      try link("content/shared", to: "../shared/pages")
      try link("content/broken.md", to: "nowhere")
      try link("content/outside.md", to: "../../elsewhere")
      try link("content/around", to: "../content")
      try await temporary.commit("Links")
      let clone = temporary.outer + "/clone"
      try await temporary.git(["clone", "-q", temporary.root, clone])

      // Then everything changes, in commits, in the index and in the work tree alone.
      try manager.removeItem(atPath: temporary.root + "/content/pages/gone.md")
      try manager.removeItem(atPath: temporary.root + "/content/shared")
      try manager.removeItem(atPath: temporary.root + "/content/link.md")
      try write("a file now", to: "content/link.md")
      try await temporary.commit(
        "Second",
        files: [
          "content/gazette.yml": "title: Two", "content/pages/new.md": "new", "CHANGELOG.md": "# Two",
          "theme/style.css": "b {}", "theme/more.css": "c {}", "docs/a.md": "changed behind the link",
        ])
      try write("key two", to: "keys/ci.pem")
      try await temporary.git(["add", "keys/ci.pem"])
      try write("untracked", to: "content/untracked.yml")
      try write("ignored", to: "content/ignored.log")
      try write("title: Three", to: "content/gazette.yml")

      let wanted = try await state(try await open(clone).checkout)
      let (checkout, report) = try await open(temporary.root, at: "HEAD~1")
      let found = try await state(checkout)
      #expect(
        found.files.mapValues { String(decoding: $0, as: UTF8.self) }
          == wanted.files.mapValues { String(decoding: $0, as: UTF8.self) })
      #expect(found.report == wanted.report)
      #expect(report.isEmpty)
      #expect(found.files["content/shared/b.md"] == Array("through a folder".utf8))
      let id = try await temporary.id(of: "HEAD~1")
      #expect(checkout.isOfCommit && checkout.repository?.head == id)
      #expect(try await checkout.workTree().changed.isEmpty)
    }
  }

  @Test("its history and its default moment are those of the commit")
  func history() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First", files: ["content/gazette.yml": "title: One"])
      try await temporary.git(["tag", "one"])
      try await temporary.commit("Second", files: ["content/gazette.yml": "title: Two"])
      let now = try #require(try await open(temporary.root).checkout.repository)
      let then = try #require(try await open(temporary.root, at: "one").checkout.repository)
      #expect(try await then.contentHistory(of: ["content"]).revisions.count == 1)
      #expect(try await now.contentHistory(of: ["content"]).revisions.count == 2)
      #expect(try await then.file("content/gazette.yml") == Array("title: One".utf8))
      let moments = (
        try await then.newestCommitterDateOnFirstParent(), try await now.newestCommitterDateOnFirstParent()
      )
      #expect(try #require(moments.0) < #require(moments.1))
    }
  }

  @Test(
    "a commit that is not there is an error that names it",
    arguments: ["nonsense", "", "-x", "--help", "HEAD:content", "HEAD~99", "0000000000000000000000000000000000000000"])
  func unknown(revision: String) async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First", files: ["content/gazette.yml": "title: One"])
      await #expect(throws: FileError.self) { _ = try await open(temporary.root, at: revision) }
    }
  }

  @Test("what nobody asked to be held is an error and never taken for missing")
  func notHeld() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First", files: ["content/gazette.yml": "title: One", "CHANGELOG.md": "one"])
      try await temporary.commit("Second", files: ["CHANGELOG.md": "two"])
      let (checkout, _) = try await open(temporary.root, at: "HEAD~1")
      var report = Report()
      #expect(throws: FileError.self) { _ = try checkout.bytes(of: "CHANGELOG.md", into: &report) }
      #expect(try checkout.hasFile("CHANGELOG.md"))
      #expect(try !checkout.hasFile("content"))
    }
  }
}
