import Diagnostics
import Model

/// The keys of gazette.yml.
enum SiteFields {
  static let title = Field("title", .text, "The name of the site.", required: true, example: "Harbor releases")
  static let url = Field("url", .url, "The address that the site will have.", example: "https://releases.example.org/")
  static let language = Field("language", .language, "The language of the texts.", example: "en-GB")
  static let timeZone = Field(
    "time_zone", Form<String>.zone, "The zone that days and hours are in.", example: "Europe/London")
  static let asOf = Field("as_of", .moment, "The moment for which the site is true; default: the newest commit.")
  static let theme = Field("theme", .shape(ThemeFields.shape), "Where the site overrides the built-in theme.")
  static let privateMatter = Field("private", .shape(PrivateFields.shape), "What must never appear in the public site.")
  static let references = Field(
    "references", .list(of: ReferenceFields.shape), "Turns text into links, in notes and changes.")
  static let teams = Field("teams", .keyed(by: .shape(TeamFields.shape)), "The teams, by id.")
  static let people = Field("people", .keyed(by: .shape(PersonFields.shape)), "The people, by id.")
  static let bots = Field(
    "bots", .list(of: .text), "Patterns of the addresses of automatic authors.", example: "['*[bot]@*']")
  static let environments = Field("environments", .list(of: EnvironmentFields.shape), "In the order of promotion.")
  static let signing = Field("signing", .shape(SigningFields.shape), "The keys that signatures are checked with.")
  static let publish = Field(
    "publish", .shape(PublishFields.shape), "What of something internal the public site shows.")
  static let metrics = Field("metrics", .keyed(by: .shape(MetricFields.shape)), "What `metrics/` measures, by name.")
  static let periods = Field("periods", .list(of: PeriodFields.shape), "The times that auditors ask about.")

  static let shape = Shape(
    "site", "What holds for the whole site.",
    [
      title, url, language, timeZone, asOf, theme, privateMatter, references, teams, people, bots, environments,
      signing,
      publish, metrics, periods,
    ]
  ) { fields -> (site: Site, asOf: Located<Moment>?)? in
    guard let title = fields.value(title) else { return nil }
    var site = Site(title: title)
    site.url = fields.value(url).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    site.language = fields.value(language) ?? site.language
    site.zone = fields.value(timeZone).flatMap { Zone(identifier: $0) } ?? site.zone
    site.theme = fields.value(theme) ?? Site.Theme()
    site.privateMatter = fields.value(privateMatter) ?? Site.PrivateMatter()
    site.references = fields.values(references)
    site.teams = (fields.value(teams) ?? []).map { Team(id: $0.id.value, name: $0.value) }
    site.people = (fields.value(people) ?? []).map { entry in
      var person = entry.value
      (person.id, person.location) = (entry.id.value, entry.id.location)
      return person
    }
    site.bots = fields.values(bots)
    site.environments = fields.values(environments)
    site.signing = fields.value(signing) ?? Site.Signing()
    site.publish = fields.value(publish) ?? Site.Publish()
    site.metrics = (fields.value(metrics) ?? []).map { entry in
      var metric = entry.value
      metric.id = entry.id.value
      return metric
    }
    site.periods = fields.values(periods)
    return (site, fields[asOf])
  }
}

enum ThemeFields {
  static let templates = Field(
    "templates", .path, "Templates that replace built-in ones, file by file.", example: "templates")
  static let files = Field("files", .path, "Files that are copied as they are.", example: "site")

  static let shape = Shape("theme", "Where the site overrides the built-in theme.", [templates, files]) {
    fields -> Site.Theme? in
    var theme = Site.Theme()
    theme.templates = fields[templates]
    theme.files = fields[files]
    return theme
  }
}

enum PrivateFields {
  static let links = Field("links", .list(of: .url), "Beginnings of addresses.")
  static let patterns = Field("patterns", .list(of: .pattern), "Regular expressions.", example: "['HARB-\\d+']")

  static let shape = Shape("private matter", "What must never appear in the public site.", [links, patterns]) {
    fields -> Site.PrivateMatter? in
    var matter = Site.PrivateMatter()
    matter.links = fields.values(links)
    matter.patterns = fields.list(patterns)
    return matter
  }
}

enum ReferenceFields {
  static let match = Field(
    "match", .pattern, "A regular expression for the text.", required: true, example: "'#(\\d+)'")
  static let url = Field("url", .url, "The address, with `$1` for what the first group matched.", required: true)

  static let shape = Shape("reference", "Text that becomes a link.", [match, url]) { fields -> Site.Reference? in
    guard let match = fields[match], let url = fields.value(url) else { return nil }
    return Site.Reference(match: match, url: url)
  }
}

enum TeamFields {
  static let name = Field("name", .text, "How people call it.", required: true)

  static let shape = Shape("team", "People who own products together.", [name]) { $0.value(name) }
}

