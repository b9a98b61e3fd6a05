import Diagnostics
import Foundation
import Governance
import Model
import Testing
import Theme

@Suite("Every rule") struct RuleTests {
  private static let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
  private static let ids = Rule.all.map(\.id)

  private func judge(_ id: String, _ example: RuleExample) async throws -> (outcome: Outcome, findings: [Diagnostic]) {
    var files = Dictionary(uniqueKeysWithValues: example.files.map { ($0.path, $0.text) })
    files["releases/gateway/2.4.0.yml"] = example.record + "\n"
    files["policy/example.yml"] = "rules:\n  \(id): \(example.setting)\n"
    let (judgement, report) = try await ExampleCheckout.judge(files, asOf: example.asOf)
    #expect(report.diagnostics.filter { $0.severity == .error } == [], "the example of \(id) is not sound")
    let outcome = try #require(judgement?[Self.release, id])
    return (outcome, judgement?.findings ?? [])
  }

  @Test("passes its good example", arguments: ids) func good(id: String) async throws {
    let rule = try #require(Rule.named(id))
    guard rule.good.circumstances == nil else { return }
    let (outcome, _) = try await judge(id, rule.good)
    #expect(outcome.result == .passed, "\(outcome.reasons.map(\.text))")
    #expect(!outcome.reasons.isEmpty)
  }

  @Test("fails its bad example at the place that the example names", arguments: ids) func bad(id: String) async throws {
    let rule = try #require(Rule.named(id))
    guard rule.bad.circumstances == nil else { return }
    let (outcome, findings) = try await judge(id, rule.bad)
    #expect(outcome.result == .failed, "\(outcome.reasons.map(\.text))")
    let fault = try #require(place(of: rule.bad))
    let finding = try #require(findings.first { $0.code == id && $0.location?.file == fault.file })
    let found = finding.location.map { "\($0.file):\($0.line):\($0.column)" }
    #expect(found == "\(fault.file):\(fault.line):\(fault.column)")
    #expect(finding.severity == .error)
    #expect(finding.help != nil)
    for reason in outcome.reasons { #expect(isMessage(reason.text), "\(reason.text)") }
  }

  /// One line, lower case, without a full stop.
  private func isMessage(_ text: String) -> Bool {
    !text.contains("\n") && !text.hasSuffix(".") && text.first.map { !$0.isUppercase } ?? false
  }

  private func place(of example: RuleExample) -> Diagnostics.SourceLocation? {
    let record = "content/releases/gateway/2.4.0.yml"
    guard let fault = example.fault else { return Diagnostics.SourceLocation(file: record) }
    let texts = [(record, example.record)] + example.files.map { ("content/" + $0.path, $0.text) }
    var places: [Diagnostics.SourceLocation] = []
    for (file, text) in texts {
      for range in text.ranges(of: fault) {
        let lines = text[..<range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        let column = (lines.last?.unicodeScalars.count ?? 0) + 1
        places.append(Diagnostics.SourceLocation(file: file, line: lines.count, column: column))
      }
    }
    return places.count == 1 ? places[0] : nil
  }

  @Test("has words that people can use", arguments: ids) func words(id: String) throws {
    let rule = try #require(Rule.named(id))
    #expect(isIdentifier(id))
    #expect(isMessage(rule.title), "\(rule.title)")
    #expect(rule.why.count > 40 && rule.why.hasSuffix("."))
    #expect(rule.appliesTo.hasSuffix("."))
    #expect(rule.fix.hasSuffix("."))
    for parameter in rule.parameters.map(\.declaration) { #expect(parameter.about.hasSuffix("."), "\(parameter.name)") }
  }

  @Test("has tests of its own where its examples need more than files") func circumstances() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var texts = ""
    for case let file as URL in files where file.pathExtension == "swift" {
      texts += try String(contentsOf: file, encoding: .utf8)
    }
    for rule in Rule.all where rule.good.circumstances != nil || rule.bad.circumstances != nil {
      #expect(texts.contains("\"\(rule.id)"), "nothing tests \(rule.id)")
    }
  }

  @Test("is there once") func unique() {
    #expect(Set(Self.ids).count == Self.ids.count)
  }

  @Test("no pack has anything wrong", arguments: BuiltInTheme.policies.map(\.path)) func packs(path: String)
    async throws
  {
    let name = path.dropLast(".yml".count)
    let (_, report) = try await ExampleCheckout.judge(["policy/all.yml": "extends: [\(name)]\n"])
    #expect(report.diagnostics == [])
  }
}
