import Ingest
package import Model

// Waivers, incidents and exercises.
extension NewFile {
  package struct WaiverWords: Sendable {
    package var rule: String
    package var product: String
    package var reason: String
    package var approvedBy: String
    package var expires: When
    package var id: String?
    package var versions: String?
    package var role: String?
    package var requestedBy: String?
    package var compensating: String?

    package init(
      from rule: String, for product: String, because reason: String, approvedBy: String, until expires: When
    ) {
      (self.rule, self.product, self.reason) = (rule, product, reason)
      (self.approvedBy, self.expires) = (approvedBy, expires)
    }
  }

  package static func waiver(_ words: WaiverWords, at: When, in content: OpenContent) throws(Refusal) -> NewFile {
    _ = try content.product(words.product)
    let approver = try content.person(words.approvedBy)
    if let person = words.requestedBy { _ = try content.person(person) }
    // What would excuse nothing is not written.
    guard words.requestedBy != approver.id else {
      throw Refusal(
        "`\(approver.id)` approves the waiver and asks for it",
        help: "have somebody else approve it, or say who asks with `--requested-by`")
    }
    if let role = words.role { try content.require(approver, toHold: role, at: at) }
    let versions = words.versions.map { " " + $0 } ?? ""
    let name = try name(words.id, like: "\(words.product)\(versions) \(words.rule)", as: "waiver")
    let text = yaml([
      YAMLField("rule", .text(words.rule)), YAMLField("product", .text(words.product)),
      YAMLField(text: "versions", words.versions), YAMLField("reason", .text(words.reason)),
      YAMLField(text: "requested_by", words.requestedBy), YAMLField("approved_by", .text(words.approvedBy)),
      YAMLField(text: "role", words.role), YAMLField("approved_at", .word(at.iso)),
      YAMLField("expires", .word(words.expires.iso)), YAMLField(text: "compensating", words.compensating),
    ])
    return NewFile(
      path: "waivers/\(name).yml", text: text,
      next: "let `\(words.approvedBy)` commit it: who approves a waiver is held to that")
  }

  package struct IncidentWords: Sendable {
    package var title: String
    package var products: [String] = []
    package var environments: [String] = []
    package var severity: Incident.Severity?
    package var id: String?
    package var causedBy: (product: String, version: String)?
    package var began: When?
    package var detected: When
    package var customerImpact: String?

    package init(_ title: String, detected: When) {
      (self.title, self.detected) = (title, detected)
    }
  }

  package static func incident(_ words: IncidentWords, in content: OpenContent) throws(Refusal) -> NewFile {
    for product in words.products + [words.causedBy?.product].compactMap({ $0 }) { _ = try content.product(product) }
    for environment in words.environments { _ = try content.environment(environment) }
    let day = words.detected.date(in: content.records.site.zone).iso
    let name = try name(words.id, like: "\(day) \(words.title)", as: "incident")
    let culprit = words.causedBy.map { release in
      YAMLField.mapping(
        "caused_by", [YAMLField("product", .text(release.product)), YAMLField("version", .text(release.version))])
    }
    let text = yaml([
      YAMLField("title", .text(words.title)), YAMLField(texts: "products", words.products),
      YAMLField(texts: "environments", words.environments), YAMLField(word: "severity", words.severity?.rawValue),
      culprit ?? YAMLField("caused_by", .word("unknown")),
      YAMLField("began", .word((words.began ?? words.detected).iso)), YAMLField("detected", .word(words.detected.iso)),
      YAMLField(text: "customer_impact", words.customerImpact),
    ])
    return NewFile(
      path: "incidents/\(name).yml", text: text,
      next: "correct `began`; add `resolved` and `recovered_by` when it is over; the postmortem goes into \(name).md",
      happened: words.detected)
  }

  package struct ExerciseWords: Sendable {
    package var kind: String
    package var products: [String] = []
    package var environments: [String] = []
    package var id: String?
    package var result: Exercise.Result?
    /// As it was typed, such as `PT18M`.
    package var duration: String?
    package var findings: String?
    package var by: [String] = []

    package init(_ kind: String) {
      self.kind = kind
    }
  }

  package static func exercise(_ words: ExerciseWords, at: When, in content: OpenContent) throws(Refusal) -> NewFile {
    for product in words.products { _ = try content.product(product) }
    for environment in words.environments { _ = try content.environment(environment) }
    for person in words.by { _ = try content.person(person) }
    let day = at.date(in: content.records.site.zone).iso
    let subject = ([day, words.kind] + words.products.prefix(1)).joined(separator: " ")
    let name = try name(words.id, like: subject, as: "exercise")
    let text = yaml([
      YAMLField("kind", .text(words.kind)), YAMLField("at", .word(at.iso)),
      YAMLField(texts: "products", words.products), YAMLField(texts: "environments", words.environments),
      YAMLField(word: "result", words.result?.rawValue), YAMLField(word: "duration", words.duration),
      YAMLField(text: "findings", words.findings), YAMLField(texts: "by", words.by),
    ])
    return NewFile(
      path: "exercises/\(name).yml", text: text,
      next: words.result == nil ? "add `result` when it was held" : "add `evidence` with the path of what shows it",
      happened: words.result == nil ? nil : at)
  }
}
