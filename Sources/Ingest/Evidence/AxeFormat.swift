import Diagnostics
import Model

/// Results of axe-core: of one page, of several in an array, or wrapped by the tool that ran it.
///
/// - Source: axe-core API, "Results Object"; also what its reporter `raw` gives.
extension EvidenceReader {
  static let axe = EvidenceReader(
    format: .axe,
    recognises: { content in
      guard let outline = content.outline else { return false }
      if outline.has("testEngine", "violations") { return true }
      if AxeResults.wrappers.contains(where: { outline.has($0 + ".testEngine", $0 + ".violations") }) { return true }
      return outline.isArray && outline.has("id", "helpUrl", "violations", "incomplete")
    },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      var walk = AxeWalk()
      if json.outline.isArray, json.outline.has("id"), !json.outline.has("testEngine") {
        for rule in try json.decode([AxeRawRule].self) { walk.add(rule) }
      } else {
        let list = try json.decodeList(of: AxeResults.self)
        for (index, element) in list.enumerated() {
          let pages = element.pages
          guard !pages.isEmpty else {
            throw EvidenceProblem(
              .unexpectedEvidence, "has an element that is no result of axe", at: json.place(of: [JSONStep(index)]))
          }
          for page in pages { walk.add(page) }
        }
      }
      return walk.result
    })
}

private struct AxeWalk {
  private var report = AccessibilityReport()
  private var tool: EvidenceTool?
  private var producedAt: Moment?
  private var shared = SharedTexts()

  /// The most elements of an issue whose selectors are kept.
  private static let mostTargets = 5

  mutating func add(_ page: AxePage) {
    let address = EvidenceText.name(page.url ?? "")
    if !report.pages.contains(address) { report.pages.append(address) }
    report.violations += page.violations.map { issue($0, on: address) }
    report.incomplete += (page.incomplete ?? []).map { issue($0, on: address) }
    report.passes += page.passes?.count ?? 0
    if tool == nil, let engine = page.testEngine {
      tool = EvidenceTool(name: EvidenceText.name(engine.name), version: engine.version.map(EvidenceText.name))
    }
    if let moment = page.timestamp.flatMap({ Moment($0) }) { producedAt = max(producedAt ?? moment, moment) }
  }

  /// The reporter `raw` gives rules with their elements and names no page.
  mutating func add(_ rule: AxeRawRule) {
    if report.pages.isEmpty { report.pages = [""] }
    func issue(_ nodes: [AxeNode]?) -> AccessibilityReport.Issue? {
      guard let nodes, !nodes.isEmpty else { return nil }
      let all = AxeRule(id: rule.id, impact: rule.impact, help: rule.help, tags: rule.tags, nodes: nodes)
      return self.issue(all, on: "")
    }
    if let violation = issue(rule.violations) { report.violations.append(violation) }
    if let incomplete = issue(rule.incomplete) { report.incomplete.append(incomplete) }
    if rule.passes?.isEmpty == false { report.passes += 1 }
  }

  private func issue(_ rule: AxeRule, on page: String) -> AccessibilityReport.Issue {
    AccessibilityReport.Issue(
      rule: EvidenceText.name(rule.id), impact: rule.impact.flatMap(AccessibilityReport.Impact.init),
      help: EvidenceText.message(rule.help ?? ""), tags: (rule.tags ?? []).map(EvidenceText.name), page: page,
      count: rule.nodes?.count ?? 0,
      targets: (rule.nodes ?? []).prefix(AxeWalk.mostTargets).map { EvidenceText.name($0.selector) })
  }

  var result: EvidenceReport {
    var result = EvidenceReport(.accessibility(report))
    (result.tool, result.producedAt) = (tool, producedAt)
    return result
  }
}

/// One page's results, or what a tool put around them.
private struct AxeResults: Decodable {
  let pages: [AxePage]

  /// The members under which tools keep results.
  static let wrappers = ["results", "axeResults", "axe", "result", "data"]

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: JSONStep.self)
    if values.contains(JSONStep("violations")) {
      pages = [try AxePage(from: decoder)]
      return
    }
    for wrapper in AxeResults.wrappers where values.contains(JSONStep(wrapper)) {
      do {
        pages = try values.decode([AxePage].self, forKey: JSONStep(wrapper))
      } catch DecodingError.typeMismatch(_, let context) where context.codingPath.last?.stringValue == wrapper {
        pages = [try values.decode(AxePage.self, forKey: JSONStep(wrapper))]
      }
      return
    }
    pages = []
  }
}

private struct AxePage: Decodable {
  var testEngine: Engine?
  var timestamp: String?
  var url: String?
  var violations: [AxeRule]
  var incomplete: [AxeRule]?
  var passes: [Pass]?

  struct Engine: Decodable {
    var name: String
    var version: String?
  }

  /// Only counted.
  struct Pass: Decodable {}
}

private struct AxeRule: Decodable {
  var id: String
  var impact: String?
  var help: String?
  var tags: [String]?
  var nodes: [AxeNode]?
}

private struct AxeRawRule: Decodable {
  var id: String
  var impact: String?
  var help: String?
  var tags: [String]?
  var violations: [AxeNode]?
  var incomplete: [AxeNode]?
  var passes: [AxePage.Pass]?
}

private struct AxeNode: Decodable {
  /// The way to the element, through frames and shadow roots.
  var selector: String

  private struct Element: Decodable {
    var selector: Steps?
  }

  /// A selector, or several, one for each root on the way.
  private struct Steps: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      do {
        text = try decoder.singleValueContainer().decode(String.self)
      } catch DecodingError.typeMismatch {
        text = try decoder.singleValueContainer().decode([Steps].self).map(\.text).joined(separator: " ")
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case target, node
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let steps =
      try values.decodeIfPresent(Steps.self, forKey: .target)
      ?? values.decodeIfPresent(Element.self, forKey: .node)?.selector
    selector = steps?.text ?? ""
  }
}
