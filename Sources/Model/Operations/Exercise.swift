package import Diagnostics

/// A rehearsal of rollback, restore or disaster recovery, or a chaos experiment.
package struct Exercise: Hashable, Sendable {
  package enum Result: String, CaseIterable, Sendable { case succeeded, failed, partial }

  package var id: String
  package var kind: Located<String>
  package var at: Located<When>
  package var products: [Located<String>] = []
  package var environments: [Located<String>] = []
  package var result: Located<Result>?
  package var duration: TimeSpan?
  package var findings: String?
  package var evidence: Located<String>?
  package var by: [Located<String>] = []
  package var location: SourceLocation

  package init(id: String, kind: Located<String>, at moment: Located<When>, location: SourceLocation) {
    (self.id, self.kind, self.at, self.location) = (id, kind, moment, location)
  }
}
