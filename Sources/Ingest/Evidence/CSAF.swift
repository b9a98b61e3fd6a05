import Diagnostics
import Model

/// Advisories of CSAF 2.0, read for what they say of products (VEX).
///
/// - Source: OASIS CSAF 2.0, §3.2 and profile 5 (VEX).
enum CSAF {
  static let reader = EvidenceReader(
    format: .csaf,
    recognises: { $0.outline?.has("document.csaf_version") == true },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      return try report(of: try json.decode(Document.self), in: json)
    })

  private static func report(of document: Document, in json: JSONEvidence) throws(EvidenceProblem) -> EvidenceReport {
    let head = document.document
    guard head.csaf_version.hasPrefix("2.") else {
      throw EvidenceProblem(
        .unreadFormatVersion, "is CSAF \(quoted(head.csaf_version)), which Gazette does not read",
        help: "write it as CSAF 2.0")
    }
    let products = CSAFProducts(document.product_tree)
    var vex = VEXStatements(document: head.tracking?.id.map(EvidenceText.name))
    vex.author = head.publisher?.name.map(EvidenceText.name)
    vex.version = head.tracking?.version.map(EvidenceText.name)
    let made = head.tracking?.current_release_date.flatMap { Moment($0) }
    var report = EvidenceReport(.vex(vex))
    for (place, vulnerability) in (document.vulnerabilities ?? []).enumerated() {
      guard let vulnerability, let (id, aliases) = vulnerability.names else { continue }
      let account = VulnerabilityAccount(vulnerability, products: products)
      let steps = [JSONStep("vulnerabilities"), JSONStep(place), JSONStep("product_status")]
      for (var statement, ids) in account.statements(id: id, aliases: aliases) {
        statement.at = made
        if statement.status == .notAffected, !statement.excuses {
          report.remarks.append(.unjustified(id, at: json.place(of: steps)))
        }
        statement.products = ids.map { products.product($0) }
        for unknown in ids where !products.isKnown(unknown) {
          report.remarks.append(
            EvidenceProblem(
              .unknownProduct,
              "speaks of the product \(quoted(EvidenceText.name(unknown))), which its product tree lacks",
              at: json.place(of: steps), help: "add it to `product_tree`"))
        }
        vex.statements.append(statement)
      }
    }
    report.payload = .vex(vex)
    report.producedAt = made
    report.tool = head.tracking?.generator?.engine.flatMap { engine in
      engine.name.map { EvidenceTool(name: EvidenceText.name($0), version: engine.version.map(EvidenceText.name)) }
    }
    return report
  }
}

/// What one vulnerability of an advisory says of each product.
private struct VulnerabilityAccount {
  private struct Group: Hashable {
    var status: VEXStatement.Status
    var justification: String?
    var impact: String?
    var action: String?
  }

  private var groups: [Group] = []
  private var members: [Group: [String]] = [:]

  init(_ vulnerability: CSAF.Document.Vulnerability, products: CSAFProducts) {
    var justifications: [String: String] = [:]
    for case let flag? in vulnerability.flags ?? [] {
      guard let label = flag.label else { continue }
      for id in products.ids(flag.product_ids, flag.group_ids) { justifications[id] = EvidenceText.name(label) }
    }
    var impacts: [String: String] = [:]
    var generalImpact: String?
    for case let threat? in vulnerability.threats ?? [] where threat.category == "impact" {
      guard let details = threat.details.map(EvidenceText.message) else { continue }
      let ids = products.ids(threat.product_ids, threat.group_ids)
      if ids.isEmpty { generalImpact = generalImpact ?? details }
      for id in ids { impacts[id] = details }
    }
    var actions: [String: String] = [:]
    for case let remedy? in vulnerability.remediations ?? [] {
      guard let details = remedy.details.map(EvidenceText.message) else { continue }
      for id in products.ids(remedy.product_ids, remedy.group_ids) where actions[id] == nil { actions[id] = details }
    }
    for (status, ids) in vulnerability.product_status?.lists ?? [] {
      var seen: Set<String> = []
      for id in ids where seen.insert(id).inserted {
        var group = Group(status: status)
        if status == .notAffected {
          group.justification = justifications[id]
          group.impact = impacts[id] ?? generalImpact
        }
        if status != .notAffected { group.action = actions[id] }
        if members[group] == nil { groups.append(group) }
        members[group, default: []].append(id)
      }
    }
  }

  func statements(id: String, aliases: [String]) -> [(VEXStatement, products: [String])] {
    groups.map { group in
      var statement = VEXStatement(vulnerability: id, status: group.status)
      statement.aliases = aliases
      (statement.justification, statement.impact, statement.action) = (group.justification, group.impact, group.action)
      return (statement, members[group] ?? [])
    }
  }
}

/// The products of an advisory by their ids.
private struct CSAFProducts {
  private var products: [String: VEXProduct] = [:]
  private var groups: [String: [String]] = [:]

  init(_ tree: CSAF.Document.Tree?) {
    add(tree?.branches)
    for case let product? in tree?.full_product_names ?? [] { add(product) }
    for case let relationship? in tree?.relationships ?? [] {
      guard let own = relationship.full_product_name, let id = own.product_id else { continue }
      // The part in the whole: what is said of it is said of that part only.
      let whole = relationship.relates_to_product_reference.flatMap { products[$0]?.names } ?? []
      let part = relationship.product_reference.flatMap { products[$0]?.names } ?? []
      products[id] = VEXProduct(names: own.names + whole, components: part)
    }
    for case let group? in tree?.product_groups ?? [] {
      if let id = group.group_id { groups[id] = (group.product_ids ?? []).compactMap { $0 } }
    }
  }

  /// JSON itself is nested at most so deep that this ends.
  private mutating func add(_ branches: [CSAF.Document.Branch?]?) {
    for case let branch? in branches ?? [] {
      if let product = branch.product { add(product) }
      add(branch.branches)
    }
  }

  private mutating func add(_ product: CSAF.Document.Product) {
    guard let id = product.product_id else { return }
    products[id] = VEXProduct(names: product.names)
  }

  func isKnown(_ id: String) -> Bool { products[id] != nil }

  func product(_ id: String) -> VEXProduct { products[id] ?? VEXProduct(names: [EvidenceText.name(id)]) }

  func ids(_ own: [String?]?, _ groups: [String?]?) -> [String] {
    (own ?? []).compactMap { $0 } + (groups ?? []).compactMap { $0 }.flatMap { self.groups[$0] ?? [] }
  }
}
