import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Real files of every format, against what `count.py` beside this file counted in them.
@Suite("Real evidence") struct EvidenceCountTests {
  @Test(
    "every file is read or refused, and holds what an independent count found",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
  func counts() async throws {
    let table = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Cases/evidence-counts.tsv")
    let expected = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map(String.init)
    let folder = try #require(SharedData.folder).appending(path: "evidence")
    let paths = expected.map { String($0.prefix { $0 != "\t" }) }
    let there = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    let files = there.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder.path + "/" + path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    #expect(Set(files) == Set(paths))
    let rows = try await inSlices(of: paths.count, slices: 8) { range in
      paths[range].map { path in
        Result { try EvidenceCountTests.row(path, Array(Data(contentsOf: folder.appending(path: path)))) }
      }
    }.joined().map { try $0.get() }
    for (row, expected) in zip(rows, expected) where row != expected {
      Issue.record("\(row)\nis counted as\n\(expected)")
    }
  }

  private static func row(_ path: String, _ bytes: [UInt8]) throws -> String {
    let outcome = EvidenceFiles.outcome(of: bytes, path: path, as: nil)
    guard let file = outcome.reading.file else {
      let content = EvidenceContent(bytes)
      let format = EvidenceReader.all.first { $0.recognises(content) }?.format.rawValue ?? ""
      #expect(outcome.problems.count == 1 && outcome.problems[0].place != nil, "\(path): \(outcome.problems)")
      return "\(path)\trefused\t\(format)"
    }
    return "\(path)\t\(file.format.rawValue)\t\(counts(of: file.payload))"
  }

  private static func counts(of payload: EvidencePayload) -> String {
    switch payload {
    case .tests(let tests):
      let counts = tests.counts
      return "cases=\(counts.cases) passed=\(counts.passed) failed=\(counts.failed) errored=\(counts.errored) "
        + "skipped=\(counts.skipped) flaky=\(counts.flaky)"
    case .findings(let report):
      let levels = FindingReport.Level.allCases.map { level in
        "\(level.rawValue)=\(report.findings.count { $0.level == level })"
      }
      return "findings=\(report.findings.count) \(levels.joined(separator: " ")) "
        + "suppressed=\(report.findings.count { $0.suppression != nil }) passed=\(report.passed) "
        + "failures=\(report.failures.count)"
    case .coverage(let coverage):
      return "lines=\(coverage.lines.covered)/\(coverage.lines.valid) "
        + "branches=\(coverage.branches.covered)/\(coverage.branches.valid) files=\(coverage.files.count)"
    case .accessibility(let report):
      return "pages=\(report.pages.count) violations=\(report.violations.count) "
        + "elements=\(report.violations.reduce(0) { $0 + $1.count }) incomplete=\(report.incomplete.count) "
        + "passes=\(report.passes)"
    case .measurements(let report): return "measurements=\(report.measurements.count)"
    case .components(let list) where list.specification.hasPrefix("SPDX"):
      return "packages=\(list.components.count + (list.subject == nil ? 0 : 1))"
    case .components(let list):
      return "components=\(list.components.count) vulnerabilities=\(list.vulnerabilities.count) "
        + "statements=\(list.statements.count)"
    case .vex(let vex): return "products=\(vex.statements.reduce(0) { $0 + $1.products.count })"
    case .provenance(let provenance):
      let subjects = provenance.statements.reduce(0) { $0 + $1.subjects.count }
      return "statements=\(provenance.statements.count) subjects=\(subjects)"
    case .vulnerabilities(let scan): return "vulnerabilities=\(scan.vulnerabilities.count)"
    case .events(let list): return "events=\(list.events.count)"
    case .reviews(let reviews): return "changes=\(reviews.changes.count)"
    case .document: return ""
    }
  }
}
