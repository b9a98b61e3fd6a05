import Foundation
import Testing

@testable import Preview

@Suite("What is watched") struct WatchTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "watch-\(UUID().uuidString)").path
    for name in ["content/releases", ".git/refs/heads"] {
      try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    for name in ["content/a.md", "content/releases/1.yml", "CHANGELOG.md", ".git/HEAD", ".git/refs/heads/main"] {
      try "old".write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func watch(_ folder: String) -> Watch {
    Watch(
      paths: [folder + "/CHANGELOG.md", folder + "/content"],
      repositories: [Watch.Repository(at: folder)].compactMap { $0 })
  }

  /// Whether a change of it counts.
  private static let changes = [
    ("content/a.md", true), ("content/new.md", true), ("content/releases/1.yml", true), ("CHANGELOG.md", true),
    (".git/HEAD", true), (".git/packed-refs", true), (".git/refs/heads/main", true),
    ("content/.a.md.swp", false), ("content/a.md~", false), ("content/releases/.hidden", false),
    ("README.md", false), (".git/index.lock", false), (".git/FETCH_HEAD", false),
  ]

  @Test("a look differs when what was looked at changed, and else not", arguments: changes)
  func look(path: String, counts: Bool) throws {
    try withFolder { folder in
      let watch = watch(folder)
      let before = watch.look()
      #expect(watch.look() == before)
      try "something newer".write(toFile: folder + "/" + path, atomically: false, encoding: .utf8)
      #expect((watch.look() != before) == counts)
    }
  }

  @Test("a file that moves into the folder beside it is a change")
  func moved() throws {
    try withFolder { folder in
      let before = watch(folder).look()
      try FileManager.default.moveItem(
        atPath: folder + "/content/releases/1.yml", toPath: folder + "/content/releases.yml")
      let between = watch(folder).look()
      #expect(between != before)
      try FileManager.default.moveItem(
        atPath: folder + "/content/releases.yml", toPath: folder + "/content/releases/1.yml")
      #expect(watch(folder).look() != between)
    }
  }

  #if os(Linux)
    @Test("the system tells of what is looked at, and of nothing else", arguments: changes)
    func events(path: String, counts: Bool) throws {
      try withFolder { folder in
        let events = try #require(FolderEvents(in: watch(folder).folders))
        #expect(!events.news().counts)
        try "something newer".write(toFile: folder + "/" + path, atomically: false, encoding: .utf8)
        let news = events.news()
        #expect(news.counts == counts)
        if counts { #expect(news.paths == [folder + "/" + path]) }
        #expect(events.news() == FolderNews())
      }
    }

    @Test("a folder that goes away is told of")
    func removed() throws {
      try withFolder { folder in
        let events = try #require(FolderEvents(in: watch(folder).folders))
        try FileManager.default.removeItem(atPath: folder + "/content")
        #expect(events.news().counts)
      }
    }

    @Test("of hidden files and copies the system tells, though they are no reason to build")
    func hidden() throws {
      try withFolder { folder in
        let events = try #require(FolderEvents(in: watch(folder).folders))
        try FileManager.default.moveItem(atPath: folder + "/content/a.md", toPath: folder + "/content/a.md~")
        let news = events.news()
        #expect(news == FolderNews(paths: [folder + "/content/a.md", folder + "/content/a.md~"], counts: true))
      }
    }
  #endif
}
