package import Diagnostics

/// A free page: a guide, a policy, a runbook.
package struct GuidePage: Sendable {
  /// Its path below `pages/` without `.md`, such as `guide/first-site`; ids parted by `/`.
  package var id: String
  package var title: String
  package var summary: String?
  package var audience = Audience.public
  package var products: [Located<String>] = []
  /// Its place among the others; lower comes first.
  package var order: Int?
  package var reviewed: CivilDate?
  package var owner: Located<String>?
  /// Ids it had before; they lead here.
  package var formerly: [String] = []
  package var body: Prose
  package var location: SourceLocation

  package init(id: String, title: String, body: Prose, at location: SourceLocation) {
    (self.id, self.title, self.body, self.location) = (id, title, body, location)
  }
}

/// A file that the site carries with it because a text shows it.
package struct Asset: Hashable, Sendable {
  /// Its address in the site, such as `assets/gateway/2.4.0/latency.svg`.
  package var address: String
  /// Where it is on this machine, relative to the checkout.
  package var path: String
  /// The audience of the most public text that shows it.
  package var audience: Audience

  package init(address: String, path: String, audience: Audience) {
    (self.address, self.path, self.audience) = (address, path, audience)
  }
}
