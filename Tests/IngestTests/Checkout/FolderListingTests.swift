import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite("The listing of the content folder") struct FolderListingTests {
  /// What happens below the top, and which paths somebody tells of.
  enum Happening: String, CaseIterable {
    case nothing, written, made, removed, replaced, leftBehind, folderMovedAway, folderMade, linked, contentMovedAway

    fileprivate func happen(in top: String) throws -> Set<String> {
      let files = FileManager.default
      func write(_ text: String, _ path: String) throws {
        try text.write(toFile: top + "/" + path, atomically: false, encoding: .utf8)
      }
      func move(_ path: String, _ target: String) throws {
        try files.moveItem(atPath: top + "/" + path, toPath: top + "/" + target)
      }
      switch self {
      case .nothing: return []
      case .written:
        try write("longer than it was", "content/releases/1.yml")
        return ["content/releases/1.yml", "README.md"]
      case .made:
        try write("new", "content/releases/3.yml")
        return ["content/releases/3.yml"]
      case .removed:
        try files.removeItem(atPath: top + "/content/releases/1.yml")
        return ["content/releases/1.yml"]
      case .replaced:
        try write("another", "content/releases/1.yml.new")
        try files.removeItem(atPath: top + "/content/releases/1.yml")
        try move("content/releases/1.yml.new", "content/releases/1.yml")
        return ["content/releases/1.yml.new", "content/releases/1.yml"]
      case .leftBehind:
        try write("again", "content/releases/2.yml")
        return ["content/releases/2.yml", "content/releases/.2.yml.swp"]
      case .folderMovedAway:
        try move("content/releases", "elsewhere")
        return ["content/releases"]
      case .folderMade:
        try files.createDirectory(atPath: top + "/content/pages", withIntermediateDirectories: true)
        try write("page", "content/pages/a.md")
        return ["content/pages"]
      case .linked:
        try files.removeItem(atPath: top + "/content/releases/1.yml")
        try files.createSymbolicLink(atPath: top + "/content/releases/1.yml", withDestinationPath: "2.yml")
        return ["content/releases/1.yml"]
      case .contentMovedAway:
        try move("content", "elsewhere")
        return ["content"]
      }
    }
  }

  private func withContent(_ body: (Checkout, String) throws -> Void) async throws {
    try await TemporaryRepository.with { repository in
      for path in ["content/gazette.yml", "content/releases/1.yml", "content/releases/2.yml"] {
        try repository.write("old", to: path)
      }
      var report = Report()
      try body(
        await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report), repository.root)
    }
  }

  @Test("where it is told what may have changed, it is what a walk finds", arguments: Happening.allCases)
  func told(happening: Happening) async throws {
    try await withContent { checkout, top in
      var report = Report()
      var listing = FolderListing()
      try listing.look(at: checkout, into: &report)
      listing.note(try happening.happen(in: top), below: top)
      try listing.look(at: checkout, into: &report)
      #expect(listing.files == (try checkout.files(under: "content", into: &report)))
      #expect(listing.paths == listing.files.map(\.path))
      for file in listing.files { #expect(listing[file.path] == file) }
    }
  }

  @Test("what is not told is only seen where nothing is told at all, or of another folder")
  func untold() async throws {
    try await withContent { checkout, top in
      var report = Report()
      var listing = FolderListing()
      try listing.look(at: checkout, into: &report)
      let old = listing.files
      _ = try Happening.written.happen(in: top)
      listing.note([], below: top)
      try listing.look(at: checkout, into: &report)
      #expect(listing.files == old)
      #expect(listing.changed == [])

      listing.note([], below: top + "/content")
      try listing.look(at: checkout, into: &report)
      #expect(listing.files != old)
      #expect(listing.changed == nil)

      _ = try Happening.made.happen(in: top)
      try listing.look(at: checkout, into: &report)
      #expect(listing.files.count == old.count + 1)
    }
  }

  @Test("of several notes all count, and one that knows nothing counts for all")
  func notes() async throws {
    try await withContent { checkout, top in
      var report = Report()
      var listing = FolderListing()
      try listing.look(at: checkout, into: &report)
      listing.note(["content/releases/1.yml"], below: top)
      listing.note(["content/releases/2.yml"], below: top)
      try listing.look(at: checkout, into: &report)
      #expect(listing.changed == ["content/releases/1.yml", "content/releases/2.yml"])
      listing.note(nil, below: top)
      listing.note(["content/releases/1.yml"], below: top)
      try listing.look(at: checkout, into: &report)
      #expect(listing.changed == nil)
    }
  }

  @Test("behind a link anything may change untold")
  func links() async throws {
    try await withContent { checkout, top in
      try "far".write(toFile: top + "/far.yml", atomically: false, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: top + "/content/near.yml", withDestinationPath: "../far.yml")
      var report = Report()
      var listing = FolderListing()
      try listing.look(at: checkout, into: &report)
      try "further".write(toFile: top + "/far.yml", atomically: false, encoding: .utf8)
      listing.note([], below: top)
      try listing.look(at: checkout, into: &report)
      #expect(listing.files == (try checkout.files(under: "content", into: &report)))
    }
  }
}
