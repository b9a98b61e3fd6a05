package import Diagnostics

/// Somebody's decision on a release.
package struct Approval: Hashable, Sendable {
  package enum Decision: String, CaseIterable, Sendable { case approved, rejected, conditional, withdrawn }

  package var by: Located<String>
  package var role: Located<String>?
  package var asked: Located<When>?
  package var at: Located<When>?
  package var decision: Located<Decision>
  package var conditions: String?
  package var onBehalfOf: Located<String>?
  package var comment: String?
  package var reference: String?
  package var location: SourceLocation

  package init(by: Located<String>, decision: Located<Decision>, at location: SourceLocation) {
    (self.by, self.decision, self.location) = (by, decision, location)
  }
}

/// A criterion that somebody had to accept.
package struct Acceptance: Hashable, Sendable {
  package enum Result: String, CaseIterable, Sendable { case accepted, rejected }

  package var criterion: String
  package var by: Located<String>?
  package var role: Located<String>?
  package var at: Located<When>?
  package var result: Located<Result>?
  package var evidence: Located<String>?
  package var location: SourceLocation

  package init(criterion: String, at location: SourceLocation) {
    (self.criterion, self.location) = (criterion, location)
  }
}

package struct BuildRun: Hashable, Sendable {
  package var id: String?
  package var url: String?
  package var at: Located<When>?
  package var runner: String?
  /// Such as `verified`.
  package var reproducible: String?
  package var location: SourceLocation

  package init(at location: SourceLocation) {
    self.location = location
  }
}

/// What a release runs on in one environment.
package struct EnvironmentState: Hashable, Sendable {
  package var id: Located<String>
  package var config: String?
  package var image: String?
  package var difference: String?
  package var location: SourceLocation

  package init(id: Located<String>, at location: SourceLocation) {
    (self.id, self.location) = (id, location)
  }
}

/// What the gate said of a release, or that somebody passed it by.
package struct GateVerdict: Hashable, Sendable {
  package enum Result: String, CaseIterable, Sendable { case passed, failed, bypassed }

  package var verdict: Located<Result>
  /// Where the release was to go; production where nobody says.
  package var environment: Located<String>?
  /// The digest of what was to go there; `nil` where nobody asked about one.
  package var artifact: Located<String>?
  package var at: Located<When>
  package var by: Located<String>?
  package var reason: String?
  /// The path of the statement that the gate wrote.
  package var attestation: Located<String>?
  package var location: SourceLocation

  package init(_ verdict: Located<Result>, at moment: Located<When>, location: SourceLocation) {
    (self.verdict, self.at, self.location) = (verdict, moment, location)
  }
}

package struct Amendment: Hashable, Sendable {
  package var at: Located<When>
  package var by: Located<String>?
  package var fields: [Located<String>] = []
  package var reason: String?
  package var location: SourceLocation

  package init(at moment: Located<When>, location: SourceLocation) {
    (self.at, self.location) = (moment, location)
  }
}
