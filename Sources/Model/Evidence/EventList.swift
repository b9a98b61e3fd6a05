/// What happened, as tools of delivery told it (CDEvents).
package struct EventList: Hashable, Sendable {
  /// By time, then by source and id; each once.
  package var events: [DeliveryEvent] = []
  /// How many were told again.
  package var repeated = 0

  package init(_ told: some Sequence<DeliveryEvent>) {
    var seen: Set<DeliveryEvent.Identity> = []
    for event in told {
      if seen.insert(event.identity).inserted { events.append(event) } else { repeated += 1 }
    }
    events.sort { ($0.at, $0.source, $0.id) < ($1.at, $1.source, $1.id) }
  }
}

/// Something that happened to a subject.
package struct DeliveryEvent: Hashable, Sendable {
  package struct Identity: Hashable, Sendable {
    package var source: String
    package var id: String
  }

  /// What happened, of the kinds that Gazette uses.
  package enum Kind: String, CaseIterable, Sendable {
    case serviceDeployed = "service.deployed"
    case serviceUpgraded = "service.upgraded"
    case serviceRolledBack = "service.rolledback"
    case serviceRemoved = "service.removed"
    case servicePublished = "service.published"
    case incidentDetected = "incident.detected"
    case incidentReported = "incident.reported"
    case incidentResolved = "incident.resolved"
    case changeMerged = "change.merged"
    case changeReviewed = "change.reviewed"
    case artifactPackaged = "artifact.packaged"
    case artifactSigned = "artifact.signed"
    case artifactPublished = "artifact.published"
    case testSuiteFinished = "testsuiterun.finished"
    case ticketCreated = "ticket.created"
    case ticketUpdated = "ticket.updated"
    case ticketClosed = "ticket.closed"
    case approvalCreated = "approval.created"
    case approvalUpdated = "approval.updated"
    case approvalClosed = "approval.closed"
  }

  package var id: String
  package var source: String
  /// Subject and verb as CDEvents writes them, such as `service.deployed`.
  package var type: String
  /// The version of the type, such as `0.2.0`.
  package var typeVersion: String
  package var at: Moment
  package var subject: String
  package var environment: String?
  /// The package URL of what it was done with.
  package var artifact: String?
  package var service: String?
  package var change: String?
  package var repository: String?
  /// What came of it: the outcome of a test, the decision of an approval, the resolution of a ticket.
  package var outcome: String?
  /// What it is about, in words: the description of an incident, the summary of a ticket, the name of a test suite.
  package var summary: String?
  /// Who did it.
  package var by: String?
  package var url: String?

  package init(id: String, source: String, type: String, typeVersion: String, at moment: Moment, subject: String) {
    (self.id, self.source, self.type, self.typeVersion) = (id, source, type, typeVersion)
    (at, self.subject) = (moment, subject)
  }

  package var identity: Identity { Identity(source: source, id: id) }

  /// `nil` for a kind that Gazette keeps but does not use.
  package var kind: Kind? { Kind(rawValue: type) }
}
