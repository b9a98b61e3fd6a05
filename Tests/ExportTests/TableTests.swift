import Diagnostics
import Export
import Governance
import Model
import Testing

/// Judged by nothing but an empty policy, for the tables have their rows from the ledger.
func judgement(of ledger: Ledger) async -> Judgement {
  var report = Report()
  return await RuleBook(ledger.policy, into: &report).judge(ledger, slices: 1)
}

@Suite("Tables") struct TableTests {
  @Test("CSV quotes what it must, ends lines as the RFC says, and leaves a spreadsheet no formula") func csv() {
    let table = Table(
      "x", columns: ["a", "b"],
      rows: [
        ["plain", nil], ["a,b", "say \"hi\""], ["two\nlines", " blank"], ["=HYPERLINK(1)", "-1+2"], ["@x", "+x,\""],
      ])
    #expect(
      table.csv
        == "a,b\r\nplain,\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\" blank\"\r\n'=HYPERLINK(1),'-1+2\r\n"
        + "'@x,\"'+x,\"\"\"\r\n")
  }

  @Test("JSON has the columns as members, and null where nothing is known") func json() {
    let table = Table("x", columns: ["b", "a"], rows: [["1", nil], ["<", "é"]])
    let text = #"[{"a":null,"b":"1"},{"a":"é","b":"\u003c"}]"# + "\n"
    #expect(String(decoding: table.json.bytes, as: UTF8.self) == text)
  }

  @Test("an approval names who wrote its commit and who put it there") func approvals() async throws {
    var release = try release("2.4.0")
    release.approvals = [Approval(by: located("dana"), decision: located(.approved), at: place())]
    var facts = try ledger([release])
    let (dana, robot) = (
      Commit.Identity(name: "Dana", email: "dana@x.example"), Commit.Identity(name: "Robot", email: "bot@x.example")
    )
    let commit = Commit(
      id: "ab", parents: [], author: dana, committer: robot, authored: Moment(seconds: 0),
      committed: Moment(seconds: 86_400), subject: "Approve", trailers: [])
    facts.git.origins[place()] = .commit(EntryCommit(commit: commit, merge: nil))
    let table = TableName.approvals.table(of: facts, await judgement(of: facts))
    let row = Dictionary(uniqueKeysWithValues: zip(table.columns, table.rows[0]))
    #expect(row["authored_by"] == "Dana <dana@x.example>" && row["committed_by"] == "Robot <bot@x.example>")
    #expect(
      row["authored_at"]??.hasPrefix("1970-01-01") == true && row["committed_at"]??.hasPrefix("1970-01-02") == true)
  }

  @Test("every table has as many values as columns", arguments: TableName.allCases) func width(name: TableName)
    async throws
  {
    var release = try release("2.4.0")
    release.approvals = [Approval(by: located("dana"), decision: located(.approved), at: place())]
    release.evidence = [EvidenceEntry(id: located("unit"), at: place())]
    var facts = try ledger([release])
    facts.policy.waivers = [
      Waiver(
        id: located("w1"), rule: located("tests-passed"), product: located("gateway"), reason: "Known",
        approvedBy: located("dana"), approvedAt: located(try #require(When("2026-10-01"))),
        expires: located(try #require(When("2026-12-01"))), at: place())
    ]
    let table = name.table(of: facts, await judgement(of: facts))
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    #expect(table.rows.count == (name == .outcomes ? 0 : 1))
    #expect(Set(table.columns).count == table.columns.count)
  }
}
