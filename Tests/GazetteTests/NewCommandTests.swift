import Foundation
import Testing

@Suite("gazette new") struct NewCommandTests {
  @Test("every kind is written, and the content is sound with it") func kinds() throws {
    let repository = try DaySite.repository()
    try repository.git("tag", "auth2-v1.0.0")
    let at = ["--at", "2024-01-01T09:00Z"]
    let kinds: [([String], String)] = [
      (
        ["change", "gw", "Search: answers — \"fast\" #1", "--kind", "feature", "--ref", "#412", "--also", "auth"],
        "content/changes/gw/search-answers-fast-1.md"
      ),
      (
        ["change", "gw", "/v1/find is gone", "--kind", "breaking", "--action", "Call `/v2/search`: it's there"],
        "content/changes/gw/v1-find-is-gone.md"
      ),
      (
        ["change", "auth", "Secret", "--kind", "security", "--id", "cve", "--embargo-until", "2999-01-01T00:00Z"],
        "content/changes/auth/cve.md"
      ),
      (
        ["product", "door", "--name", "Harbor: Door", "--kind", "firmware", "--versioning", "numeric"],
        "content/products/door.yml"
      ),
      (
        [
          "waiver", "tests-passed", "--product", "gw", "--versions", ">=1.0, <2", "--reason", "The farm: burnt",
          "--approved-by", "dana", "--expires", "2024-12-31",
        ], "content/waivers/gw-1-0-2-tests-passed.yml"
      ),
      (
        [
          "incident", "Search was slow", "--caused-by", "gw@1.0.0", "--severity", "high", "--environment", "production",
        ],
        "content/incidents/2024-01-01-search-was-slow.yml"
      ),
      (
        [
          "exercise", "rollback", "--product", "gw", "--environment", "staging", "--result", "succeeded", "--duration",
          "PT18M", "--by", "ana",
        ], "content/exercises/2024-01-01-rollback-gw.yml"
      ),
      (
        ["page", "How to upgrade: a guide", "--audience", "public", "--owner", "ana"],
        "content/pages/how-to-upgrade-a-guide.md"
      ),
    ]
    for (arguments, path) in kinds {
      let outcome = try repository.gazette(["new"] + arguments + at, as: "ana")
      #expect(outcome.status == 0 && outcome.errors == "", "\(arguments): \(outcome.output)\(outcome.errors)")
      #expect(outcome.output.hasPrefix("Wrote\n  \(path)\nNext: "), "\(outcome.output)")
      #expect(repository.exists(path))
    }
    let door = try #require(repository.text("content/products/door.yml"))
    for words in ["name: 'Harbor: Door'\n", "\nkind: firmware\n", "\nversioning: numeric\n", "tags: 'door-v{version}'"]
    {
      #expect(door.contains(words), "\(words)")
    }
    try repository.commit("All")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0, "\(checked.output)")
    for (arguments, path) in kinds {
      let before = repository.text(path)
      let again = try repository.gazette(["new"] + arguments + at, as: "ana")
      #expect(again.status == 2 && again.errors.contains("already"), "\(arguments): \(again.output)\(again.errors)")
      #expect(repository.text(path) == before)
    }
  }

  private static let lacking: [(arguments: [String], words: String)] = [
    (["change", "gw", "Faster"], "give `--kind`, one of `breaking`"), (["change", "gw", "--kind", "fix"], "the text"),
    (["change", "--kind", "fix"], "give its id, one of `auth`, `gw`"),
    (["change", "gw", "x is gone", "--kind", "breaking"], "give `--action`"),
    (["change", "gww", "x", "--kind", "fix"], "did you mean `gw`?"),
    (["change", "gw", "x", "--kind", "fix", "--embargo-until", "2999-01-01"], "a day, where a moment is needed; write"),
    (["incident", "x", "--severity", "low", "--began", "2026-13-01"], "a day that does not exist; write a day such as"),
    (["waiver", "tests-passed", "--expires", "tomorrow"], "not a day; write a day such as `2026-11-02`, or a moment"),
    (["product", "gw"], "edit that file, or give the new product another id"),
    (["change", "gw", "x", "--kind", "fix", "--id", "Not An Id"], "such as `not-an-id`"),
    (["change", "gw", "x", "--kind", "fix", "--also", "nothing"], "there is no product `nothing`"),
    (["change", "gw", "x", "--kind", "fix", "--embargo-until", "tomorrow"], "tomorrow"),
    (["product"], "the id of the product is missing"), (["product", "gw"], "is there already"),
    (["waiver"], "the rule is missing"), (["waiver", "tests-pased"], "did you mean `tests-passed`?"),
    (["waiver", "tests-passed", "--product", "gw", "--reason", "x", "--approved-by", "dana"], "give `--expires`"),
    (
      [
        "waiver", "tests-passed", "--product", "gw", "--reason", "x", "--approved-by", "dan", "--expires", "2025-01-01",
      ],
      "did you mean `dana`?"
    ),
    (["incident"], "what happened is missing"), (["incident", "x"], "give `--severity`, one of `low`"),
    (["incident", "x", "--severity", "low", "--caused-by", "gw@9.9.9"], "has no release 9.9.9"),
    (["incident", "x", "--severity", "low", "--caused-by", "auth@9.9.9"], "has no release 9.9.9"),
    (
      [
        "waiver", "tests-passed", "--product", "gw", "--reason", "x", "--approved-by", "dana", "--role", "qa",
        "--expires", "2099-01-01",
      ],
      "`dana` does not hold `qa`; `dana` holds `security`"
    ),
    (
      [
        "waiver", "tests-passed", "--product", "gw", "--reason", "x", "--approved-by", "ana", "--expires", "2099-01-01",
      ],
      "`ana` approves the waiver and asks for it"
    ),
    (["exercise"], "the kind of exercise"), (["exercise", "rollback", "--duration", "long"], "is not a duration"),
    (["page"], "the title of the page"), (["page", "x", "--id", "../x"], "is not an id"),
  ]

  @Test("what is missing is named by its flag where nobody can be asked, and nothing is written") func missing() throws
  {
    let repository = try DaySite.repository()
    try repository.write(
      "name: Auth\nsource: {id: main, tags: 'auth-v{version}', discover: true}\n", to: "content/products/auth.yml")
    try repository.commit("Tags of auth are its releases")
    for (arguments, words) in Self.lacking {
      let outcome = try repository.gazette(["new"] + arguments, as: "ana")
      #expect(outcome.status == 2 && outcome.output == "", "\(arguments)")
      #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
    #expect(try repository.answer("status", "--porcelain") == "")
  }

  @Test("two changes with the same words are two files only when somebody says so") func collision() throws {
    let repository = try DaySite.repository()
    let first = try repository.gazette(["new", "change", "gw", "Faster", "--kind", "fix"], as: "ana")
    #expect(first.status == 0)
    let second = try repository.gazette(["new", "change", "gw", "Faster!", "--kind", "fix"], as: "ana")
    #expect(second.status == 2 && second.errors.contains("`faster`"), "\(second.errors)")
    let third = try repository.gazette(
      ["new", "change", "gw", "Faster!", "--kind", "fix", "--id", "faster-2"], as: "ana")
    #expect(third.status == 0)
  }

  @Test("a tag that is a release may have caused an incident, and what has just happened is to be committed")
  func causedByTag() throws {
    let repository = try DaySite.repository()
    try repository.write(
      "name: Auth\nsource: {id: main, tags: 'auth-v{version}', discover: true}\n", to: "content/products/auth.yml")
    try repository.commit("Tags", tag: "auth-v1.2.0")
    let outcome = try repository.gazette(
      ["new", "incident", "Down", "--severity", "high", "--caused-by", "auth@1.2.0"], as: "ana")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("Next: commit it; until then it is dated later than"), "\(outcome.output)")
    let early = try repository.gazette("check")
    #expect(early.status == 1 && early.output.contains("help: commit the file"), "\(early.output)")
    // Its commit is of the time that the clock says.
    let commit = try repository.shell("git add -A; git commit -qm Incident", environment: DaySite.person("ana"))
    #expect(commit.status == 0, "\(commit.errors)")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0, "\(checked.output)")
  }

  @Test("a terminal is asked for what is missing") func asked() throws {
    let repository = try DaySite.repository()
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    let outcome = try repository.shell(
      """
      printf 'gww\\ngw\\nfixx\\nfix\\n\\nSearch works\\n' | TERM=xterm script -qec "$0 new change" /dev/null
      """, environment: DaySite.person("ana"))
    #expect(outcome.output.contains("did you mean `fix`?"), "\(outcome.output)")
    #expect(repository.text("content/changes/gw/search-works.md") == "---\nkind: fix\n---\nSearch works\n")
  }

  @Test("words in any script give a name: letters without their accents, else a name by digest") func names() throws {
    let repository = try DaySite.repository()
    let at = ["--at", "2024-01-01T09:00Z"]
    let kinds: [(arguments: [String], path: String)] = [
      (
        ["change", "gw", "Größe der Dateien wird angezeigt", "--kind", "fix"],
        "changes/gw/grosse-der-dateien-wird-angezeigt.md"
      ),
      (["change", "gw", "Łódź — œuvre №5", "--kind", "fix"], "changes/gw/lodz-oeuvre-5.md"),
      (["change", "gw", "検索が速くなった", "--kind", "fix"], "changes/gw/change-"),
      (["change", "gw", "🎉", "--kind", "fix"], "changes/gw/change-"),
      (["incident", "Störung in der Suche", "--severity", "high"], "incidents/2024-01-01-storung-in-der-suche.yml"),
      (["incident", "障害", "--severity", "high"], "incidents/2024-01-01.yml"),
      (["page", "Über uns"], "pages/uber-uns.md"), (["page", "検索"], "pages/page-"),
    ]
    for (arguments, path) in kinds {
      let outcome = try repository.gazette(["new"] + arguments + at, as: "ana")
      #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
      #expect(outcome.output.hasPrefix("Wrote\n  content/\(path)"), "\(outcome.output)")
    }
    #expect(repository.files(in: "content/changes/gw").count == 4)
    try repository.commit("All")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0, "\(checked.output)")
  }
}
