import Foundation
import Testing

@Suite("The guide and the files to copy") struct GuideTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  private static var pages: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.path + "/content/pages/guide")
    return (names ?? []).filter { $0.hasSuffix(".md") }.sorted()
  }

  @Test("every command that the guide names is there, with its options") func commands() throws {
    let known = try Self.text("content/pages/guide/commands.md")
    for page in Self.pages where page != "commands.md" {
      for line in try Self.text("content/pages/guide/" + page).split(separator: "\n") {
        for match in line.matches(of: /gazette ([a-z]+)((?: +[^`|&#]+)?)/) where !line.contains(" GAZETTE") {
          let command = String(match.output.1)
          guard line.contains("`gazette") || line.hasPrefix("gazette ") else { continue }
          #expect(known.contains("## `gazette \(command)"), "\(page): \(line)")
          for option in match.output.2.matches(of: /--[a-z][a-z-]*/) {
            #expect(known.contains("`\(option.output)"), "\(page): \(option.output)")
          }
        }
      }
    }
    #expect(Self.pages.count >= 9)
  }

  @Test("every file to copy is explained") func explained() throws {
    let guide = try Self.text("content/pages/guide/ci.md")
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.root.path + "/scripts/ci") {
      #expect(guide.contains("`\(name)`"), "\(name)")
    }
  }

  @Test("the files to copy are run step by step, and make what they hand on") func pipelines() throws {
    let own = Self.root.path + "/.venv/bin/python"
    let python = FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    let site = try SmallSite.repository()
    let script = Self.root.path + "/Tests/Scripts/ci_files.py"
    let outcome = try GazetteProcess.run(
      [python, script, GazetteProcess.program, Self.root.path + "/scripts/ci", site.path], in: Self.root.path,
      program: "/usr/bin/env")
    // Without its packages there is nobody to read YAML with.
    guard outcome.status != 3, outcome.status != 127 else { return }
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  /// The lines of a page that somebody would copy into a shell, with what continues them.
  private static func examples(on page: String) throws -> [String] {
    var examples: [String] = []
    var isContinued = false
    for line in try text(page).split(separator: "\n") {
      let words = line.drop { $0 == " " }
      if isContinued {
        examples[examples.count - 1] += "\n" + words
      } else if words.hasPrefix("gazette "), !words.contains("["), words.firstMatch(of: /\ [A-Z]+$/) == nil {
        // Behind a gap it says what that is for; what becomes of the output is not ours to try.
        let ends = ["    ", " > ", " | ", " && "].compactMap { words.range(of: $0)?.lowerBound }
        examples.append(String(words[..<(ends.min() ?? words.endIndex)]))
      } else {
        continue
      }
      isContinued = words.hasSuffix("\\")
    }
    // Those that end so leave out what is needed.
    return examples.filter { !$0.hasSuffix(" …") && !$0.hasPrefix("gazette (") }
  }

  private static let pagesWithExamples: [String] = ["README.md"] + pages.map { "content/pages/guide/" + $0 }

  @Test("every line to copy is understood by the program", arguments: pagesWithExamples)
  func understood(page: String) throws {
    let folder = URL(fileURLWithPath: GazetteProcess.program).deletingLastPathComponent().path
    // Nothing is done in a folder that is no repository; but what makes no sense is said before that is seen.
    let nowhere = try TemporaryRepository(isGit: false)
    for example in try Self.examples(on: page) {
      // A server would go on for ever.
      let wait = example.hasPrefix("gazette serve") ? "timeout 1 " : ""
      let outcome = try nowhere.shell("PATH='\(folder)':$PATH; \(wait)\(example)")
      let isUnderstood = !outcome.errors.contains("Usage:") && !outcome.errors.contains("unknown command")
      #expect(isUnderstood && outcome.status != 127, "\(page): \(example)\n\(outcome.errors)")
    }
  }

  @Test("the lines to copy are found") func examplesAreFound() throws {
    let count = try Self.pagesWithExamples.reduce(0) { try $0 + Self.examples(on: $1).count }
    #expect(count > 80)
    let nowhere = try TemporaryRepository(isGit: false)
    #expect(try nowhere.gazette("check", "--sinze", "main").errors.contains("Usage:"))
    #expect(try nowhere.gazette("build", "--shard", "17/16").errors.contains("Usage:"))
  }

  @Test("the hook stops a commit that breaks something, and no other") func hook() throws {
    let repository = try SmallSite.repository()
    let hook = Self.root.path + "/scripts/ci/pre-commit"
    let folder = URL(fileURLWithPath: GazetteProcess.program).deletingLastPathComponent().path
    func commit() throws -> GazetteProcess.Outcome {
      try repository.shell(
        "cp '\(hook)' .git/hooks/pre-commit && PATH='\(folder)':$PATH && git add -A && "
          + "git -c user.name=A -c user.email=a@example.com commit -q -m Change")
    }
    try repository.write("# A comment\nstatus: released\nreleased: 2024-01-01\n", to: SmallSite.record)
    let sound = try commit()
    #expect(sound.status == 0, "\(sound.output) \(sound.errors)")
    try repository.write("status: relased\n", to: SmallSite.record)
    let broken = try commit()
    #expect(broken.status == 1)
    #expect((broken.output + broken.errors).contains("did you mean `released`?"), "\(broken)")
  }
}
