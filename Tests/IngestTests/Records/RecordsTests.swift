import Diagnostics
import Foundation
import Testing

@testable import Ingest

@Suite struct DemonstrationTests {
  @Test("the demonstration reads without a finding")
  func demonstration() async throws {
    var top = URL(filePath: #filePath)
    for _ in 0..<4 { top.deleteLastPathComponent() }
    var report = Report()
    let checkout = try await Checkout.open(at: top.path, content: "content", sources: [:], into: &report)
    report = Report()
    let pack = try String(contentsOf: top.appending(path: "Sources/Theme/Data/policy/baseline.yml"), encoding: .utf8)
    let library = PolicyLibrary(packs: [PolicyLibrary.Text(name: "baseline", text: pack)])
    let read = try await Records.read(from: checkout, library: library, slices: 4, into: &report)
    #expect(TextReport(colour: false, source: { _ in nil }).text(of: report) == "")
    let records = try #require(read)
    let versions = CrossReferences(records).versionProblems { product in
      Set(records.releases.filter { $0.product == product }.map(\.version))
    }
    #expect(versions == [])
    #expect(records.releases.count >= 40)
  }
}
