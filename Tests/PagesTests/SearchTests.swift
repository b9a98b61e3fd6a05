import Foundation
import Model
import Pages
import Testing

@Suite("The search index") struct SearchTests {
  /// The files of the index of the sample site, decoded.
  private func files() async throws -> [String: [String: Any]] {
    let plan = await SitePlan(try sampleLedger().facts(for: .public), gazetteVersion: "0.1.0", slices: 3)
    var files: [String: [String: Any]] = [:]
    for index in 0..<plan.count where plan.routes[index].path.hasPrefix("search/index/") {
      guard case .bytes(let bytes) = plan.page(at: index).body else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.hasPrefix("gazette(") && text.hasSuffix(");\n"))
      let json = text.dropFirst(8).dropLast(3)
      files[plan.routes[index].path] = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }
    return files
  }

  @Test("a term leads to its documents by the rank of the field")
  func postings() async throws {
    let files = try await files()
    let rows = try #require(files["search/index/documents-0.js"]?["rows"] as? [[String]])
    #expect(rows.map { $0[0] }.prefix(3) == ["products/gateway/", "guide/tokens/", "products/gateway/2.5.0/"])
    let terms = { (key: String) in try #require(files["search/index/terms-\(key).js"]?["postings"] as? [String: String])
    }
    // In the title of 2.4.0 and nowhere else: the fourth document.
    #expect(try terms("fa")["faster"] == "3||")
    // In the title of the guide; in the body of 2.0.0 (6) and 2.4.0 (3), 1.9.7 (4).
    #expect(try terms("to")["tokens"] == "1|6|3 1")
    #expect(try terms("2~2e")["2.4.0"] == "3||")
    #expect(try terms("20")["2026-10-20"] == "3 1||")
    #expect(try terms("cv")["cve-2026-1234"] == "3 1||")
  }

  @Test("the summary lists every shard")
  func summary() async throws {
    let files = try await files()
    let keys = try #require(files["search/index/index.js"]?["keys"] as? [String])
    #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(files.count == keys.count + 2)
    #expect(files["search/index/index.js"]?["documents"] as? Int == 7)
  }
}
