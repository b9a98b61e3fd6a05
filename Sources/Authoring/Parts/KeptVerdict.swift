import Foundation
package import Model

/// What the file that `gazette gate --attest` wrote says.
///
/// - Source: SLSA Verification Summary Attestation, version 1.
package struct KeptVerdict: Hashable, Sendable {
  package var product: String
  package var version: String
  package var environment: String
  package var isOpen: Bool
  /// The as-of of the gate.
  package var asOf: Moment

  private struct Statement: Decodable {
    struct Predicate: Decodable {
      struct Gate: Decodable {
        var product: String
        var version: String
        var environment: String
      }

      var timeVerified: String
      var verificationResult: String
      var gate: Gate

      enum CodingKeys: String, CodingKey {
        case timeVerified, verificationResult
        case gate = "urn:gazette:gate"
      }
    }

    var predicateType: String
    var predicate: Predicate
  }

  /// - Parameter path: For messages.
  package init(_ bytes: [UInt8], at path: String) throws(Refusal) {
    let statement: Statement
    do {
      statement = try JSONDecoder().decode(Statement.self, from: Data(bytes))
    } catch {
      throw KeptVerdict.refusal(path)
    }
    let result = statement.predicate.verificationResult
    guard statement.predicateType == "https://slsa.dev/verification_summary/v1",
      result == "PASSED" || result == "FAILED", let asOf = Moment(statement.predicate.timeVerified)
    else { throw KeptVerdict.refusal(path) }
    let gate = statement.predicate.gate
    (product, version, environment) = (gate.product, gate.version, gate.environment)
    (isOpen, self.asOf) = (result == "PASSED", asOf)
  }

  private static func refusal(_ path: String) -> Refusal {
    Refusal("`\(path)` is no verdict of the gate", help: "name the file that `gazette gate --attest FILE` wrote")
  }
}
