package import Diagnostics

/// When a release is meant to go out.
package struct Schedule: Hashable, Sendable {
  package var at: Located<When>
  package var until: Located<When>?
  package var window: Located<String>?

  package init(at moment: Located<When>) {
    self.at = moment
  }
}

/// Why an unplanned release was made.
package enum Cause: Hashable, Sendable {
  case incident(Located<String>)
  case vulnerability(Located<String>)
}

/// What was released, where a product has several sources.
package struct ReleasedCommit: Hashable, Sendable {
  package var source: Located<String>?
  package var commit: Located<String>?
  package var tag: Located<String>?

  package init(source: Located<String>? = nil, commit: Located<String>? = nil, tag: Located<String>? = nil) {
    (self.source, self.commit, self.tag) = (source, commit, tag)
  }
}
