import Diagnostics
import Foundation
import Governance
import Ingest
import Model
import Theme

/// A checkout without Git in a folder of its own, read and judged; the folder is gone afterwards.
enum ExampleCheckout {
  /// The small site that the examples of rules are judged in, as ``RuleExample`` describes it.
  static let site = [
    "gazette.yml": """
    title: Harbor
    people:
      ana: {name: Ana, emails: [ana@harbor.example], roles: [{id: release-manager, from: 2025-01-01}]}
      ben: {name: Ben, emails: [ben@harbor.example]}
      chao: {name: Chao, emails: [chao@harbor.example]}
      dana: {name: Dana, emails: [dana@harbor.example], roles: [{id: security}, {id: compliance}]}
      iris: {name: Iris, emails: [iris@harbor.example], roles: [{id: product-owner}]}
    environments:
      - {id: staging}
      - {id: production, production: true}
    """,
    "products/gateway.yml": "name: Gateway\nkind: service\n",
    "products/auth.yml": "name: Auth\nkind: service\n",
    "releases/gateway/2.3.1.yml": "status: released\nreleased: 2026-09-01T09:00Z\n",
  ]

  static let library = PolicyLibrary(
    packs: BuiltInTheme.policies.map(text), frameworks: BuiltInTheme.frameworks.map(text))

  private static func text(_ file: ThemeFile) -> PolicyLibrary.Text {
    PolicyLibrary.Text(
      name: String(file.path.dropLast(".yml".count)), text: String(decoding: file.bytes, as: UTF8.self))
  }

  /// - Parameter files: By their paths below the content folder; they replace those of ``site``.
  static func load(
    _ files: [String: String], asOf: String = "2026-11-02T09:00Z"
  ) async throws -> (ledger: Ledger?, report: Report) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-\(UUID().uuidString)")
    defer { do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") } }
    for (path, text) in site.merging(files, uniquingKeysWith: { $1 }) {
      let file = folder.appendingPathComponent("content/" + path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try await load(at: folder.path, asOf: asOf)
  }

  /// - Parameters:
  ///   - folder: A checkout.
  ///   - signers: The path of a list that counts instead of the checkout's.
  static func load(
    at folder: String, asOf: String, signers: String? = nil
  ) async throws -> (ledger: Ledger?, report: Report) {
    var opening = Report()
    let checkout = try await Checkout.open(at: folder, content: "content", sources: [:], into: &opening)
    var options = LoadOptions(asOf: Moment(asOf), clock: Moment(seconds: 1_900_000_000), slices: 2)
    options.library = library
    options.signersFile = signers
    options.questions = { policy in
      var unreported = Report()
      return RuleBook(policy, into: &unreported).questions
    }
    var report = Report()
    let ledger = try await Ledger.load(from: checkout, options: options, into: &report)
    return (ledger, report)
  }

  /// The judgement of a site, and everything that is wrong with its content.
  static func judge(
    _ files: [String: String], asOf: String = "2026-11-02T09:00Z"
  ) async throws -> (judgement: Judgement?, report: Report) {
    var (ledger, report) = try await load(files, asOf: asOf)
    guard let ledger else { return (nil, report) }
    let book = RuleBook(ledger.policy, periods: ledger.site.periods, into: &report)
    return (await book.judge(ledger, slices: 3), report)
  }
}
