package import Diagnostics

package struct RunbookTask: Hashable, Sendable {
  package var task: String
  package var owner: Located<String>?
  package var done: Located<When>?
  package var location: SourceLocation

  package init(task: String, at location: SourceLocation) {
    (self.task, self.location) = (task, location)
  }
}

package struct Communication: Hashable, Sendable {
  package var to: String
  package var channel: String?
  package var at: Located<When>?
  package var by: Located<String>?
  package var location: SourceLocation

  package init(to: String, at location: SourceLocation) {
    (self.to, self.location) = (to, location)
  }
}

package struct Validation: Hashable, Sendable {
  package struct Check: Hashable, Sendable {
    package enum Status: String, CaseIterable, Sendable { case passed, failed, skipped }
    package var name: String
    package var status: Located<Status>?
    package var at: Located<When>?
    package init(name: String) { self.name = name }
  }

  package var at: Located<When>?
  package var by: Located<String>?
  package var checks: [Check] = []
  package var errorBudgetLeft: String?
  package var observedUntil: Located<When>?
  package var location: SourceLocation

  package init(at location: SourceLocation) {
    self.location = location
  }
}

package struct Review: Hashable, Sendable {
  package var at: Located<When>?
  package var by: Located<String>?
  package var wentWell: String?
  package var improve: String?
  package var actions: [FollowUpAction] = []
  package var location: SourceLocation

  package init(at location: SourceLocation) {
    self.location = location
  }
}

/// Something that somebody promised to do after a review or an incident.
package struct FollowUpAction: Hashable, Sendable {
  package var text: String
  package var owner: Located<String>?
  package var due: Located<When>?
  package var done: Located<When>?
  package var location: SourceLocation

  package init(text: String, at location: SourceLocation) {
    (self.text, self.location) = (text, location)
  }
}
