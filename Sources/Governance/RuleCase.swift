package import Diagnostics
package import Model

/// One release in front of one rule: everything that the rule may look at.
package struct RuleCase: Sendable {
  package let facts: LedgerFacts
  package let shelf: ShelfFacts
  package let subject: ReleaseFacts
  package let setting: RuleSetting
  /// The moment for which to judge: when it was due, or the as-of for what is still open. What came later does not count.
  package let moment: Moment
  /// Whether it is still open, so that what is missing may still come.
  package let isOpen: Bool

  package var release: Release { subject.release }
  package var product: Product { shelf.product }
  package var ledger: Ledger { facts.ledger }
  package var zone: Zone { facts.ledger.site.zone }
  /// The version in backticks, for messages.
  package var name: String { "`\(subject.release.version.text)`" }
  /// Where to point when the record lacks something.
  package var place: SourceLocation { subject.release.location }

  /// The value of a parameter: the policy's, or its default.
  package subscript<Value>(parameter: Parameter<Value>) -> Value { setting[parameter] }

  /// Whether it had happened at the moment of judgement. What is only known to a day happened as it began.
  package func hasHappened(_ when: When) -> Bool { when.start(in: zone) <= moment }

  /// The release before this one, where there is one.
  package var predecessor: ReleaseFacts? { subject.release.previous.flatMap { shelf.release($0.text) } }

  /// The deadline of something that must follow within a time after it went out.
  package func deadline(within span: TimeSpan) -> Moment? {
    (subject.released ?? subject.deployed)?.advanced(by: span, in: zone)
  }

  /// Whether the person held the role then.
  package func holds(_ person: Person, role: String, at when: When) -> Bool {
    person.roles(on: when.date(in: zone)).contains(role)
  }

  /// What became of the file of an entry; `nil` when the entry names none.
  package func reading(of entry: EvidenceEntry) -> EvidenceReading? {
    facts.ledger.evidence[subject.release.id, entry.id.value]
  }

  /// Whether it runs somewhere that its makers look after; a package runs at its users' places.
  package var isDeployed: Bool { !subject.productionStages.isEmpty || shelf.product.kind == .service }

  /// Whether an environment is that customers use.
  package func isProduction(_ environment: String) -> Bool {
    facts.ledger.site.environments.contains { $0.id == environment && $0.isProduction }
  }
}
