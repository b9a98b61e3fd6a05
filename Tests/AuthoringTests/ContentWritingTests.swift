import Diagnostics
import Foundation
import Ingest
import Model
import Testing

@testable import Authoring

@Suite("Writing content") struct ContentWritingTests {
  private final class Folder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
      path = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Every file and folder, with the text of files.
    var everything: [String: String] {
      let names = FileManager.default.enumerator(atPath: path)?.allObjects.compactMap { $0 as? String } ?? []
      return Dictionary(
        uniqueKeysWithValues: names.map { name in
          (
            name,
            FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) } ?? ""
          )
        })
    }
  }

  private func edit(created: [String: String], replaced: [String: String] = [:], removed: Set<String> = [])
    -> ContentEdit
  {
    var edit = ContentEdit(created: created)
    edit.replaced = replaced
    edit.removed = removed
    return edit
  }

  @Test("everything is done, in folders that were not there") func all() throws {
    let folder = try Folder(["c/a.md": "a", "c/b.md": "b"])
    var writing = ContentWriting(in: folder.path)
    try writing.apply(edit(created: ["r/g/1.yml": "x"], replaced: ["c/a.md": "A"], removed: ["c/b.md"]))
    #expect(folder.everything == ["c": "", "c/a.md": "A", "r": "", "r/g": "", "r/g/1.yml": "x"])
  }

  @Test(
    "what fails in the middle leaves everything as it was",
    arguments: [
      (["r/1.yml": "x", "c/a.md": "y"], [:], []), (["r/1.yml": "x"], ["c/none.md": "y"], []),
      (["r/1.yml": "x"], ["c/a.md": "A"], ["c/b.md", "c/none.md"]), (["r/1.yml": "x", "c/a.md/x": "y"], [:], []),
      (["r/1.yml": "x", "z/../../x": "y"], [:], []), (["r/1.yml": "x", "z/.git/x": "y"], [:], []),
    ] as [([String: String], [String: String], Set<String>)])
  func failure(created: [String: String], replaced: [String: String], removed: Set<String>) throws {
    let folder = try Folder(["c/a.md": "a", "c/b.md": "b"])
    let before = folder.everything
    #expect(throws: FileError.self) {
      var writing = ContentWriting(in: folder.path)
      try writing.apply(edit(created: created, replaced: replaced, removed: removed))
    }
    #expect(folder.everything == before)
  }

  @Test("a folder that leads elsewhere is not followed") func link() throws {
    let (folder, other) = (try Folder(["a": "a"]), try Folder())
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/out", withDestinationPath: other.path)
    #expect(throws: FileError.self) {
      var writing = ContentWriting(in: folder.path)
      try writing.apply(edit(created: ["out/x.yml": "x"]))
    }
    #expect(other.everything.isEmpty)
  }

  @Test("the name of a part says its kind, its time and what it says, and nothing else") func names() throws {
    let at = try #require(When("2026-10-20T09:42+01:00"))
    let one = Part.communication(to: "customers", channel: nil, by: "ana", at: at)
    let same = Part.communication(to: "customers", channel: nil, by: "ana", at: at)
    let other = Part.communication(to: "regulator", channel: nil, by: "ana", at: at)
    #expect(one.name == same.name && one.name != other.name)
    #expect(one.name.hasPrefix("communication-20261020T084200Z-") && one.name.hasSuffix(".yml"))
    let later = Part.communication(
      to: "customers", channel: nil, by: "ana", at: .moment(Moment(seconds: 1_900_000_000)))
    #expect(one.name < later.name && other.name < later.name)
  }
}