enum PersonFields {
  static let name = Field("name", .text, "Their name.", required: true)
  static let emails = Field("emails", .list(of: .email), "The addresses that they commit with.")
  static let logins = Field(
    "logins", .list(of: .text), "What they are called where code is reviewed.", example: "[ana-r]")
  static let team = Field("team", .team, "Their team.")
  static let roles = Field("roles", .list(of: RoleFields.shape), "The roles that they hold, and since when.")
  static let isPublic = Field("public", .boolean, "Whether the public site may name them.")

  static let shape = Shape(
    "person", "Somebody who decides, writes or owns something.", [name, emails, logins, team, roles, isPublic]
  ) {
    fields -> Person? in
    guard let name = fields.value(name) else { return nil }
    var person = Person(id: "", name: name, at: fields.location)
    person.emails = fields.values(emails)
    person.logins = fields.values(logins)
    person.team = fields.value(team)
    person.roles = fields.values(roles)
    person.isPublic = fields.value(isPublic) ?? false
    return person
  }
}

enum RoleFields {
  static let id = Field("id", .identifier, "The role.", required: true, example: "release-manager")
  static let from = Field("from", .date, "The first day.", example: "2026-01-01")
  static let to = Field("to", .date, "The last day.")

  static let shape = Shape(
    "role", "A role held for a time.", [id, from, to],
    constraint: { fields, report in
      order(fields[from]?.map(When.day), fields[to]?.map(When.day), "a role", into: &report)
    }
  ) { fields -> Person.Role? in
    fields.value(id).map { Person.Role(id: $0, from: fields.value(from), to: fields.value(to)) }
  }
}

enum EnvironmentFields {
  static let id = Field("id", .identifier, "Its id.", required: true, example: "production")
  static let name = Field("name", .text, "How people call it; default: the id.")
  static let production = Field("production", .boolean, "Whether customers use it.")

  static let shape = Shape("environment", "A place where releases run.", [id, name, production]) {
    fields -> DeploymentEnvironment? in
    guard let id = fields.value(id) else { return nil }
    return DeploymentEnvironment(
      id: id, name: fields.value(name) ?? id, isProduction: fields.value(production) ?? false)
  }
}

enum SigningFields {
  static let keys = Field("keys", .keyed(by: .path), "Public keys, by id.", example: "{ci: content/keys/ci.pem}")
  static let allowedSigners = Field("allowed_signers", .path, "The file that Git checks signatures of commits with.")

  static let shape = Shape("signing", "The keys that signatures are checked with.", [keys, allowedSigners]) {
    fields -> Site.Signing? in
    var signing = Site.Signing()
    for key in fields.value(keys) ?? [] { signing.keys[key.id.value] = Located(key.value, at: key.id.location) }
    signing.allowedSigners = fields[allowedSigners]
    return signing
  }
}

enum PublishFields {
  static let evidence = Field("evidence", extent, "What of evidence.")
  static let metrics = Field("metrics", extent, "What of metrics.")
  static let incidents = Field("incidents", extent, "What of incidents.")

  /// `none`, `summary` or `full`; `false` and `true` stand for the first and the last.
  static let extent = Form.either(
    Form<Bool>.boolean.map { $0.value ? Site.Publish.Extent.full : .none }, .choice(Site.Publish.Extent.self))

  static let shape = Shape(
    "publish", "What of something internal the public site shows.", [evidence, metrics, incidents]
  ) {
    fields -> Site.Publish? in
    var publish = Site.Publish()
    publish.evidence = fields.value(evidence) ?? .none
    publish.metrics = fields.value(metrics) ?? .none
    publish.incidents = fields.value(incidents) ?? .none
    return publish
  }
}

enum MetricFields {
  static let unit = Field("unit", .text, "What it is counted in.", example: "'%'")
  static let objective = Field("objective", .number, "What it is to reach.", example: "99.9")
  static let better = Field("better", .choice(Site.MetricDefinition.Direction.self), "Which way is better.")

  static let shape = Shape("metric", "Something that `metrics/` measures.", [unit, objective, better]) {
    fields -> Site.MetricDefinition? in
    var metric = Site.MetricDefinition(id: "")
    metric.unit = fields.value(unit)
    metric.objective = fields.value(objective)
    metric.better = fields.value(better) ?? .higher
    return metric
  }
}

enum PeriodFields {
  static let id = Field("id", .identifier, "Its id.", required: true, example: "2026-h2")
  static let from = Field("from", .date, "The first day.", required: true)
  static let to = Field("to", .date, "The last day.", required: true)
  static let frameworks = Field("frameworks", .list(of: .text), "The frameworks that it is read against.")
  static let sample = Field("sample", .count, "How many releases auditors draw.")

  static let shape = Shape(
    "period", "A time that auditors ask about.", [id, from, to, frameworks, sample],
    constraint: { fields, report in
      order(fields[from]?.map(When.day), fields[to]?.map(When.day), "a period", into: &report)
    }
  ) { fields -> Site.Period? in
    guard let id = fields.value(id), let from = fields.value(from), let to = fields.value(to) else { return nil }
    var period = Site.Period(id: id, from: from, to: to)
    period.frameworks = fields.list(frameworks)
    period.sample = fields.value(sample)
    return period
  }
}
