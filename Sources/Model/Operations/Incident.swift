package import Diagnostics

package struct Incident: Sendable {
  package enum Severity: String, CaseIterable, Sendable { case low, medium, high, critical }

  /// Who is to blame, as far as somebody found out.
  package enum CausedBy: Hashable, Sendable {
    case release(product: Located<String>, version: Located<String>)
    case unknown, none
  }

  package struct Recovery: Hashable, Sendable {
    package enum How: String, CaseIterable, Sendable {
      case rollBack = "roll-back"
      case rollForward = "roll-forward"
      case flagOff = "flag-off"
      case other
    }
    package var product: Located<String>?
    package var version: Located<String>?
    package var how: How?
    package init() {}
  }

  /// A report that somebody outside is owed.
  package struct OutsideReport: Hashable, Sendable {
    package var to: String
    package var due: Located<When>?
    package var at: Located<When>?
    package init(to: String) { self.to = to }
  }

  package var id: String
  package var title: String
  package var products: [Located<String>] = []
  package var environments: [Located<String>] = []
  package var severity: Severity?
  package var audience = Audience.internal
  package var causedBy: CausedBy?
  package var began: Located<When>?
  package var detected: Located<When>?
  package var resolved: Located<When>?
  package var recoveredBy: Recovery?
  package var customerImpact: String?
  package var reports: [OutsideReport] = []
  package var actions: [FollowUpAction] = []
  package var postmortem: Prose?
  package var location: SourceLocation

  package init(id: String, title: String, at location: SourceLocation) {
    (self.id, self.title, self.location) = (id, title, location)
  }
}
