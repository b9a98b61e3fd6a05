/// What somebody says of vulnerabilities in a product (VEX).
package struct VEXStatements: Hashable, Sendable {
  /// The document's id.
  package var document: String?
  package var author: String?
  /// The document's own version.
  package var version: String?
  package var statements: [VEXStatement] = []

  package init(document: String?) {
    self.document = document
  }
}

/// Whether a vulnerability matters in some products, and why.
package struct VEXStatement: Hashable, Sendable {
  package enum Status: String, CaseIterable, Sendable {
    case notAffected = "not affected"
    case affected
    case fixed
    case underInvestigation = "under investigation"
  }

  package var vulnerability: String
  package var aliases: [String] = []
  package var status: Status
  /// Why it does not matter, in the words of the format, such as `vulnerable_code_not_present`.
  package var justification: String?
  /// Why it does not matter, in free words.
  package var impact: String?
  /// What those who are affected should do.
  package var action: String?
  package var at: Moment?
  /// What it is about; a product without a name in it means all that the document is about.
  package var products: [VEXProduct] = []

  package init(vulnerability: String, status: Status) {
    (self.vulnerability, self.status) = (vulnerability, status)
  }

  /// Whether it takes a vulnerability off the list.
  ///
  /// *Not affected* without a reason takes nothing off.
  /// - Source: OpenVEX 0.2.0: a justification or an impact statement MUST be there where the status is `not_affected`.
  package var excuses: Bool {
    switch status {
    case .fixed: true
    case .notAffected: justification != nil || impact != nil
    case .affected, .underInvestigation: false
    }
  }

  /// Why it takes a vulnerability off the list, in one line.
  package var reason: String {
    let words = [justification?.split(separator: "_").joined(separator: " "), impact].compactMap { $0 }
    return words.isEmpty ? status.rawValue : status.rawValue + ": " + words.joined(separator: "; ")
  }
}

/// A product of a VEX statement, by all the names that the document has for it.
package struct VEXProduct: Hashable, Sendable {
  /// Package URLs, CPEs, and the ids of the document itself.
  package var names: [String]
  /// The parts of it that the statement is about; none means all of it.
  package var components: [String] = []

  package init(names: [String], components: [String] = []) {
    (self.names, self.components) = (names, components)
  }
}
