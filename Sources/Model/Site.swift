package import Diagnostics

/// What gazette.yml says of the whole site.
package struct Site: Sendable {
  package var title: String
  /// The address that the site will have, ending in `/`; `nil` when not stated.
  package var url: String?
  /// A BCP 47 tag.
  package var language = "en"
  package var zone = Zone.utc
  package var theme = Theme()
  /// What must never appear in the public site.
  package var privateMatter = PrivateMatter()
  package var references: [Reference] = []
  package var teams: [Team] = []
  package var people: [Person] = []
  /// Patterns of the addresses of automatic authors, such as `*[bot]@*`.
  package var bots: [String] = []
  /// In the order of promotion.
  package var environments: [DeploymentEnvironment] = []
  package var signing = Signing()
  package var publish = Publish()
  package var metrics: [MetricDefinition] = []
  package var periods: [Period] = []

  package init(title: String) {
    self.title = title
  }

  /// Where a site overrides the built-in theme; paths relative to the checkout.
  package struct Theme: Hashable, Sendable {
    package var templates: Located<String>?
    package var files: Located<String>?
    package init() {}
  }

  package struct PrivateMatter: Hashable, Sendable {
    /// Prefixes of addresses.
    package var links: [String] = []
    /// Regular expressions.
    package var patterns: [Located<String>] = []
    package init() {}
  }

  /// Turns text that matches into a link.
  package struct Reference: Hashable, Sendable {
    package var match: Located<String>
    /// With `$1`, `$2`… for what the groups matched.
    package var url: String
    package init(match: Located<String>, url: String) {
      self.match = match
      self.url = url
    }
  }

  package struct Signing: Hashable, Sendable {
    /// Key id to the path of a public key.
    package var keys: [String: Located<String>] = [:]
    package var allowedSigners: Located<String>?
    package init() {}
  }

  /// How much of something internal the public site shows.
  package struct Publish: Hashable, Sendable {
    package enum Extent: String, CaseIterable, Sendable { case none, summary, full }
    package var evidence = Extent.none
    package var metrics = Extent.none
    package var incidents = Extent.none
    package init() {}
  }

  package struct MetricDefinition: Hashable, Sendable {
    package enum Direction: String, CaseIterable, Sendable { case higher, lower }
    package var id: String
    package var unit: String?
    package var objective: Double?
    package var better = Direction.higher
    package init(id: String) { self.id = id }
  }

  /// A time that auditors ask about.
  package struct Period: Hashable, Sendable {
    package var id: String
    package var from: CivilDate
    package var to: CivilDate
    package var frameworks: [Located<String>] = []
    package var sample: Int?
    package init(id: String, from: CivilDate, to: CivilDate) {
      (self.id, self.from, self.to) = (id, from, to)
    }
  }
}

package struct Team: Hashable, Sendable {
  package var id: String
  package var name: String
  package init(id: String, name: String) {
    (self.id, self.name) = (id, name)
  }
}

package struct Person: Hashable, Sendable {
  /// A role held for a time.
  package struct Role: Hashable, Sendable {
    package var id: String
    package var from: CivilDate?
    package var to: CivilDate?
    package init(id: String, from: CivilDate? = nil, to: CivilDate? = nil) {
      (self.id, self.from, self.to) = (id, from, to)
    }
  }

  package var id: String
  package var name: String
  package var emails: [String] = []
  /// What they are called where code is reviewed.
  package var logins: [String] = []
  package var team: String?
  package var roles: [Role] = []
  package var isPublic = false
  package var location: SourceLocation

  package init(id: String, name: String, at location: SourceLocation) {
    (self.id, self.name, self.location) = (id, name, location)
  }

  /// The roles that they held on a day. One without days is held always.
  package func roles(on day: CivilDate) -> [String] {
    roles.filter { $0.from ?? day <= day && day <= $0.to ?? day }.map(\.id)
  }
}

package struct DeploymentEnvironment: Hashable, Sendable {
  package var id: String
  package var name: String
  package var isProduction = false
  package init(id: String, name: String, isProduction: Bool = false) {
    (self.id, self.name, self.isProduction) = (id, name, isProduction)
  }
}
