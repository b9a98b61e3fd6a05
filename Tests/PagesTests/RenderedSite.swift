import Diagnostics
import Foundation
import Governance
import Model
import Pages
import Templates
import Testing

/// The built-in templates and the names of the theme's files, from the checkout.
enum BuiltIn {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func templates(into report: inout Report) throws -> TemplateLibrary {
    var sources: [String: TemplateSource] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "templates").path)
    where file.hasSuffix(".mustache") {
      let bytes = [UInt8](try Data(contentsOf: root.appending(path: "templates/\(file)")))
      sources[String(file.dropLast(9))] = TemplateSource(file: "templates/\(file)", bytes: bytes)
    }
    return TemplateLibrary(sources: sources, into: &report)
  }

  static func themeFiles() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "site").path)
  }
}

/// Every file of a site, rendered.
struct RenderedSite {
  var files: [(path: String, bytes: [UInt8])] = []
  var report = Report()
  /// What is copied as it is.
  var assets: [Asset] = []

  init(
    _ ledger: Ledger, judgement: Judgement? = nil, periods: [PeriodProof] = [], slices: Int = 4
  ) async throws {
    let templates = try BuiltIn.templates(into: &report)
    let plan = await SitePlan(
      ledger, judgement: judgement, periods: periods, gazetteVersion: "0.1.0", slices: slices)
    assets = plan.assets
    for index in 0..<plan.count {
      let page = plan.page(at: index)
      #expect(page.route == plan.routes[index])
      var bytes: [UInt8] = []
      switch page.body {
      case .template(let name, let value): templates.render(name, with: value, into: &bytes, report: &report)
      case .json(let value): bytes = JSONWriter.bytes(of: value)
      case .bytes(let own): bytes = own
      }
      files.append((page.route.path, bytes))
    }
  }

  /// The text of a file, or nothing.
  func text(_ path: String) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }
}
