import Diagnostics
import Governance
import Model
import Pages
import Testing

@Suite("The record in its dossier") struct DossierRecordTests {
  private static let record = "content/releases/gateway/2.4.0.yml"
  private static let part = "content/releases/gateway/2.4.0.d/approval-20260101.yml"

  private func dossier(_ files: [RecordFiles.File], _ edit: (inout Ledger) -> Void = { _ in }) async throws -> String {
    var ledger = try auditedLedger()
    edit(&ledger)
    ledger.recordFiles = RecordFiles { $0.version == "2.4.0" ? files : [] }
    let site = try await RenderedSite(ledger, judgement: judged(ledger))
    #expect(site.report.diagnostics.map(\.message) == [])
    let paths = site.files.map(\.path) + site.assets.map(\.address) + (try BuiltIn.themeFiles())
    let check = LinkCheck(paths: paths, url: "https://releases.harbor.example/notes/")
    #expect(check.brokenLinks(in: site.files.map { check.findings(in: $0.bytes, path: $0.path) }).map(\.message) == [])
    #expect(!site.text("products/gateway/2.0.0/dossier/index.html").contains("class=\"record\""))
    return site.text("products/gateway/2.4.0/dossier/index.html")
  }

  @Test("it stands there line by line, and what was found in a line leads to it")
  func lines() async throws {
    let page = try await dossier([
      RecordFiles.File(path: Self.record, text: "status: released\n\ntitle: '<b>Fast</b>'\nchanges: []\n"),
      RecordFiles.File(path: Self.part, text: "approvals:\r\n  - by: dana\r\n"),
    ]) { ledger in
      guard let position = ledger.shelves[0].position(of: "2.4.0") else { return }
      ledger.shelves[0].releases[position].changes = [
        Change(id: "gone", kind: .breaking, text: prose("Gone"), origin: .record, at: place(Self.record, 4))
      ]
      var approval = Approval(by: located("dana"), decision: located(.approved), at: place(Self.part, 2))
      approval.role = located("security")
      var far = approval
      far.location = place(Self.record, 400)
      ledger.shelves[0].releases[position].approvals = [approval, far]
    }
    #expect(page.contains("<h3>\(Self.record)</h3>") && page.contains("<h3>\(Self.part)</h3>"))
    #expect(
      page.contains(
        "<span class=\"line\" id=\"L3\"><a class=\"line-number\" href=\"#L3\">3</a>title: &#39;&lt;b&gt;Fast&lt;/b&gt;&#39;\n"
      )
        || page.contains("id=\"L3\"><a class=\"line-number\" href=\"#L3\">3</a>title: '&lt;b&gt;Fast&lt;/b&gt;'\n"))
    #expect(page.contains("id=\"L4\"") && !page.contains("id=\"L5\""))
    // A finding of a rule, and the proof of an approval in a part; a line that is not there is only named.
    #expect(page.contains("<code class=\"place\"><a href=\"#L4\">\(Self.record):4</a></code>"))
    let anchor = slug("approval-20260101.yml") + "-L2"
    #expect(page.contains("href=\"#\(anchor)\"") && page.contains("id=\"\(anchor)\""))
    #expect(page.contains("\(Self.record):400") && !page.contains("#L400"))
    #expect(page.contains("<a href=\"#record\">Record</a>"))
  }

  @Test("of a record of many thousand lines the first are shown, and the others counted")
  func long() async throws {
    let page = try await dossier([
      RecordFiles.File(path: Self.record, text: String(repeating: "# a line\n", count: 6001)),
      RecordFiles.File(path: Self.part, text: "approvals: []\n"),
    ])
    #expect(page.contains("id=\"L5000\"") && !page.contains("id=\"L5001\""))
    #expect(page.contains("1,001 more lines are in the file.") && page.contains("1 more part lies beside the record."))
  }

  @Test("the public never has it")
  func publicSite() async throws {
    var ledger = try auditedLedger()
    ledger.recordFiles = RecordFiles { _ in [RecordFiles.File(path: Self.record, text: "secret")] }
    #expect(ledger.facts(for: .public).recordFiles == nil)
    #expect(await ledger.facts(for: .public, slices: 2).recordFiles == nil)
  }
}
