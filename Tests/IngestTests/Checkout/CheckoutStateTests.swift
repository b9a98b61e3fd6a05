import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("The state of a checkout")
struct CheckoutStateTests {
  @Test("the top is found from a subfolder")
  func subfolder() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First", files: ["content/pages/guide.md": "Hello"])
      let (checkout, report) = try await open(temporary.root + "/content/pages", content: "./content/")
      #expect(checkout.root == temporary.root)
      #expect(checkout.content == "content")
      #expect(checkout.repository?.head != nil)
      #expect(report.isEmpty)
    }
  }

  @Test("a folder outside Git is one diagnostic, and its files can still be read")
  func notACheckout() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let (checkout, report) = try await open(temporary.outer)
      #expect(codes(report) == ["G001"])
      #expect(checkout.repository == nil)
      #expect(checkout.root == temporary.outer)
      var findings = Report()
      #expect(try checkout.bytes(of: "repository/missing", into: &findings) == nil)
    }
  }

  @Test("a bare repository and the inside of `.git` are said to have no work tree")
  func bare() async throws {
    try await TemporaryRepository.with(bare: true) { temporary async throws in
      #expect(codes(try await open(temporary.root).1) == ["G002"])
    }
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First")
      let (checkout, report) = try await open(temporary.root + "/.git")
      #expect(codes(report) == ["G002"])
      #expect(checkout.repository == nil)
    }
  }

  @Test("a checkout without commits is a warning")
  func noCommits() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let (checkout, report) = try await open(temporary.root)
      #expect(codes(report) == ["G003"])
      #expect(!report.hasErrors)
      #expect(checkout.repository?.branch == "main")
    }
  }

  @Test("a shallow clone is a warning that says how to deepen it")
  func shallow() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First")
      try await temporary.commit("Second")
      let (checkout, report) = try await open(try await temporary.clone(depth: 1))
      #expect(codes(report) == ["G004"])
      #expect(report.diagnostics.first?.help?.contains("git fetch --unshallow --tags") == true)
      #expect(report.diagnostics.first?.help?.contains("fetch-depth: 0") == true)
      let graph = try await #require(checkout.repository).graph()
      #expect(graph.isShallow)
      #expect(graph.commits.map(\.parents) == [[]])
    }
  }

  @Test("a detached head and a linked worktree are as good as any")
  func detached() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let first = try await temporary.commit("First", files: ["content/a.md": "old"])
      try await temporary.commit("Second", files: ["content/a.md": "new"])
      let worktree = try await temporary.worktree("linked", at: first)
      var (checkout, report) = try await open(worktree)
      #expect(report.isEmpty)
      #expect(checkout.root == worktree)
      #expect(checkout.repository?.head == first)
      #expect(checkout.repository?.branch == nil)
      #expect(try checkout.text(of: "content/a.md", into: &report) == "old")
    }
  }

  @Test("a submodule is opened as the repository it is, and one that is not checked out is named")
  func submodule() async throws {
    try await TemporaryRepository.with { other in
      let otherHead = try await other.commit("Other", files: ["CHANGELOG.md": "# Other"])
      try await TemporaryRepository.with { temporary async throws in
        try await temporary.addSubmodule(other, at: "vendor/auth")
        try await temporary.commit("Add a submodule")
        var (checkout, report) = try await open(temporary.root)
        let place = SourceLocation(file: "content/products/auth.yml", line: 3, column: 5)
        let submodule = try await checkout.submodule(at: "vendor/auth", named: place, into: &report)
        #expect(submodule?.head == otherHead)
        #expect(report.isEmpty)

        let clone = try await temporary.clone()
        (checkout, report) = try await open(clone)
        let uninitialised = try await checkout.submodule(at: "vendor/auth", named: place, into: &report)
        #expect(uninitialised == nil)
        #expect(codes(report) == ["G006"])
        #expect(report.diagnostics.first?.location == place)
        report = Report()
        let unknown = try await checkout.submodule(at: "vendor/nothing", named: place, into: &report)
        #expect(unknown == nil)
        #expect(codes(report) == ["G006"])
        report = Report()
        let outside = try await checkout.submodule(at: "../repository", named: place, into: &report)
        #expect(outside == nil)
        #expect(codes(report) == ["G008"])
      }
    }
  }

  @Test("sources are bound by name, bare ones too; what is no repository is named")
  func sources() async throws {
    try await TemporaryRepository.with { other in
      let head = try await other.commit("Other", files: ["CHANGELOG.md": "# Other"])
      let bare = try await other.clone(as: "bare", bare: true)
      try await TemporaryRepository.with { temporary async throws in
        try await temporary.commit("First")
        let (checkout, report) = try await open(
          temporary.root, sources: ["bare": bare, "tree": other.root, "wrong": other.outer])
        #expect(codes(report) == ["G005"])
        #expect(checkout.sources.keys.sorted() == ["bare", "tree"])
        for name in ["bare", "tree"] {
          let source = try #require(checkout.sources[name])
          #expect(source.head == head)
          #expect(try await source.file("CHANGELOG.md") == Array("# Other".utf8))
          let missing = try await source.file("missing.md")
          #expect(missing == nil)
          let outside = try await source.file("../outside.md")
          #expect(outside == nil)
        }
      }
    }
  }

  @Test("a folder that is missing is a failure, and so is a content folder outside")
  func missing() async throws {
    try await TemporaryRepository.with { temporary async throws in
      await #expect(throws: FileError.self) { try await open(temporary.root + "/nowhere") }
      await #expect(throws: FileError.self) { try await open(temporary.root, content: "../content") }
      await #expect(throws: FileError.self) { try await open(temporary.root, content: ".") }
      await #expect(throws: FileError.self) {
        try await open(temporary.root, sources: ["auth": temporary.root + "/nowhere"])
      }
    }
  }

  private func open(
    _ folder: String, content: String = "content", sources: [String: String] = [:]
  ) async throws -> (Checkout, Report) {
    var report = Report()
    let checkout = try await Checkout.open(at: folder, content: content, sources: sources, into: &report)
    return (checkout, report)
  }

  private func codes(_ report: Report) -> [String] { report.diagnostics.map(\.code) }
}
