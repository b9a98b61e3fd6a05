import Foundation
import Testing

/// A day of a small team, typed as they would type it.
@Suite("A day with the command") struct ScriptedDayTests {
  private final class Day {
    let repository: TemporaryRepository
    private var minutes = 0

    init() throws {
      repository = try TemporaryRepository()
    }

    /// A few minutes later.
    var next: String {
      minutes += 5
      let (hour, minute) = (minutes / 60, minutes % 60)
      return "2024-03-04T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00Z"
    }

    func git(_ person: String, _ arguments: String..., in folder: String? = nil) throws {
      let outcome = try GazetteProcess.run(
        ["git"] + arguments, in: folder ?? repository.path, environment: DaySite.person(person, at: next),
        program: "/usr/bin/env")
      try #require(outcome.status == 0, "git \(arguments): \(outcome.errors)")
    }

    func commitAll(_ person: String, _ subject: String) throws {
      try git(person, "add", "--all")
      try git(person, "commit", "--quiet", "--message", subject)
    }

    /// Somebody runs the command, at a moment that both they and Git take for now.
    @discardableResult
    func gazette(
      _ person: String, _ arguments: String..., in folder: String? = nil, status: Int32 = 0
    ) throws -> GazetteProcess.Outcome {
      let now = next
      let writes = ["new", "release", "record"].contains(arguments[0])
      let outcome = try repository.gazette(
        arguments + (writes ? ["--at", now] : []), as: person, at: now, in: folder)
      #expect(outcome.status == status, "\(person): \(arguments): \(outcome.output)\(outcome.errors)")
      return outcome
    }

