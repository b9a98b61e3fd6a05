import Diagnostics
import Model

/// Documents of OpenVEX 0.2.0, and of its predecessors as far as they say the same.
///
/// - Source: OpenVEX specification 0.2.0.
enum OpenVEX {
  static let reader = EvidenceReader(
    format: .openvex,
    recognises: { $0.outline?.text("@context")?.hasPrefix("https://openvex.dev/ns") == true },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      return report(of: try json.decode(Document.self), in: json)
    })

  struct Document: Decodable {
    struct Vulnerability: Decodable {
      var name: String
      var aliases: [String?]?

      private enum Key: CodingKey { case name, aliases }

      /// An object with a name, or until 0.0.1 the name alone.
      init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
          self.name = name
          return
        }
        let object = try decoder.container(keyedBy: Key.self)
        name = try object.decode(String.self, forKey: .name)
        aliases = try object.decodeIfPresent([String?].self, forKey: .aliases)
      }
    }

    struct Statement: Decodable {
      var vulnerability: Vulnerability
      var timestamp: String?
      var products: [Component?]?
      var status: Status
      var justification: String?
      var impact_statement: String?
      var action_statement: String?
    }

    enum Status: String, Decodable {
      case not_affected, affected, fixed, under_investigation
    }

    var id: String?
    var author: String?
    var version: Double?
    var timestamp: String?
    var tooling: String?
    var statements: [Statement?]?

    private enum CodingKeys: String, CodingKey {
      case id = "@id"
      case author, version, timestamp, tooling, statements
    }
  }

  /// A product or a part of one: an object, or until 0.0.1 its name alone.
  struct Component: Decodable {
    var names: [String]
    var subcomponents: [String]

    private enum Key: String, CodingKey {
      case id = "@id"
      case identifiers, subcomponents
    }

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        (names, subcomponents) = ([EvidenceText.name(name)], [])
        return
      }
      let object = try decoder.container(keyedBy: Key.self)
      var names: [String] = []
      if let id = try object.decodeIfPresent(String.self, forKey: .id) { names.append(EvidenceText.name(id)) }
      let identifiers = try object.decodeIfPresent([String: String?].self, forKey: .identifiers) ?? [:]
      for (_, name) in identifiers.sorted(by: { $0.key < $1.key }) {
        if let name = name.map(EvidenceText.name), !names.contains(name) { names.append(name) }
      }
      self.names = names
      let inner = try object.decodeIfPresent([Component?].self, forKey: .subcomponents) ?? []
      subcomponents = inner.flatMap { $0?.names ?? [] }
    }
  }

  private static func report(of document: Document, in json: JSONEvidence) -> EvidenceReport {
    var vex = VEXStatements(document: document.id.map(EvidenceText.name))
    vex.author = document.author.map(EvidenceText.name)
    vex.version = document.version.map(plainNumber)
    let made = document.timestamp.flatMap { Moment($0) }
    var remarks: [EvidenceProblem] = []
    for (place, found) in (document.statements ?? []).enumerated() {
      guard let found else { continue }
      var statement = VEXStatement(
        vulnerability: EvidenceText.name(found.vulnerability.name), status: found.status.modelled)
      statement.aliases = (found.vulnerability.aliases ?? []).compactMap { $0.map(EvidenceText.name) }
      statement.justification = found.justification.map(EvidenceText.name)
      statement.impact = found.impact_statement.map(EvidenceText.message)
      statement.action = found.action_statement.map(EvidenceText.message)
      // A statement has the time of its document where it has none of its own.
      statement.at = found.timestamp.flatMap { Moment($0) } ?? made
      statement.products = (found.products ?? []).compactMap { product in
        product.map { VEXProduct(names: $0.names, components: $0.subcomponents) }
      }
      if statement.status == .notAffected, !statement.excuses {
        remarks.append(
          .unjustified(
            statement.vulnerability, at: json.place(of: [JSONStep("statements"), JSONStep(place), JSONStep("status")])))
      }
      vex.statements.append(statement)
    }
    var report = EvidenceReport(.vex(vex))
    report.producedAt = made
    report.tool = document.tooling.map { EvidenceTool(name: EvidenceText.name($0)) }
    report.remarks = remarks
    return report
  }
}

extension OpenVEX.Document.Status {
  fileprivate var modelled: VEXStatement.Status {
    switch self {
    case .not_affected: .notAffected
    case .affected: .affected
    case .fixed: .fixed
    case .under_investigation: .underInvestigation
    }
  }
}

extension EvidenceProblem {
  static func unjustified(_ vulnerability: String, at place: Place?) -> EvidenceProblem {
    EvidenceProblem(
      .unjustifiedStatement, "says that \(quoted(vulnerability)) does not affect, and not why", at: place,
      help: "add a justification or an impact statement")
  }
}

/// The number without `.0`.
func plainNumber(_ number: Double) -> String {
  Int(exactly: number).map(String.init) ?? String(number)
}
