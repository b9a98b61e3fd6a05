import Foundation
import Testing

@testable import Diagnostics

/// Holds the sources to the picture of the house: who may import whom, and what nobody does.
@Suite("The house") struct HouseTests {
  /// What each room may import; the C libraries and packages by the name that the source writes.
  private static let arrows: [String: Set<String>] = [
    "Diagnostics": [],
    "Model": ["Diagnostics", "Foundation"],
    "Ingest": [
      "Diagnostics", "Model", "Yams", "CCmarkGFM", "CExpat", "Crypto", "CryptoExtras", "Subprocess",
      "SystemPackage", "Synchronization", "Foundation",
    ],
    "Scheduling": ["Diagnostics", "Model"],
    "Governance": ["Diagnostics", "Model", "Scheduling"],
    "Metrics": ["Diagnostics", "Model", "Scheduling", "Governance"],
    "Charts": [],
    "Export": ["Diagnostics", "Model", "Governance", "CArchive", "Crypto", "Foundation"],
    "Templates": ["Diagnostics"],
    "Theme": ["CTheme"],
    "Pages": ["Diagnostics", "Model", "Scheduling", "Governance", "Metrics", "Charts", "Templates", "Foundation"],
    "Publishing": [
      "Diagnostics", "Model", "Ingest", "Scheduling", "Governance", "Metrics", "Pages", "Export", "Templates", "Theme",
      "SystemPackage",
    ],
    "Authoring": ["Diagnostics", "Model", "Ingest", "Subprocess", "SystemPackage", "Foundation"],
    "Preview": [
      "Diagnostics", "Model", "Ingest", "Publishing", "FlyingFox", "FlyingSocks", "SystemPackage", "Foundation",
    ],
    "gazette": [
      "Diagnostics", "Model", "Ingest", "Metrics", "Publishing", "Authoring", "Preview", "Export", "CHeap",
      "ArgumentParser", "SystemPackage", "Synchronization", "Foundation", "Dispatch",
    ],
  ]

  /// The C library of the system, which any room may see.
  private static let system: Set<String> = ["Darwin", "Glibc", "Musl"]

  private struct Source {
    var room: String
    var path: String
    var lines: [String]
    var text: String
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let sources: [Source] = {
    let names = FileManager.default.enumerator(atPath: root + "/Sources")?.allObjects.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
      guard let data = FileManager.default.contents(atPath: root + "/Sources/" + name) else { return nil }
      let text = String(decoding: data, as: UTF8.self)
      let room = String(name.split(separator: "/").first ?? "")
      return Source(room: room, path: "Sources/" + name, lines: text.components(separatedBy: "\n"), text: text)
    }
  }()

  @Test("there are sources to look at") func sourcesAreFound() {
    #expect(Set(Self.sources.map(\.room)).isSuperset(of: ["Diagnostics", "Model", "gazette"]))
  }

  @Test("a room imports only what the picture allows") func imports() {
    for source in Self.sources {
      guard let allowed = Self.arrows[source.room] else {
        Issue.record("\(source.path) is in a room that the picture does not have")
        continue
      }
      for line in source.lines {
        guard let module = Self.module(importedBy: line) else { continue }
        if !allowed.contains(module), !Self.system.contains(module) {
          Issue.record("\(source.path) imports \(module)")
        }
      }
    }
  }

  /// The module that a line imports, with whatever modifiers.
  private static func module(importedBy line: String) -> String? {
    var words = line.split(separator: " ")
    while let first = words.first, first.hasPrefix("@") || ["package", "public", "internal", "private"].contains(first)
    {
      words.removeFirst()
    }
    guard words.first == "import", words.count > 1 else { return nil }
    let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
    let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
    return name.split(separator: ".").first.map(String.init)
  }

  @Test("no type has the name of its module") func typeNames() {
    for source in Self.sources {
      for kind in ["struct", "enum", "class", "actor", "protocol", "typealias"] {
        for end in [" ", ":", "<", "\n"] where source.text.contains("\(kind) \(source.room)\(end)") {
          Issue.record("\(source.path) declares a type called \(source.room)")
        }
      }
    }
  }

  @Test(
    "what no room does",
    arguments: ["try!", "as!", "fatalError(", "@unchecked", "Mirror(", "NSRegularExpression"])
  func forbidden(text: String) {
    for source in Self.sources {
      for (number, line) in source.lines.enumerated() where line.contains(text) && !Self.isComment(line) {
        Issue.record("\(source.path):\(number + 1) has \(text)")
      }
    }
  }

  @Test("only the command looks at the clock") func clock() {
    for source in Self.sources where source.room != "gazette" {
      for (number, line) in source.lines.enumerated() where !Self.isComment(line) {
        for text in ["Date()", "Date.now", "ContinuousClock", "clock_gettime", "gettimeofday"] where line.contains(text)
        {
          Issue.record("\(source.path):\(number + 1) has \(text)")
        }
      }
    }
  }

  private static func isComment(_ line: String) -> Bool { line.drop { $0 == " " }.hasPrefix("//") }
}

/// Holds the table of codes to what it promises.
@Suite("The codes") struct CodeTests {
  @Test("every code is unique") func unique() {
    var seen = Set<String>()
    for code in Code.all { #expect(seen.insert(code.id).inserted, "\(code.id) is there twice") }
  }

  @Test("every code is a letter and three digits, in order") func form() {
    for code in Code.all {
      #expect(code.id.wholeMatch(of: /[CGMETLS][0-9]{3}/) != nil, "\(code.id)")
    }
    for (letter, codes) in Dictionary(grouping: Code.all, by: { $0.id.prefix(1) }) {
      #expect(codes.map(\.id) == codes.map(\.id).sorted(), "codes of \(letter)")
    }
  }

  @Test("every code says what, why and what to do") func words() {
    for code in Code.all {
      #expect(!code.title.isEmpty && !code.title.hasSuffix("."), "\(code.id)")
      #expect(
        code.title.first?.isUppercase == false || code.title.hasPrefix("Git") || code.title.hasPrefix("HTML"),
        "\(code.id)")
      #expect(code.why.count > 20 && code.why.hasSuffix("."), "\(code.id)")
      #expect(code.fix.count > 10, "\(code.id)")
    }
  }

  @Test("every code is in the table, and some code makes it") func isUsed() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let names =
      FileManager.default.enumerator(atPath: root.path + "/Sources")?.allObjects.compactMap { $0 as? String } ?? []
    var declared: [String: String] = [:]
    var used = ""
    for name in names.sorted() where name.hasSuffix(".swift") {
      let text = try String(contentsOf: root.appendingPathComponent("Sources/" + name), encoding: .utf8)
      guard name.contains("Diagnostics/Codes/") else {
        used += text
        continue
      }
      for match in text.matches(of: /static let (\w+)(?:: Code)? = Code\(\s*"(\w+)"/) {
        declared[String(match.output.2)] = String(match.output.1)
      }
    }
    #expect(Set(declared.keys) == Set(Code.all.map(\.id)))
    for (id, name) in declared.sorted(by: { $0.key < $1.key }) {
      let isUsed = used.contains(".\(name)")
      #expect(isUsed, "\(id) `\(name)` is never used")
    }
  }
}