    func edit(_ path: String, _ change: (String) -> String) throws {
      try repository.write(change(try #require(repository.text(path))), to: path)
    }
  }

  @Test("from an empty repository to a reviewed hotfix, and the site says all of it") func day() throws {
    let day = try Day()
    let repository = day.repository

    // A site in an empty repository.
    try repository.write("func search() {}\n", to: "src/search.swift")
    try day.commitAll("ana", "Begin")
    try day.gazette("ana", "init")
    let product = try #require(repository.files(in: "content/products").first).dropLast(".yml".count)
    try repository.remove("content/products/\(product).yml")
    try day.gazette("ana", "new", "product", "gw", "--name", "Gateway", "--kind", "service")
    try repository.write(DaySite.settings, to: "content/gazette.yml")
    try repository.write(
      """
      rules:
        evidence-present: {kinds: [tests]}
        tests-passed: {}
        approvals-complete: {roles: {security: 1}, proven_by: git}
        reviewed-after: {severity: warning}
        gate-honoured: {severity: warning}

      """, to: "content/policy/ours.yml")
    try day.commitAll("ana", "Start the site")

    // Three changes on three branches, merged without a conflict.
    for (branch, kind, text) in [
      ("fast", "feature", "Search answers in half the time"), ("sort", "improvement", "Results are sorted by place"),
      ("umlaut", "fix", "Names with umlauts are found"),
    ] {
      try day.git("ben", "checkout", "--quiet", "-b", branch, "main")
      try repository.write("// \(branch)\n", to: "src/\(branch).swift")
      try day.gazette("ben", "new", "change", "gw", text, "--kind", kind)
      try day.commitAll("ben", text)
    }
    try day.git("ana", "checkout", "--quiet", "main")
    for branch in ["fast", "sort", "umlaut"] {
      try day.git("ana", "merge", "--quiet", "--no-ff", "-m", "Merge \(branch)", branch)
    }

    // A release is cut.
    try day.gazette("ana", "release", "gw", "1.0.0", "--title", "The first one")
    #expect(repository.files(in: "content/changes").isEmpty)
    try day.commitAll("ana", "Cut gw 1.0.0")
    #expect(try day.gazette("ana", "gate", "gw", "1.0.0", status: 1).output.contains("evidence-present"))

    // Two jobs record evidence at once: in clones of their own, merged by Git; and a third way, side by side.
    let clones = ["unit", "load"].map { repository.path + "-" + $0 }
    defer { for clone in clones { try? FileManager.default.removeItem(atPath: clone) } }
    for (job, clone) in zip(["unit", "load"], clones) {
      try day.git("ana", "clone", "--quiet", repository.path, clone)
      try Data(DaySite.report.replacingOccurrences(of: "finds", with: job).utf8).write(
        to: URL(fileURLWithPath: clone + "/\(job).xml"))
      try day.gazette(
        "ci", "record", "evidence", "gw", "1.0.0", "\(job).xml", "--layer", job, "--copy", "--commit", in: clone)
      try day.git("ci", "push", "--quiet", "origin", "HEAD:job-\(job)", in: clone)
    }
    for job in ["unit", "load"] {
      try day.git("ana", "merge", "--quiet", "--no-ff", "-m", "Merge \(job)", "job-\(job)")
    }
    #expect(repository.parts(of: "gw/1.0.0").count == 2)

    // Approved by somebody who did not make it; the gate was red, and is green then.
    let red = try day.gazette("ana", "record", "gate", "gw", "1.0.0", "--commit", status: 1)
    #expect(red.output.contains("approvals-complete"), "\(red.output)")
    try day.gazette("ben", "record", "approval", "gw", "1.0.0", "--by", "dana", "--commit", status: 2)
    try day.gazette("dana", "record", "approval", "gw", "1.0.0", "--commit", "--comment", "Looks fine")
    #expect(try day.gazette("ana", "gate", "gw", "1.0.0").output.contains("gw 1.0.0 may go to Production."))
    try day.gazette("ana", "record", "gate", "gw", "1.0.0", "--commit")

    // It goes out.
    try day.gazette("ana", "record", "deployment", "gw", "1.0.0", "--to", "staging", "--commit")
    try day.gazette(
      "ana", "record", "deployment", "gw", "1.0.0", "--to", "production", "--strategy", "all-at-once", "--share", "100",
      "--commit")
    let released = day.next
    try day.edit("content/releases/gw/1.0.0.yml") {
      $0.replacingOccurrences(of: "status: candidate\n", with: "status: released\nreleased: \(released)\n")
    }
    try day.commitAll("ana", "Release gw 1.0.0")
    try day.gazette("ana", "record", "validation", "gw", "1.0.0", "--check", "smoke=passed", "--commit")
    try day.gazette(
      "ana", "record", "communication", "gw", "1.0.0", "--to", "customers", "--channel", "status page", "--commit")

    // It goes wrong, and a hotfix repairs it.
    try day.gazette(
      "ben", "new", "incident", "Search was down", "--caused-by", "gw@1.0.0", "--severity", "high", "--environment",
      "production", "--customer-impact", "Nobody found anything")
    try day.commitAll("ben", "Write down what happened")
    try day.gazette("ben", "new", "change", "gw", "Search survives an empty index", "--kind", "fix")
    try repository.write("// fixed\n", to: "src/search.swift")
    try day.commitAll("ben", "Survive an empty index")
    try day.gazette(
      "ana", "release", "gw", "1.0.1", "--hotfix-of", "1.0.0", "--incident", "2024-03-04-search-was-down")
    try day.commitAll("ana", "Cut gw 1.0.1")
    try day.gazette(
      "ci", "record", "evidence", "gw", "1.0.1", "content/evidence/gw/1.0.0/unit.xml", "--layer", "unit", "--commit")
    try day.gazette("dana", "record", "approval", "gw", "1.0.1", "--commit")
    try day.gazette("ana", "record", "deployment", "gw", "1.0.1", "--to", "staging", "--commit")
    for environment in ["staging", "production"] {
      try day.gazette(
        "ana", "record", "environment", "gw", "1.0.1", "--of", environment, "--image",
        "sha256:" + String(repeating: "a", count: 64), "--commit")
    }
    try day.gazette("ana", "record", "gate", "gw", "1.0.1", "--commit")
    try day.gazette("ana", "record", "deployment", "gw", "1.0.1", "--to", "production", "--commit")
    let repaired = day.next
    try day.edit("content/releases/gw/1.0.1.yml") {
      $0.replacingOccurrences(of: "status: candidate\n", with: "status: released\nreleased: \(repaired)\n")
    }
    try day.edit("content/incidents/2024-03-04-search-was-down.yml") {
      $0 + "resolved: \(repaired)\nrecovered_by: {product: gw, version: 1.0.1, how: roll-forward}\n"
    }
    try day.commitAll("ana", "Release gw 1.0.1")
    try day.gazette(
      "ana", "record", "review", "gw", "1.0.0", "--went-well", "The alarm rang at once", "--improve",
      "Test with an empty index", "--action", "ben, 2024-03-20, Add that test", "--commit")

    // Nothing is left over, and nothing is wrong.
    #expect(try repository.answer("status", "--porcelain") == "")
    let checked = try day.gazette("ana", "check")
    #expect(checked.output == "Nothing is wrong with 2 releases of 1 product.\n", "\(checked.output)")
    try day.gazette("ana", "build", "--audience", "all")

    let notes = try #require(repository.text("_site/public/products/gw/1.0.0/index.html"))
    for words in [
      "The first one", "Search answers in half the time", "Results are sorted by place", "umlauts are found",
    ] {
      #expect(notes.contains(words), "\(words)")
    }
    let hotfix = try #require(repository.text("_site/public/products/gw/1.0.1/index.html"))
    #expect(hotfix.contains("Search survives an empty index"))
    #expect(try repository.shell("grep -rlE 'Looks fine|Nobody found anything|Dana' _site/public").output == "")
    let dossier = try #require(repository.text("_site/internal/products/gw/1.0.0/dossier/index.html"))
    for words in [
      "unit", "load", "Dana", "Looks fine", "all-at-once", "Production", "smoke", "status page", "Search was down",
      "The alarm rang at once", "Test with an empty index", "Add that test",
    ] { #expect(dossier.contains(words), "the dossier lacks \(words)") }
    let repair = try #require(repository.text("_site/internal/products/gw/1.0.1/dossier/index.html"))
    #expect(repair.contains("1.0.0") && repair.contains("Search was down"))
    let incident = try #require(
      repository.text("_site/internal/incidents/2024-03-04-search-was-down/index.html"))
    #expect(incident.contains("Nobody found anything") && incident.contains("1.0.1"))
    let log = try #require(repository.text("_site/internal/audit/log/2024-03/index.html"))
    #expect(log.contains("approval-2024") && log.contains("Dana"))
  }
}
