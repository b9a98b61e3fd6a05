package import Diagnostics

/// What a record says of a file that proves something. What the file says is read elsewhere.
package struct EvidenceEntry: Hashable, Sendable {
  package var id: Located<String>
  package var kind: Located<String>?
  package var layer: String?
  /// Relative to the checkout.
  package var path: Located<String>?
  /// Where the file is when it is not in the checkout; never fetched.
  package var url: String?
  package var size: Int?
  package var sha256: Located<String>?
  package var format: Located<String>?
  package var commit: Located<String>?
  package var at: Located<When>?
  package var tool: String?
  package var environment: Located<String>?
  package var controls: [Located<String>] = []
  package var statement: String?
  package var by: Located<String>?
  package var audience = Audience.internal
  package var location: SourceLocation

  package init(id: Located<String>, at location: SourceLocation) {
    (self.id, self.location) = (id, location)
  }
}
