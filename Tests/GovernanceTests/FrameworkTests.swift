import Diagnostics
import Governance
import Model
import Testing
import Theme

@Suite("The frameworks") struct FrameworkTests {
  private func frameworks(_ policy: String = "extends: [baseline]\n") async throws -> [Framework] {
    var (ledger, report) = try await ExampleCheckout.load(["policy/p.yml": policy])
    let book = RuleBook(try #require(ledger).policy, into: &report)
    #expect(report.diagnostics == [])
    ledger = nil
    return book.frameworks
  }

  @Test("are read, each with every control of the guide") func controls() async throws {
    let controls = Dictionary(uniqueKeysWithValues: try await frameworks().map { ($0.id, $0.controls.map(\.id.value)) })
    #expect(
      controls == [
        "ssdf-1.1": [
          "PO.3", "PO.4", "PO.5", "PS.1", "PS.2", "PS.3", "PW.4", "PW.6", "PW.7", "PW.8", "PW.9", "RV.1", "RV.2",
          "RV.3",
        ],
        "soc2-2017": ["CC7.1", "CC7.2", "CC7.3", "CC7.4", "CC8.1"],
        "iso27001-2022": ["A.5.3", "A.5.28", "A.8.25", "A.8.28", "A.8.29", "A.8.31", "A.8.32"],
        "pci-dss-4.0.1": ["6.2.3", "6.3.2", "6.5.1", "6.5.2", "6.5.3", "6.5.4", "6.5.5", "6.5.6"],
        "slsa-1.2": ["Build L1", "Build L2", "Build L3", "Source L1", "Source L2", "Source L3", "Source L4"],
        "owasp-top10-2021": ["A06:2021"], "eu-cra-2024": ["Annex I 1", "Annex I 2", "Art. 13", "Art. 14"],
      ])
  }

  @Test("map every control to rules that exist, or say why none can answer it") func mappings() async throws {
    let known = Set(Rule.all.map(\.id))
    for framework in try await frameworks() {
      for control in framework.controls {
        #expect(control.answers.isEmpty == (control.outside != nil), "\(framework.id) \(control.id.value)")
        for answer in control.answers {
          #expect(known.contains(answer.rule.value), "\(control.id.value): \(answer.rule.value)")
        }
        #expect(Set(control.answers.map(\.rule.value)).count == control.answers.count, "\(control.id.value)")
      }
    }
  }

  @Test("take what a policy adds to a control") func added() async throws {
    let frameworks = try await frameworks("extends: [baseline]\nframeworks: {soc2-2017: {CC7.2: [flags-current]}}\n")
    let control = frameworks.first { $0.id == "soc2-2017" }?.controls.first { $0.id.value == "CC7.2" }
    #expect(control?.answers.map(\.rule.value) == ["validated-after", "rollout-staged", "flags-current"])
  }
}
