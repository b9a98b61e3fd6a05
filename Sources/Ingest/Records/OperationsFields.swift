import Diagnostics
import Model

/// The keys of incidents/<id>.yml.
enum IncidentFields {
  static let title = Field("title", .text, "What happened, in a few words.", required: true)
  static let products = Field("products", .list(of: .product), "The products that it hit.")
  static let environments = Field("environments", .list(of: .environment), "Where.")
  static let severity = Field("severity", .choice(Incident.Severity.self), "How bad it was.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: internal.")
  static let causedBy = Field("caused_by", CulpritFields.form, "The release that caused it, `unknown` or `none`.")
  static let began = Field("began", .when, "When it began.")
  static let detected = Field("detected", .when, "When somebody noticed.")
  static let resolved = Field("resolved", .when, "When it was over.")
  static let recoveredBy = Field("recovered_by", .shape(RecoveryFields.shape), "What ended it.")
  static let customerImpact = Field("customer_impact", .text, "What customers noticed.")
  static let reports = Field("reports", .list(of: OutsideReportFields.shape), "Reports owed to somebody outside.")
  static let actions = Field("actions", .list(of: ActionFields.shape), "What was promised.")

  static let shape = Shape(
    "incident", "Something that went wrong in operation; its id is the name of its file.",
    [
      title, products, environments, severity, audience, causedBy, began, detected, resolved, recoveredBy,
      customerImpact,
      reports, actions,
    ],
    constraint: { fields, report in
      order(fields[began], fields[resolved], "the incident", into: &report)
      order(fields[began], fields[detected], "the time until it was noticed", into: &report)
    }
  ) { fields -> Incident? in
    guard let title = fields.value(title) else { return nil }
    var incident = Incident(id: "", title: title, at: fields.location)
    incident.products = fields.list(products)
    incident.environments = fields.list(environments)
    incident.severity = fields.value(severity)
    incident.audience = fields.value(audience) ?? .internal
    incident.causedBy = fields.value(causedBy)
    incident.began = fields[began]
    incident.detected = fields[detected]
    incident.resolved = fields[resolved]
    incident.recoveredBy = fields.value(recoveredBy)
    incident.customerImpact = fields.value(customerImpact)
    incident.reports = fields.values(reports)
    incident.actions = fields.values(actions)
    return incident
  }
}

enum CulpritFields {
  static let product = Field("product", .product, "The product.", required: true)
  static let version = Field("version", .version, "Its version.", required: true)

  static let shape = Shape("culprit", "The release that caused an incident.", [product, version]) {
    fields -> Incident.CausedBy? in
    guard let product = fields[product], let version = fields[version] else { return nil }
    return .release(product: product, version: version)
  }

  static let form = Form.either(.shape(shape), .either(.word("unknown", for: .unknown), .word("none", for: .none)))
}

enum RecoveryFields {
  static let product = Field("product", .product, "The product.")
  static let version = Field("version", .version, "The version that ended it.")
  static let how = Field("how", .choice(Incident.Recovery.How.self), "How.")

  static let shape = Shape("recovery", "What ended an incident.", [product, version, how]) {
    fields -> Incident.Recovery? in
    var recovery = Incident.Recovery()
    recovery.product = fields[product]
    recovery.version = fields[version]
    recovery.how = fields.value(how)
    return recovery
  }
}

enum OutsideReportFields {
  static let to = Field("to", .text, "Who is owed it.", required: true, example: "regulator")
  static let due = Field("due", .when, "By when.")
  static let at = Field("at", .when, "When it was sent.")

  static let shape = Shape("outside report", "A report that somebody outside is owed.", [to, due, at]) {
    fields -> Incident.OutsideReport? in
    guard let to = fields.value(to) else { return nil }
    var report = Incident.OutsideReport(to: to)
    report.due = fields[due]
    report.at = fields[at]
    return report
  }
}

/// The keys of exercises/<id>.yml.
enum ExerciseFields {
  static let kind = Field("kind", .identifier, "What was rehearsed.", required: true, example: "rollback")
  static let at = Field("at", .when, "When.", required: true)
  static let products = Field("products", .list(of: .product), "With which products.")
  static let environments = Field("environments", .list(of: .environment), "Where.")
  static let result = Field("result", .choice(Exercise.Result.self), "What came out.")
  static let duration = Field("duration", .duration, "How long it took.", example: "PT18M")
  static let findings = Field("findings", .text, "What was learnt.")
  static let evidence = Field("evidence", .path, "The file that shows it.")
  static let by = Field("by", .list(of: .person), "Who took part.")

  static let shape = Shape(
    "exercise", "A rehearsal or a chaos experiment; its id is the name of its file.",
    [kind, at, products, environments, result, duration, findings, evidence, by]
  ) { fields -> Exercise? in
    guard let kind = fields[kind], let at = fields[at] else { return nil }
    var exercise = Exercise(id: "", kind: kind, at: at, location: fields.location)
    exercise.products = fields.list(products)
    exercise.environments = fields.list(environments)
    exercise.result = fields[result]
    exercise.duration = fields.value(duration)
    exercise.findings = fields.value(findings)
    exercise.evidence = fields[evidence]
    exercise.by = fields.list(by)
    return exercise
  }
}

/// The keys of an entry of flags.yml.
enum FlagFields {
  static let id = Field("id", .identifier, "Its id.", required: true)
  static let product = Field("product", .product, "The product that it switches.")
  static let owner = Field("owner", .person, "Who decides about it.")
  static let state = Field("state", .choice(Flag.State.self), "How it stands.")
  static let kind = Field("kind", .identifier, "What it is for.", example: "release")
  static let introducedIn = Field("introduced_in", .version, "The version that brought it.")
  static let expires = Field("expires", .date, "The day on which somebody must decide about it.")
  static let retired = Field("retired", .date, "When it was no longer needed.")
  static let removedIn = Field("removed_in", .version, "The version that removed it.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: internal.")
  static let monitoredBy = Field("monitored_by", .text, "What shows that it does no harm.")
  static let reason = Field("reason", .text, "Why it is there.")

  static let shape = Shape(
    "flag", "A feature flag and its life.",
    [
      id, product, owner, state, kind, introducedIn, expires, retired, removedIn, audience, monitoredBy, reason,
    ]
  ) { fields -> Flag? in
    guard let id = fields[id] else { return nil }
    var flag = Flag(id: id, at: fields.location)
    flag.product = fields[product]
    flag.owner = fields[owner]
    flag.state = fields[state]
    flag.kind = fields.value(kind)
    flag.introducedIn = fields[introducedIn]
    flag.expires = fields[expires]
    flag.retired = fields[retired]
    flag.removedIn = fields[removedIn]
    flag.audience = fields.value(audience) ?? .internal
    flag.monitoredBy = fields.value(monitoredBy)
    flag.reason = fields.value(reason)
    return flag
  }
}

/// The front matter of a page.
enum PageFields {
  static let title = Field("title", .text, "Its title; default: its first heading.")
  static let summary = Field("summary", .text, "What it says, in a sentence.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: public.")
  static let products = Field("products", .list(of: .product), "The products that it is about.")
  static let order = Field("order", .count, "Its place among the others; lower comes first.")
  static let reviewed = Field("reviewed", .date, "When somebody last read it through.")
  static let owner = Field("owner", .person, "Who keeps it true.")
  static let formerly = Field("formerly", .list(of: .path), "Ids that it had before; they lead here.")

  static let shape = Shape(
    "page", "A free page: a guide, a policy, a runbook.",
    [title, summary, audience, products, order, reviewed, owner, formerly]
  ) { $0 }
}
