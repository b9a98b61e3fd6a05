import Foundation
import Testing

@Suite("Policies and the gate") struct GateTests {
  private static let site = """
    title: Harbor
    people:
      ana: {name: Ana, roles: [{id: release-manager}]}
      ben: {name: Ben}
    environments: [{id: staging}, {id: production, name: Production, production: true}]
    """
  private static let sound = """
    status: approved
    scheduled: 2024-03-01
    risk: low
    approvals: [{by: ana, role: release-manager, at: 2023-12-02, decision: approved}]
    artifacts: [{name: gw, digest: 'sha256:\(String(repeating: "a", count: 64))'}]
    rollout: {stages: [{environment: staging, started: 2023-12-02, status: succeeded, decision: expand}]}
    """

  private func repository(policy: String?, record: String) throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": Self.site + "\n", "content/products/gw.yml": "name: Gateway\n",
      "content/releases/gw/1.0.0.yml": record + "\n",
    ])
    if let policy {
      try FileManager.default.createDirectory(
        atPath: repository.path + "/content/policy", withIntermediateDirectories: true)
      try repository.write(Array(policy.utf8), to: "content/policy/p.yml")
    }
    try repository.commit("Release")
    return repository
  }

  private static let policy =
    "rules: {approvals-complete: {}, risk-classified: {severity: warning}, validated-after: {}}\n"

  @Test("a failed outcome is a finding; the site is written all the same, and --gated refuses") func build() throws {
    let repository = try repository(policy: Self.policy, record: "status: released\nreleased: 2023-12-03\nrisk: low")
    let checked = try repository.gazette("check")
    #expect(checked.status == 1)
    #expect(checked.output.contains("error[approvals-complete]: `1.0.0` has 0 of 1 approvals by `release-manager`"))
    let gated = try repository.gazette("build", "--gated")
    #expect(gated.status == 1 && !repository.exists("_site"))
    let built = try repository.gazette("build")
    #expect(built.status == 1 && repository.exists("_site/index.html"))
    #expect(built.output.contains("_site/ has 1 release"))
    // Nothing of the policy is public.
    #expect(try repository.shell("grep -rl approvals-complete _site").output == "")
  }

  @Test("what Git is asked for the pages of auditors turns no verdict over") func samePolicySameVerdicts() throws {
    let commit = String(repeating: "3f2a", count: 10)
    let repository = try repository(
      policy: "rules: {evidence-matches: {}}\n",
      record: """
        status: released
        released: 2023-12-03
        commit: \(commit)
        evidence: [{id: unit, kind: tests, path: content/evidence/gw/1.0.0/unit.xml, commit: \(commit), at: 2023-12-02}]
        """)
    try FileManager.default.createDirectory(
      atPath: repository.path + "/content/evidence/gw/1.0.0", withIntermediateDirectories: true)
    try repository.write(
      Array("<testsuite name=\"s\"><testcase name=\"finds\" classname=\"s\"/></testsuite>".utf8),
      to: "content/evidence/gw/1.0.0/unit.xml")
    try repository.commit("Add the evidence")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0, "\(checked.output)")
    let built = try repository.gazette("build", "--audience", "internal")
    #expect(built.status == 0, "\(built.output)")
  }

  @Test("the gate says what is missing, and is status 1 until it is there") func gate() throws {
    let repository = try repository(policy: Self.policy, record: "status: approved\nscheduled: 2024-03-01")
    let closed = try repository.gazette("gate", "gw", "1.0.0", "--to", "production")
    #expect(closed.status == 1)
    for words in [
      "gw 1.0.0 may not go to Production: 1 thing open.", "Not met:\n  approvals-complete: ",
      "no obstacle:\n  risk-classified: ",
      "Pending:\n  validated-after: due after it went out",
    ] {
      #expect(closed.output.contains(words), "\(closed.output)")
    }
    try repository.write(Array(Self.sound.utf8), to: "content/releases/gw/1.0.0.yml")
    let open = try repository.gazette("gate", "gw", "1.0.0")
    #expect(open.status == 0)
    #expect(open.output.hasPrefix("gw 1.0.0 may go to Production.\n"))
    #expect(open.output.components(separatedBy: "\n").count < 40)
  }

  @Test("the gate asks for the artifact of the record and the environments before") func promotion() throws {
    let repository = try repository(policy: Self.policy, record: Self.sound)
    let digest = String(repeating: "a", count: 64)
    #expect(try repository.gazette("gate", "gw", "1.0.0", "--artifact", "sha256:" + digest).status == 0)
    let other = try repository.gazette(
      "gate", "gw", "1.0.0", "--artifact", "sha256:" + String(repeating: "b", count: 64))
    #expect(other.status == 1 && other.output.contains("is none of the record's"))
    let silent = Self.sound.replacingOccurrences(of: "artifacts:", with: "labels: [silent] #")
    try repository.write(Array(silent.utf8), to: "content/releases/gw/1.0.0.yml")
    let unknown = try repository.gazette("gate", "gw", "1.0.0")
    #expect(unknown.status == 1 && unknown.output.contains("nobody says which image"), "\(unknown.output)")
    let failed = Self.sound.replacingOccurrences(of: "succeeded", with: "failed")
    try repository.write(Array(failed.utf8), to: "content/releases/gw/1.0.0.yml")
    let stopped = try repository.gazette("gate", "gw", "1.0.0")
    #expect(stopped.status == 1 && stopped.output.contains("it has not succeeded in `staging`"))
    let later = Self.sound.replacingOccurrences(
      of: "decision: expand}", with: "decision: expand}, {environment: staging, started: 2023-12-03, status: failed}")
    try repository.write(Array(later.utf8), to: "content/releases/gw/1.0.0.yml")
    #expect(try repository.gazette("gate", "gw", "1.0.0").status == 1)
    #expect(try repository.gazette("gate", "gw", "1.0.0", "--to", "staging").status == 0)
  }

  @Test("what was taken back goes nowhere", arguments: ["cancelled", "withdrawn", "rolled-back"])
  func takenBack(status: String) throws {
    let record = Self.sound.replacingOccurrences(
      of: "status: approved", with: "status: \(status)\nreleased: 2023-12-03")
    let repository = try repository(policy: Self.policy, record: record)
    let outcome = try repository.gazette("gate", "gw", "1.0.0")
    #expect(outcome.status == 1 && outcome.output.contains("`1.0.0` is \(status)"), "\(outcome.output)")
  }

  @Test("the gate tells programs what is open, and people what no commit holds and which waiver does not count")
  func report() throws {
    let repository = try repository(policy: Self.policy, record: "status: approved\nscheduled: 2024-03-01")
    let waiver = """
      rule: approvals-complete
      product: gw
      reason: In a hurry
      requested_by: ana
      approved_by: ana
      approved_at: 2023-12-01
      expires: 2030-01-01
      """
    try repository.write(waiver, to: "content/waivers/w.yml")
    let told = try repository.gazette("gate", "gw", "1.0.0")
    #expect(told.status == 1)
    #expect(told.output.contains("Not committed:\n  content/waivers/w.yml"), "\(told.output)")
    #expect(told.output.contains("note: the waiver `w` does not count: `ana` approves the waiver `w`"))
    let json = try repository.gazette("gate", "gw", "1.0.0", "--report", "json")
    #expect(json.status == 1)
    #expect(json.output.contains("\"approvals-complete\"") && !json.output.contains("may not go"), "\(json.output)")
    #expect(json.errors.contains("gw 1.0.0 may not go to Production"))
  }

  @Test("without a policy the gate stays shut and says why, and check is clean") func noPolicy() throws {
    let repository = try repository(policy: nil, record: Self.sound)
    #expect(try repository.gazette("check").status == 0)
    let outcome = try repository.gazette("gate", "gw", "1.0.0")
    #expect(outcome.status == 1 && outcome.output.contains("no policy is set"))
  }

  @Test(
    "names that nothing has are wrong usage",
    arguments: [
      (["gww", "1.0.0"], "did you mean `gw`?"), (["gw", "1.0.1"], "did you mean `1.0.0`?"),
      (["gw", "1.0.0", "--to", "produktion"], "did you mean `production`?"),
    ])
  func unknownNames(arguments: [String], help: String) throws {
    let repository = try repository(policy: Self.policy, record: Self.sound)
    let outcome = try GazetteProcess.run(["gate"] + arguments, in: repository.path)
    #expect(outcome.status == 2 && outcome.errors.contains(help), "\(outcome.errors)")
  }

  @Test("where no environment is meant, the gate says how to declare one")
  func noEnvironment() throws {
    for (environments, words) in [
      ("", "declare `environments` in gazette.yml, such as `[{id: production, production: true}]`"),
      ("environments: [{id: prod}]", "say `production: true` of one of `environments`"),
    ] {
      let repository = try repository(policy: nil, record: "status: candidate")
      try repository.write("title: Harbor\n\(environments)\n", to: "content/gazette.yml")
      for arguments in [["gate", "gw", "1.0.0"], ["export", "verdict", "gw", "1.0.0"]] {
        let outcome = try GazetteProcess.run(arguments, in: repository.path)
        #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.output)\(outcome.errors)")
        #expect(!outcome.errors.contains("`production`\n"), "\(outcome.errors)")
      }
      let named = try repository.gazette("gate", "gw", "1.0.0", "--to", "life")
      #expect(named.errors.contains("there is no environment `life`") && named.errors.contains("help: "))
    }
  }

  @Test("the verdict is told, also where there is nothing to attest it of") func unattested() throws {
    let repository = try repository(policy: Self.policy, record: "status: approved\nscheduled: 2024-03-01")
    let outcome = try repository.gazette("gate", "gw", "1.0.0", "--attest", "v.json", "--report", "junit=g.xml")
    #expect(outcome.status == 2 && outcome.errors.contains("nothing to attest"), "\(outcome.errors)")
    #expect(outcome.output.contains("gw 1.0.0 may not go to Production"), "\(outcome.output)")
    #expect(repository.exists("g.xml") && !repository.exists("v.json"))
  }

  @Test("evidence that is seconds too old is told to the second") func seconds() throws {
    let repository = try repository(policy: "rules: {evidence-matches: {}}\n", record: "status: candidate")
    let date = "2024-01-05T12:00:30Z"
    let environment = ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date]
    try repository.git("commit", "--quiet", "--allow-empty", "--message", "Code", environment: environment)
    let commit = try repository.answer("rev-parse", "HEAD").dropLast()
    try repository.write("name: Gateway\nsource: {tags: 'v{version}'}\n", to: "content/products/gw.yml")
    try repository.write("<testsuite name='s'><testcase name='a'/></testsuite>", to: "content/evidence/unit.xml")
    try repository.write(
      """
      status: candidate
      commit: \(commit)
      evidence:
        - {id: unit, kind: tests, path: content/evidence/unit.xml, commit: \(commit), at: '2024-01-05T12:00:10Z'}

      """, to: "content/releases/gw/1.0.0.yml")
    try repository.git("add", "--all")
    try repository.git("commit", "--quiet", "--message", "Record", environment: environment)
    let outcome = try repository.gazette("gate", "gw", "1.0.0")
    #expect(
      outcome.output.contains(
        "made on 2024-01-05T12:00:10Z, before the last commit of `1.0.0` on 2024-01-05T12:00:30Z"),
      "\(outcome.output)")
  }
}
