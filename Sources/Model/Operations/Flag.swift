package import Diagnostics

/// A feature flag and its life.
package struct Flag: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable { case off, partial, on, retired }

  package var id: Located<String>
  package var product: Located<String>?
  package var owner: Located<String>?
  package var state: Located<State>?
  /// Such as `release`, `experiment`, `permission`, `operations`.
  package var kind: String?
  package var introducedIn: Located<String>?
  package var expires: Located<CivilDate>?
  package var retired: Located<CivilDate>?
  package var removedIn: Located<String>?
  package var audience = Audience.internal
  package var monitoredBy: String?
  package var reason: String?
  package var location: SourceLocation

  package init(id: Located<String>, at location: SourceLocation) {
    (self.id, self.location) = (id, location)
  }
}
