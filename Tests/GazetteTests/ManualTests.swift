import Foundation
import TestSupport
import Testing

@Suite("What the command says of itself") struct ManualTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func gazette(_ arguments: String...) throws -> GazetteProcess.Outcome {
    try GazetteProcess.run(arguments, in: Self.root.path)
  }

  @Test(
    "the guide's pages of commands and fields are what the command writes",
    arguments: [("commands", "--markdown"), ("fields", "--fields")])
  func guide(page: String, option: String) throws {
    let file = Self.root.appendingPathComponent("content/pages/guide/\(page).md")
    let wanted = try gazette("man", option)
    #expect(wanted.status == 0)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == wanted.output, "run `gazette man \(option) >content/pages/guide/\(page).md`")
  }

  @Test("the manual page has every command and option, and nothing that troff would take for its own") func man() throws
  {
    let page = try gazette("man").output
    let commands = try gazette("man", "--markdown").output
    for line in commands.split(separator: "\n") where line.hasPrefix("## `gazette ") {
      let name = line.dropFirst(4).dropLast()
      #expect(page.contains(".SS \"" + name.replacingOccurrences(of: "-", with: "\\-")), "\(name)")
    }
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      let word = line.split(separator: " ")[0]
      #expect([".TH", ".SH", ".SS", ".TP", ".B", ".I", ".PP", ".nf", ".fi"].contains(word), "\(line)")
    }
    for option in ["\\-\\-since REV", "\\-\\-baseline FILE", "\\-\\-at REV", "\\-\\-jobs N"] {
      #expect(page.contains(".B " + option), "\(option)")
    }
  }

  @Test("each shell's completion knows the commands", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let outcome = try gazette("completion", shell)
    #expect(outcome.status == 0)
    for word in ["check", "schema", "merge", "shard", "write-baseline"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
    #expect(outcome.output.contains("junit") && outcome.output.contains("sarif"))
    #expect(try gazette("completion", "tcsh").status == 2)
  }

  @Test("the completion of bash is a script that bash can read") func bash() throws {
    let repository = try TemporaryRepository(isGit: false)
    let outcome = try repository.shell("\"$0\" completion bash >c && bash -n c")
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
  }

  private static var picture: URL? {
    SharedData.folder?.deletingLastPathComponent().appendingPathComponent("design/product.md")
  }

  @Test("--help has the commands of the picture", .enabled(if: SharedData.folder != nil, "needs the picture"))
  func picture() throws {
    guard let file = Self.picture, let text = try? String(contentsOf: file, encoding: .utf8) else { return }
    let list = try #require(text.components(separatedBy: "## 4. The command").last?.components(separatedBy: "```")[1])
    var wanted: [String] = []
    for line in list.split(separator: "\n") where line.hasPrefix("gazette ") {
      wanted += line.components(separatedBy: " · ").compactMap { part in
        let words = part.split(separator: " ")
        return words.count > 1 && words[0] == "gazette" ? String(words[1]) : nil
      }
    }
    #expect(wanted.count > 15)
    let help = try gazette("--help").output
    let known = help.components(separatedBy: "SUBCOMMANDS:").last ?? ""
    let names = known.split(separator: "\n").compactMap { line in
      line.hasPrefix("  ") && line.dropFirst(2).first != " " ? line.split(separator: " ").first.map(String.init) : nil
    }
    for command in wanted { #expect(names.contains(command), "\(command)") }
    // What makes the command itself better known is no part of the picture.
    let own: Set<String> = ["completion", "man", "See"]
    for name in names where !own.contains(name) { #expect(wanted.contains(name), "\(name) is not in the picture") }
  }

  // MARK: Schemas

  @Test("schemas are listed, printed and written") func schemas() throws {
    let repository = try TemporaryRepository(isGit: false)
    let list = try repository.gazette("schema")
    #expect(list.status == 0 && list.output.contains("release   content/releases/*/*.yml\n"))
    let one = try repository.gazette("schema", "release")
    #expect(try JSONSerialization.jsonObject(with: Data(one.output.utf8)) is [String: Any])
    #expect(one.output.contains("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""))
    let wrong = try repository.gazette("schema", "relase")
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean `release`?"))
    #expect(try repository.gazette("schema", "--output", "schemas").status == 0)
    #expect(repository.text("schemas/release.schema.json") == one.output)
    #expect(repository.files(in: "schemas").count == list.output.split(separator: "\n").count)
    #expect(try repository.gazette("schema", "--output", "schemas/release.schema.json").status == 2)
  }

  /// A Python with the packages, first of all that of the tests.
  private func python(_ script: String, _ arguments: String...) throws -> GazetteProcess.Outcome {
    let own = Self.root.path + "/.venv/bin/python"
    let program = FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    return try GazetteProcess.run(
      [program, Self.root.path + "/Tests/Scripts/" + script] + arguments, in: Self.root.path, program: "/usr/bin/env")
  }

  @Test("every file of the demonstration is valid by its schema, and broken ones are not") func demonstration() throws {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": "title: Harbor\n", "content/products/gw.yml": "name: Gateway\n",
      SmallSite.record: "status: released\nreleased: 2024-01-01\ntitle: 2.10\nowner: null\n",
    ])
    #expect(try repository.gazette("schema", "--output", "schemas").status == 0)
    let valid = try python("content_schemas.py", repository.path + "/schemas", Self.root.path + "/content")
    // Without its packages, what the schemas say is held to the declarations in the tests of Authoring.
    guard valid.status != 3, valid.status != 127 else { return }
    #expect(valid.status == 0, "\(valid.output) \(valid.errors)")
    func held() throws -> GazetteProcess.Outcome {
      try python("content_schemas.py", repository.path + "/schemas", repository.path + "/content")
    }
    #expect(try held().status == 0)
    for broken in [
      "relased: 2024-01-01", "{}", "status: relased", "status: released\nreleased: 2024-13-01\nsecurity: [{cvss: 8}]",
      "status: released\nchanges: {kind: fix}", "status: released\nchanges: [{kind: fix}]", "status: null",
      "status: released\nowner: Ana Ruiz",
    ] {
      try repository.write(broken + "\n", to: SmallSite.record)
      let outcome = try held()
      #expect(outcome.status == 1, "\(broken): \(outcome.output)")
    }
  }
}
