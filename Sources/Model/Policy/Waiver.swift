package import Diagnostics

/// An accepted exception from a rule.
package struct Waiver: Hashable, Sendable {
  package var id: Located<String>
  package var rule: Located<String>
  package var product: Located<String>
  /// Which versions of it; all when `nil`.
  package var versions: VersionRange?
  package var reason: String
  package var requestedBy: Located<String>?
  package var approvedBy: Located<String>
  package var role: Located<String>?
  package var approvedAt: Located<When>
  /// What was due earlier is not excused; default: ``approvedAt``.
  package var from: Located<When>?
  /// What is due later is not excused.
  package var expires: Located<When>
  /// How many releases it excuses at most.
  package var mostUses: Int?
  /// What is done instead.
  package var compensating: String?
  package var reference: String?
  package var location: SourceLocation

  package init(
    id: Located<String>, rule: Located<String>, product: Located<String>, reason: String, approvedBy: Located<String>,
    approvedAt: Located<When>, expires: Located<When>, at location: SourceLocation
  ) {
    (self.id, self.rule, self.product, self.reason) = (id, rule, product, reason)
    (self.approvedBy, self.approvedAt, self.expires, self.location) = (approvedBy, approvedAt, expires, location)
  }

  /// The first moment at which it excuses something.
  package func begins(in zone: Zone) -> Moment { (from ?? approvedAt).value.start(in: zone) }

  /// The first moment at which it does not any more.
  package func ends(in zone: Zone) -> Moment { expires.value.end(in: zone) }
}
