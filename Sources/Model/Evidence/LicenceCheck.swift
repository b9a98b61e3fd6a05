/// Whether a component may be used under licences that a policy allows.
package enum LicenceCheck: Hashable, Sendable {
  case allowed
  /// These licences of it are not allowed.
  case refused([String])
  /// Nobody can tell, for this reason.
  case unknown(String)
}

extension Component {
  /// Judges the licences that hold. Where the document lists several, all of them must be allowed.
  package func licenceCheck(against allowed: AllowedLicences) -> LicenceCheck {
    let claims = effectiveLicences
    guard !claims.isEmpty else { return .unknown("no licence is stated") }
    var refused: [String] = []
    var unknown: String?
    for claim in claims {
      switch claim.kind {
      case .unstated: unknown = unknown ?? "its licence is not asserted"
      case .none: refused.append(claim.text)
      case .name: if !allowed.contains(.init(id: claim.text)) { unknown = unknown ?? "`\(claim.text)` is no SPDX id" }
      case .expression:
        guard let expression = LicenceExpression(claim.text) else {
          unknown = unknown ?? "`\(claim.text)` is no licence expression"
          continue
        }
        if !expression.isSatisfied(by: allowed) {
          for licence in expression.licences where !allowed.contains(licence) && !refused.contains(licence.text) {
            refused.append(licence.text)
          }
        }
      }
    }
    if !refused.isEmpty { return .refused(refused) }
    return unknown.map(LicenceCheck.unknown) ?? .allowed
  }
}
