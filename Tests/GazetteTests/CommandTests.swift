import Diagnostics
import Foundation
import Testing

@Suite("The command") struct CommandTests {
  private static let names = [
    "init", "import", "check", "build", "merge", "serve", "gate", "new", "release", "record", "notes", "diff",
    "calendar", "metrics", "verify", "explain", "schema", "export", "completion", "man",
  ]

  private let empty: TemporaryRepository

  init() throws {
    empty = try TemporaryRepository(isGit: false)
  }

  @Test("--help lists these commands, and fits a screen") func help() throws {
    let outcome = try empty.gazette("--help")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let lines = outcome.output.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "SUBCOMMANDS:"))
    let names = lines[(start + 1)...].filter { $0.hasPrefix("  ") && $0.dropFirst(2).first != " " }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
    #expect(names == CommandTests.names)
    #expect(lines.count <= 52)
  }

  @Test(
    "every command's help has an example and fits a screen",
    arguments: CommandTests.names)
  func helpOfCommands(name: String) throws {
    let outcome = try empty.gazette(name, "--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  gazette \(name)"))
    #expect(outcome.output.components(separatedBy: "\n").count <= 48)
  }

  @Test("so does the help of every kind of `new` and `record`") func helpOfKinds() throws {
    let kinds = [
      "new": ["change", "product", "waiver", "incident", "exercise", "page"],
      "record": [
        "evidence", "approval", "deployment", "environment", "acceptance", "communication", "validation", "review",
        "gate",
      ],
    ]
    for (name, kinds) in kinds {
      for kind in kinds {
        let outcome = try empty.gazette(name, kind, "--help")
        #expect(outcome.status == 0 && outcome.output.contains("  gazette \(name) \(kind)"), "\(kind)")
        let lines = outcome.output.components(separatedBy: "\n")
        let isFolded = lines.allSatisfy { $0.count <= 80 }
        #expect(lines.count <= 48 && isFolded, "\(kind): \(lines.count) lines")
      }
    }
  }

  @Test("what keeps notes from being written is told on standard error, for their readers may not see the records")
  func findingsOfNotes() throws {
    let site = try SmallSite.repository()
    try site.write(Array("status: relased\n".utf8), to: SmallSite.record)
    for arguments in [["notes", "gw", "1.0.0..1.0.0"], ["diff", "gw", "1.0.0", "1.0.0"], ["build", "--plan"]] {
      let outcome = try GazetteProcess.run(arguments, in: site.path)
      #expect(outcome.status == 1)
      #expect(outcome.output == "", "\(arguments)")
      #expect(outcome.errors.contains("did you mean `released`?"), "\(arguments): \(outcome.errors)")
    }
  }

  @Test("--version is the version alone") func version() throws {
    #expect(try empty.gazette("--version").output == "0.1.0\n")
  }

  @Test(
    "what makes no sense is status 2, on standard error, with a suggestion where there is one",
    arguments: [
      (["chek"], "did you mean `check`?"), (["help", "chek"], "did you mean `check`?"),
      (["record", "aproval", "gw", "1.0.0"], "unknown command `record aproval`\n = help: did you mean `approval`?"),
      (["new", "thing"], "`gazette new --help` lists them"), (["help", "export", "cvs"], "did you mean `csv`?"),
      (["calendar", "--from", "2026-02-30"], "a day that does not exist; write a day such as `2026-11-02`"),
      (["check", "--as-of", "2030-01-01"], "a day, where a moment is needed; write a moment such as"),
      (["frobnicate"], "`gazette --help` lists them"),
      (["build", "--ouput", "x"], "--output"),
      (["build", "--audience", "everyone"], "everyone"), (["build", "--as-of", "yesterday"], "yesterday"),
      (["explain", "C9999"], "there is no code or rule `C9999`"),
      (["explain", "aprovals-complete"], "did you mean `approvals-complete`?"),
      (["check", "--report", "yaml"], "yaml"),
      (["check", "--jobs", "0"], "--jobs"), (["check", "--source", "x"], "x"),
    ])
  func wrongUsage(arguments: [String], words: String) throws {
    let outcome = try GazetteProcess.run(arguments, in: empty.path)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test("outside of a repository, init is status 2 and says what to do") func noRepository() throws {
    let outcome = try empty.gazette("init")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("not in a Git checkout"))
  }

  @Test("outside of a repository, check and build say so", arguments: ["check", "build"])
  func noCheckout(command: String) throws {
    let outcome = try empty.gazette(command)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[G001]"))
    #expect(empty.files(in: ".").isEmpty)
  }

  @Test("explain says every code and every rule") func explain() throws {
    let list = try empty.gazette("explain")
    #expect(list.status == 0)
    let ids = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(Array(ids.prefix(Code.all.count)) == Code.all.map(\.id))
    #expect(ids.contains("approvals-complete"))
    let rule = try empty.gazette("explain", "approvals-complete")
    for words in ["Keys in the policy:", "`roles`: roles with counts", "Fails:", "Passes:", "What to do:"] {
      #expect(rule.output.contains(words), "\(words)")
    }
    for code in Code.all.prefix(3) {
      let outcome = try empty.gazette("explain", code.id.lowercased())
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("\(code.id): \(code.title)\n"))
    }
  }

  @Test("a reader that stops reading is no crash") func closedPipe() throws {
    let outcome = try GazetteProcess.run(
      ["-c", "\"$0\" explain | head -n 1; echo ${PIPESTATUS[0]}", GazetteProcess.program], in: empty.path,
      program: "/bin/bash")
    #expect(outcome.output.hasSuffix("\n0\n"))
    #expect(outcome.errors == "")
  }

  @Test("the lines of every help are whole on a screen of 80 columns, so that examples can be copied")
  func widths() throws {
    let page = try empty.gazette("man", "--markdown").output
    var isVerbatim = false
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isVerbatim.toggle() }
      // The program's library breaks a line that fills the screen.
      #expect(!isVerbatim || line.count < 80, "\(line)")
    }
    for command in [["serve"], ["metrics"], ["export", "csv"], ["export", "period"], ["record", "validation"]] {
      let help = try GazetteProcess.run(command + ["--help"], in: empty.path).output
      #expect(help.contains("\nUSAGE: gazette \(command.joined(separator: " "))") && help.contains("[OPTION]…\n"))
    }
  }

  @Test("the content folder may be named from the root, and one that is not there is told so") func content() throws {
    let site = try SmallSite.repository()
    for command in ["check", "build"] {
      let outcome = try site.gazette(command, "--content", site.path + "/content/")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    let made = try site.gazette("new", "change", "gw", "Faster", "--kind", "fix", "--content", site.path + "/content")
    #expect(made.status == 0 && site.exists("content/changes/gw/faster.md"), "\(made.output)\(made.errors)")
    let outside = try site.gazette("check", "--content", site.path + "-x/content")
    #expect(outside.status == 2 && outside.errors.contains("must stand below the top"), "\(outside.errors)")
    let missing = try site.gazette("check", "--content", "nope")
    #expect(missing.output.contains("help: correct `--content`, or run `gazette init --content nope`"))
    let folder = try TemporaryRepository()
    let begun = try folder.gazette("init", "--content", folder.path + "/docs/releases")
    #expect(begun.status == 0 && folder.exists("docs/releases/gazette.yml"), "\(begun.output)\(begun.errors)")
  }
}
