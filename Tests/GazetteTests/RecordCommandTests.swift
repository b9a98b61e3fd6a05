import Foundation
import Testing

@Suite("gazette record") struct RecordCommandTests {
  private static let at = ["--at", "2024-01-01T09:00Z"]

  @Test("every kind is written, read back, and the content is sound with it") func kinds() throws {
    let repository = try DaySite.repository()
    let kinds: [[String]] = [
      ["evidence", "gw", "1.0.0", "build/unit.xml", "--layer", "unit", "--copy", "--control", "CC8.1"],
      [
        "evidence", "gw", "1.0.0", "--statement", "Tried: it's \"fine\" # yes", "--kind", "manual-tests", "--by", "ben",
      ],
      ["approval", "gw", "1.0.0", "--by", "dana", "--comment", "fine:\nreally"],
      [
        "deployment", "gw", "1.0.0", "--to", "staging", "--strategy", "canary", "--share", "5", "--baked", "PT2H",
        "--decision", "expand", "--criterion", "error rate; < 1 %; 0.3 %", "--started", "2024-01-01T08:00Z",
      ],
      ["environment", "gw", "1.0.0", "--of", "staging", "--image", "sha256:" + String(repeating: "a", count: 64)],
      ["acceptance", "gw", "1.0.0", "--criterion", "Finds — ä", "--evidence", "unit", "--role", "product-owner"],
      ["communication", "gw", "1.0.0", "--to", "customers", "--channel", "status page"],
      ["validation", "gw", "1.0.0", "--check", "smoke=passed", "--check", "a=b=failed"],
      ["review", "gw", "1.0.0", "--went-well", "All", "--action", "ben, 2024-02-01, Add an alarm, soon"],
      ["review", "gw", "1.0.0", "--action", "ana, 2024-02-01, Another"],
      ["gate", "gw", "1.0.0", "--bypass", "--reason", "It was down", "--to", "production"],
    ]
    for arguments in kinds {
      let outcome = try repository.gazette(["record"] + arguments + Self.at, as: "ana")
      #expect(outcome.status == 0 && outcome.errors == "", "\(arguments): \(outcome.output)\(outcome.errors)")
      #expect(
        outcome.output.hasPrefix("Wrote\n  content/releases/gw/1.0.0.d/\(arguments[0])-20240101T090000Z-")
          || arguments.contains("--started"), "\(outcome.output)")
    }
    #expect(repository.parts(of: "gw/1.0.0").count == kinds.count)
    #expect(repository.text("content/releases/gw/1.0.0.yml") == "status: candidate\n")
    try repository.commit("Record")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0 && checked.output.hasPrefix("Nothing is wrong"), "\(checked.output)")
    let plan = try repository.gazette("build", "--audience", "internal", "--plan").output
    for words in ["Tried: it's", "fine:\\nreally", "error rate", "Finds — ä", "status page", "Add an alarm, soon"] {
      #expect(plan.contains(words), "\(words)")
    }
    let approval = try #require(repository.parts(of: "gw/1.0.0").first { $0.hasPrefix("approval") })
    let words = try #require(repository.text("content/releases/gw/1.0.0.d/" + approval))
    #expect(words.contains("by: dana\n    role: security\n"))
  }

  private static let refusals: [(arguments: [String], words: String)] = [
    (["approval", "gw", "1.0.1"], "has no record of 1.0.1"), (["approval", "gw", "1.0"], "is not a semver version"),
    (["approval", "gww", "1.0.0"], "did you mean `gw`?"),
    (["approval", "gw", "1.0.0", "--by", "dan"], "did you mean `dana`?"),
    (["approval", "gw", "1.0.0", "--by", "../x"], "there is no person"),
    (["deployment", "gw", "1.0.0", "--to", "prodution"], "did you mean `production`?"),
    (["deployment", "gw", "1.0.0", "--to", "staging", "--share", "500"], "is no share"),
    (["environment", "gw", "1.0.0", "--of", "staging", "--image", "latest"], "is not a digest"),
    (["environment", "gw", "1.0.0", "--of", "staging"], "nothing is said of `staging`"),
    (["acceptance", "gw", "1.0.0", "--criterion", "x", "--evidence", "unit"], "no evidence `unit`"),
    (["validation", "gw", "1.0.0"], "nothing was checked"), (["review", "gw", "1.0.0"], "the review says nothing"),
    (["gate", "gw", "1.0.0", "--bypass"], "needs --reason"), (["evidence", "gw", "1.0.0"], "nothing is shown"),
    (["approval", "gw", "1.0.0", "--at", "2999-01-01T00:00Z"], "is yet to come"),
    (["evidence", "gw", "1.0.0", "build/none.xml"], "does not exist"),
    (["evidence", "gw", "1.0.0", "../unit.xml"], "is not in the checkout"),
    (["evidence", "gw", "1.0.0", "build/unit.xml", "--kind", "coverage"], "is called `coverage`, and holds `tests`"),
    (["evidence", "gw", "1.0.0", "build/notes.txt"], "nothing tells what `build/notes.txt` shows"),
    (["evidence", "gw", "1.0.0", "build/notes.txt", "--kind", "tests"], "is called `tests`, and its format"),
    (["evidence", "gw", "1.0.0", "build/half.json"], "half.json"),
    (["evidence", "gw", "1.0.0", "build/unit.xml", "--format", "sarif"], "E"),
    (["evidence", "gw", "1.0.0", "build/unit.xml", "--of", "nothing"], "there is no commit `nothing`"),
    (["evidence", "gw", "1.0.0", "build/ignored.xml"], "Git ignores"),
    (["gate", "gw", "1.0.0", "--attestation", "build/unit.xml"], "is no verdict of the gate"),
    (["gate", "gw", "1.0.0", "--artifact", "sha256:abc"], "`sha256:abc` is not a digest"),
    (["gate", "gw", "1.0.0", "--attestation", "x", "--artifact", "sha256:abc"], "leave --artifact out"),
    (["approval", "gw", "1.0.0", "--role", "relese-manager"], "did you mean `release-manager`?"),
    (["approval", "gw", "1.0.0", "--by", "dana", "--role", "qa"], "`dana` does not hold `qa`; `dana` holds `security`"),
    (["approval", "gw", "1.0.0", "--by", "ben", "--role", "qa"], "`ben` does not hold `qa`\n"),
    (["approval", "gw", "1.0.0", "--by", "finn"], "`finn` holds several roles: `security`, `qa`"),
    (["approval", "gw", "1.0.0", "--decision", "conditional"], "give `--conditions`"),
  ]

  @Test("what makes no sense is refused, says why, and leaves nothing") func refusals() throws {
    let repository = try DaySite.repository()
    try repository.write("Nothing in particular\n", to: "build/notes.txt")
    try repository.write("{\"a\": ", to: "build/half.json")
    try repository.write(DaySite.report, to: "build/ignored.xml")
    try repository.write("ignored.xml\n", to: ".gitignore")
    let settings = DaySite.settings.replacingOccurrences(
      of: "bots:", with: "  finn: {name: Finn, roles: [{id: security}, {id: qa}]}\nbots:")
    try repository.write(settings, to: "content/gazette.yml")
    try repository.commit("More")
    for (arguments, words) in Self.refusals {
      let at = arguments.contains("--at") ? [] : Self.at
      let outcome = try repository.gazette(["record"] + arguments + at, as: "ana")
      #expect(outcome.status == 1 || outcome.status == 2, "\(arguments)")
      #expect((outcome.output + outcome.errors).contains(words), "\(arguments): \(outcome.output)\(outcome.errors)")
    }
    #expect(try repository.answer("status", "--porcelain") == "")
  }

  @Test("what a validation says already is not said again, and nothing else in its place") func validation() throws {
    let repository = try DaySite.repository()
    for (check, person) in [("smoke", "ana"), ("load", "ana")] {
      let outcome = try repository.gazette(
        ["record", "validation", "gw", "1.0.0", "--check", "\(check)=passed", "--by", person] + Self.at, as: "ana")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    let other = try repository.gazette(
      ["record", "validation", "gw", "1.0.0", "--check", "more=passed", "--by", "ben"] + Self.at, as: "ana")
    #expect(other.status == 2 && other.errors.contains("answers for all of it is ana already, as content/releases"))
    #expect(other.errors.contains("leave `--by` out"), "\(other.errors)")
    #expect(repository.parts(of: "gw/1.0.0").count == 2)
  }

  @Test("a verdict keeps the artifact that was asked about") func artifact() throws {
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let repository = try DaySite.repository(
      record: "status: candidate\nartifacts: [{name: gw, digest: '\(digest)'}]\n")
    try repository.write("rules: {risk-classified: {severity: warning}}\n", to: "content/policy/p.yml")
    try repository.commit("More")
    for arguments in [[], ["--artifact", digest]] {
      let outcome = try repository.gazette(["record", "gate", "gw", "1.0.0"] + arguments + Self.at, as: "ana")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    let parts = repository.parts(of: "gw/1.0.0").compactMap { repository.text("content/releases/gw/1.0.0.d/" + $0) }
    #expect(parts.count == 2 && parts.count { $0.contains("artifact: '\(digest)'\n") } == 1, "\(parts)")
    try repository.commit("Record")
    #expect(try repository.gazette("check").status == 0)
  }

  @Test("a commit that is on no branch is warned of") func detached() throws {
    let repository = try DaySite.repository()
    let arguments = ["record", "communication", "gw", "1.0.0", "--to", "all", "--commit", "--at"]
    let attached = try repository.gazette(arguments + ["2024-01-01T09:00Z"], as: "ana")
    #expect(attached.status == 0 && attached.errors == "", "\(attached.errors)")
    try repository.git("checkout", "--quiet", "--detach")
    let outcome = try repository.gazette(arguments + ["2024-01-01T10:00Z"], as: "ana")
    #expect(outcome.status == 0 && outcome.errors.contains("git push origin HEAD:BRANCH"), "\(outcome.errors)")
  }

  @Test("a file whose name has marks and signs is recorded under an id without them") func markedName() throws {
    let repository = try DaySite.repository()
    try repository.write(DaySite.report, to: "build/prüf 'x\".xml")
    let outcome = try repository.gazette(
      ["record", "evidence", "gw", "1.0.0", "build/prüf 'x\".xml", "--copy", "--commit"] + Self.at, as: "ana")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let part = try #require(repository.parts(of: "gw/1.0.0").first)
    #expect(repository.text("content/releases/gw/1.0.0.d/" + part)?.contains("id: pruf-x\n") == true)
    #expect(try repository.gazette("check").status == 0)
  }

  @Test("evidence is of the last commit that changed more than the content") func examined() throws {
    let repository = try DaySite.repository()
    let examined = try repository.answer("rev-parse", "HEAD").dropLast()
    try repository.write("status: candidate\ncommit: \(examined)\n", to: "content/releases/gw/1.0.0.yml")
    try repository.commit("Content")
    try repository.write("status: candidate\ntag: v1.0.0\n", to: "content/releases/gw/1.0.0.yml")
    try repository.commit("More", tag: "v1.0.0")
    let outcome = try repository.gazette(["record", "evidence", "gw", "1.0.0", "build/unit.xml"] + Self.at, as: "ana")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let part = try #require(repository.parts(of: "gw/1.0.0").first)
    #expect(repository.text("content/releases/gw/1.0.0.d/" + part)?.contains(examined) == true)
  }

  @Test("evidence is pinned to what it is, wherever it is") func evidence() throws {
    let repository = try DaySite.repository()
    let first = try repository.gazette(["record", "evidence", "gw", "1.0.0", "build/unit.xml"] + Self.at, as: "ana")
    #expect(first.status == 0, "\(first.output)\(first.errors)")
    let part = try #require(repository.parts(of: "gw/1.0.0").first)
    let text = try #require(repository.text("content/releases/gw/1.0.0.d/" + part))
    let digest = try repository.shell("sha256sum build/unit.xml | cut -c1-64").output.prefix(64)
    for words in ["id: unit", "kind: tests", "path: build/unit.xml", "sha256: '\(digest)'", "commit: "] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    // The commit is that of what was examined, also when records were committed on top of it.
    let examined = try repository.answer("rev-parse", "HEAD").dropLast()
    #expect(text.contains(examined), "\(text)")
    let again = try repository.gazette(["record", "evidence", "gw", "1.0.0", "build/unit.xml"] + Self.at, as: "ana")
    #expect(again.status == 2 && again.errors.contains("is recorded already, as `unit`"), "\(again.errors)")
    try repository.write(DaySite.report + "\n", to: "build/unit.xml")
    let other = try repository.gazette(["record", "evidence", "gw", "1.0.0", "build/unit.xml"] + Self.at, as: "ana")
    #expect(other.status == 2 && other.errors.contains("another `--id`"), "\(other.errors)")
    let outside = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).xml"
    defer { try? FileManager.default.removeItem(atPath: outside) }
    try Data(DaySite.report.utf8).write(to: URL(fileURLWithPath: outside))
    let copied = try repository.gazette(
      ["record", "evidence", "gw", "1.0.0", outside, "--copy", "--id", "copied"] + Self.at, as: "ana")
    #expect(copied.status == 0, "\(copied.output)\(copied.errors)")
    #expect(repository.files(in: "content/evidence/gw/1.0.0").count == 1)
    try repository.write("Not a report\n", to: "content/evidence/gw/1.0.0/unit.xml")
    let taken = try repository.gazette(
      ["record", "evidence", "gw", "1.0.0", "build/unit.xml", "--copy", "--id", "third"] + Self.at, as: "ana")
    #expect(taken.status == 2 && taken.errors.contains("is another file"), "\(taken.errors)")
    #expect(repository.text("content/evidence/gw/1.0.0/unit.xml") == "Not a report\n")
  }

  @Test("--commit commits the part and nothing else, with trailers") func commit() throws {
    let repository = try DaySite.repository()
    try repository.write("changed", to: "staged.txt")
    try repository.git("add", "staged.txt")
    let outcome = try repository.gazette(["record", "approval", "gw", "1.0.0", "--commit"] + Self.at, as: "dana")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasPrefix("Wrote and committed\n"))
    let part = try #require(repository.parts(of: "gw/1.0.0").first)
    #expect(try repository.answer("show", "--format=", "--name-only") == "content/releases/gw/1.0.0.d/\(part)\n")
    let message = try repository.answer("log", "-1", "--format=%an <%ae>%n%B%(trailers:key=Approved-by)")
    #expect(message.hasPrefix("Dana <dana@harbor.example>\nRecord an approval of gw 1.0.0\n\nRelease: gw 1.0.0\n"))
    #expect(message.contains("Approved-by: Dana <dana@harbor.example>\n"))
    #expect(try repository.answer("status", "--porcelain") == "A  staged.txt\n")
    let other = try repository.gazette(
      ["record", "approval", "gw", "1.0.0", "--by", "ana", "--commit"] + Self.at, as: "ben")
    #expect(other.status == 2 && other.errors.contains("and the approval is `ana`'s"), "\(other.errors)")
    let bot = try repository.gazette(
      ["record", "approval", "gw", "1.0.0", "--by", "ana", "--commit"] + Self.at, as: "ci")
    #expect(bot.status == 2 && bot.errors.contains("a bot's address"), "\(bot.errors)")
    let stranger = try repository.gazette(["record", "approval", "gw", "1.0.0", "--commit"] + Self.at, as: "eve")
    #expect(stranger.status == 2 && stranger.errors.contains("`eve@harbor.example` is nobody in `people`"))
    // A rejection approves nothing.
    let rejected = try repository.gazette(
      ["record", "approval", "gw", "1.0.0", "--decision", "rejected", "--commit"] + Self.at, as: "ana")
    #expect(rejected.status == 0)
    #expect(try repository.answer("log", "-1", "--format=%(trailers:key=Approved-by)").filter { $0 != "\n" } == "")
    #expect(repository.parts(of: "gw/1.0.0").count == 2)
  }

  @Test("a commit that Git refuses leaves no part, and evidence that nobody has is not committed") func refusedCommit()
    throws
  {
    let repository = try DaySite.repository()
    let hook = repository.path + "/.git/hooks/pre-commit"
    try Data("#!/bin/sh\necho 'error: not today' >&2; exit 1\n".utf8).write(to: URL(fileURLWithPath: hook))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    let refused = try repository.gazette(["record", "approval", "gw", "1.0.0", "--commit"] + Self.at, as: "dana")
    #expect(refused.status == 2 && refused.errors.contains("git commit: not today"), "\(refused.errors)")
    #expect(try repository.answer("status", "--porcelain") == "")
    try repository.remove(".git/hooks/pre-commit")
    try repository.write(DaySite.report, to: "build/new.xml")
    let untracked = try repository.gazette(
      ["record", "evidence", "gw", "1.0.0", "build/new.xml", "--commit"] + Self.at, as: "ana")
    #expect(untracked.status == 2 && untracked.errors.contains("is not committed"), "\(untracked.errors)")
    let copied = try repository.gazette(
      ["record", "evidence", "gw", "1.0.0", "build/new.xml", "--commit", "--copy"] + Self.at, as: "ana")
    #expect(copied.status == 0, "\(copied.errors)")
    let files = try repository.answer("show", "--format=", "--name-only")
    #expect(files.hasPrefix("content/evidence/gw/1.0.0/new.xml\ncontent/releases/gw/1.0.0.d/evidence-"))
    #expect(try repository.answer("status", "--porcelain") == "?? build/new.xml\n")
  }

  @Test("without an address in Git nobody commits, and nobody approves by silence") func noAddress() throws {
    let repository = try DaySite.repository()
    let environment = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"]
    let commit = try repository.gazette("record", "gate", "gw", "1.0.0", "--commit", environment: environment)
    #expect(commit.status == 2 && commit.errors.contains("git config user.email"), "\(commit.errors)")
    let approval = try repository.gazette("record", "approval", "gw", "1.0.0", environment: environment)
    #expect(approval.status == 2 && approval.errors.contains("nobody says who approves"), "\(approval.errors)")
    #expect(try repository.answer("status", "--porcelain") == "")
  }

  @Test("outside of a checkout, and in one whose record cannot be read, it says so") func unreadable() throws {
    let folder = try TemporaryRepository(isGit: false)
    let outcome = try folder.gazette("record", "approval", "gw", "1.0.0")
    #expect(outcome.status == 1 && outcome.output.contains("error[G001]"), "\(outcome.output)\(outcome.errors)")
    let repository = try DaySite.repository(record: "status: candidat\n")
    let broken = try repository.gazette(["record", "approval", "gw", "1.0.0"] + Self.at, as: "dana")
    #expect(
      broken.status == 1 && broken.output.contains("did you mean `candidate`?"), "\(broken.output)\(broken.errors)")
  }

  @Test("what is wrong elsewhere in the content keeps nobody from recording") func elsewhere() throws {
    let repository = try DaySite.repository()
    try repository.write("status: nonsense\n", to: "content/releases/gw/0.9.0.yml")
    try repository.write("nonsense: yes\n", to: "content/flags.yml")
    let outcome = try repository.gazette(["record", "approval", "gw", "1.0.0"] + Self.at, as: "dana")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test("a folder that cannot be written to is named, and nothing is left") func unwritable() throws {
    let repository = try DaySite.repository()
    // What stands in the way works for everybody, where permissions would not stop root.
    try repository.write("in the way", to: "content/releases/gw/1.0.0.d")
    let outcome = try repository.gazette(["record", "approval", "gw", "1.0.0"] + Self.at, as: "dana")
    #expect(
      outcome.status == 2 && outcome.errors.contains("content/releases/gw/1.0.0.d/approval-"), "\(outcome.errors)")
    #expect(repository.text("content/releases/gw/1.0.0.d") == "in the way")
  }

  @Test("an entry that is later than the pinned as-of is refused") func pinned() throws {
    let repository = try DaySite.repository()
    try repository.write(DaySite.settings + "as_of: 2024-01-01T08:00Z\n", to: "content/gazette.yml")
    let outcome = try repository.gazette(["record", "approval", "gw", "1.0.0"] + Self.at, as: "dana")
    #expect(outcome.status == 1 && outcome.output.contains("after the as-of"), "\(outcome.output)\(outcome.errors)")
    #expect(!repository.exists("content/releases/gw/1.0.0.d"))
  }

  @Test("many jobs at once lose nothing, on one machine") func atOnce() throws {
    let repository = try DaySite.repository()
    let outcome = try repository.shell(
      """
      for number in 1 2 3 4 5 6; do
        "$0" record validation gw 1.0.0 --check job-$number=passed --at 2024-01-01T09:00Z --commit > out-$number 2>&1 || cat out-$number &
      done
      wait
      """, environment: DaySite.person("ana"))
    #expect(outcome.output == "" && outcome.errors == "", "\(outcome.output)\(outcome.errors)")
    #expect(repository.parts(of: "gw/1.0.0").count == 6)
    #expect(try repository.answer("rev-list", "--count", "HEAD") == "7\n")
    #expect(try repository.answer("status", "--porcelain", "content") == "")
    #expect(try repository.gazette("check").status == 0)
  }

  private func report(_ suite: String) -> String {
    "<testsuite name='\(suite)' tests='1'><testcase classname='\(suite)' name='works' time='0.1'/></testsuite>\n"
  }

  @Test("jobs at once that copy evidence and commit it each commit their own files and no others")
  func copiesAtOnce() throws {
    let repository = try DaySite.repository()
    for number in 1...4 { try repository.write(report("job \(number)"), to: "build/job-\(number).xml") }
    try repository.write(report("shared"), to: "build/shared.xml")
    try repository.write("build/\nout-*\n", to: ".gitignore")
    try repository.commit("Ignore what is built")
    // The last two bring the same file, under names of their own.
    let outcome = try repository.shell(
      """
      job() {
        "$0" record evidence gw 1.0.0 build/$1.xml --id $2 --copy --at 2024-01-02T09:00Z --commit > out-$2 2>&1 || cat out-$2
      }
      for number in 1 2 3 4; do job job-$number job-$number & done
      job shared one & job shared two &
      wait
      """, environment: DaySite.person("ana"))
    #expect(outcome.output == "" && outcome.errors == "", "\(outcome.output)\(outcome.errors)")
    #expect(repository.parts(of: "gw/1.0.0").count == 6)
    #expect(try repository.answer("rev-list", "--count", "HEAD") == "8\n")
    #expect(try repository.answer("status", "--porcelain") == "")
    let commits = try repository.answer("log", "-6", "--format=%x00", "--name-only")
    let sizes = commits.split(separator: "\0").map { $0.split(separator: "\n").count }.sorted()
    #expect(sizes == [1, 2, 2, 2, 2, 2], "\(commits)")
    for commit in commits.split(separator: "\0") where commit.contains("evidence/gw/1.0.0/job-") {
      let number = try #require(commit.firstMatch(of: /job-([0-9])\.xml/)?.output.1)
      let part = try #require(commit.split(separator: "\n").first { $0.contains(".d/") })
      #expect(repository.text(String(part))?.contains("id: job-\(number)\n") == true, "\(commit)")
    }
    let checked = try repository.gazette("check")
    #expect(checked.status == 0, "\(checked.output)")
  }

  @Test("two jobs at once that give different evidence one id: the second is told, and nothing is broken")
  func sameIdAtOnce() throws {
    let repository = try DaySite.repository()
    for number in 1...2 { try repository.write(report("job \(number)"), to: "\(number)/unit.xml") }
    try repository.commit("Reports")
    let outcome = try repository.shell(
      """
      for number in 1 2; do
        { "$0" record evidence gw 1.0.0 $number/unit.xml --at 2024-01-02T09:00Z --commit; echo $?; } > out-$number 2>&1 &
      done
      wait; cat out-1 out-2
      """, environment: DaySite.person("ana"))
    #expect(outcome.output.contains("there is evidence `unit` already"), "\(outcome.output)")
    #expect(outcome.output.contains("Wrote and committed"), "\(outcome.output)")
    #expect(repository.parts(of: "gw/1.0.0").count == 1)
    #expect(try repository.gazette("check").status == 0)
  }

  @Test("evidence that was copied before is committed with its part; when a hook forbids it, it stays as it was")
  func copiedBefore() throws {
    let repository = try DaySite.repository()
    try repository.write(report("unit"), to: "content/evidence/gw/1.0.0/unit.xml")
    let arguments = ["record", "evidence", "gw", "1.0.0", "content/evidence/gw/1.0.0/unit.xml", "--commit"] + Self.at
    let refused = try repository.gazette(arguments, as: "ana")
    #expect(refused.status == 2 && refused.errors.contains("is not committed"), "\(refused.errors)")
    #expect(
      try repository.shell("printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit")
        .status == 0)
    #expect(try repository.gazette(arguments + ["--copy"], as: "ana").status == 2)
    #expect(repository.parts(of: "gw/1.0.0").isEmpty && repository.exists("content/evidence/gw/1.0.0/unit.xml"))
    #expect(try repository.answer("status", "--porcelain") == "?? content/evidence/\n")
    try repository.remove(".git/hooks/pre-commit")
    let kept = try repository.gazette(arguments + ["--copy"], as: "ana")
    #expect(kept.status == 0, "\(kept.output)\(kept.errors)")
    #expect(try repository.answer("status", "--porcelain") == "")
  }

  @Test("a verdict that the gate wrote is kept, and must be on this release") func keptVerdict() throws {
    let repository = try DaySite.repository(
      record: "status: candidate\nartifacts: [{name: gw, digest: 'sha256:\(String(repeating: "a", count: 64))'}]\n")
    try repository.write("rules: {risk-classified: {severity: warning}}\n", to: "content/policy/p.yml")
    try repository.write("status: candidate\n", to: "content/releases/auth/1.0.0.yml")
    try repository.commit("More")
    let asked = try repository.gazette("gate", "gw", "1.0.0", "--attest", "content/gate.json")
    #expect(asked.status == 0, "\(asked.output)\(asked.errors)")
    let kept = try repository.gazette(
      ["record", "gate", "gw", "1.0.0", "--attestation", "content/gate.json"], as: "ana")
    #expect(kept.status == 0, "\(kept.output)\(kept.errors)")
    let part = try #require(repository.parts(of: "gw/1.0.0").first)
    let text = try #require(repository.text("content/releases/gw/1.0.0.d/" + part))
    #expect(text.contains("verdict: passed\n    environment: production\n    at: 2024-01-02T12:00:00Z\n    by: ana\n"))
    let other = try repository.gazette(
      ["record", "gate", "auth", "1.0.0", "--attestation", "content/gate.json"], as: "ana")
    #expect(other.status == 2 && other.errors.contains("is the verdict on gw 1.0.0"), "\(other.errors)")
  }

  @Test("what is wrong with a file is told of the file that was named, and its name gives an id in any script")
  func names() throws {
    let repository = try DaySite.repository()
    try repository.write("", to: "deep/empty.xml")
    try repository.write(DaySite.report, to: "deep/prüf 'x\".xml")
    let deep = repository.path + "/deep"
    let evidence = ["record", "evidence", "gw", "1.0.0"]
    let missing = try repository.gazette(evidence + ["nope.xml"] + Self.at, as: "ana", in: deep)
    #expect(missing.status == 2 && missing.errors.contains("the file `nope.xml` does not exist"))
    #expect(missing.errors.contains("relative to this folder"), "\(missing.errors)")
    let empty = try repository.gazette(
      evidence + ["empty.xml", "--copy", "--kind", "tests"] + Self.at, as: "ana", in: deep)
    #expect(empty.status != 0 && !(empty.output + empty.errors).contains("content/evidence"), "\(empty)")
    #expect((empty.output + empty.errors).contains("empty.xml"))
    let named = try repository.gazette(evidence + ["prüf 'x\".xml", "--copy"] + Self.at, as: "ana", in: deep)
    #expect(named.status == 0, "\(named.output)\(named.errors)")
    let part = try #require(repository.parts(of: "gw/1.0.0").first)
    let text = try #require(repository.text("content/releases/gw/1.0.0.d/" + part))
    #expect(text.contains("id: pruf-x\n"), "\(text)")
  }
}
