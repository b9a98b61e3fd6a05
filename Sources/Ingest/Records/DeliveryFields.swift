import Diagnostics
import Model

enum ArtifactFields {
  static let name = Field("name", .text, "The name of the file or image.", required: true, example: "gateway.tar.gz")
  static let url = Field("url", .url, "Where to get it.")
  static let digest = Field("digest", .digest, "What its bytes must hash to.")
  static let size = Field("size", .count, "Its size in bytes.")
  static let purl = Field("purl", .text, "Its package URL.", example: "'pkg:oci/gateway'")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it.")

  static let shape = Shape(
    "artifact", "A file or image that customers install.", [name, url, digest, size, purl, audience]
  ) {
    fields -> Artifact? in
    guard let name = fields.value(name) else { return nil }
    var artifact = Artifact(name: name, at: fields.location)
    artifact.url = fields.value(url)
    artifact.digest = fields.value(digest)
    artifact.size = fields.value(size)
    artifact.purl = fields.value(purl)
    artifact.audience = fields.value(audience) ?? .public
    return artifact
  }
}

enum DependencyFields {
  static let product = Field("product", .product, "The product that is needed.", required: true)
  static let version = Field("version", .versionRange, "Which versions of it.", example: "'>=3.1'")

  static let shape = Shape("dependency", "Another product that the release needs.", [product, version]) {
    fields -> ReleaseDependency? in
    guard let product = fields[product] else { return nil }
    return ReleaseDependency(product: product, version: fields.value(version), at: fields.location)
  }
}

enum UpgradeFields {
  static let guide = Field(
    "guide", .path, "The page that says how to upgrade.", example: "content/pages/upgrade-2.4.md")
  static let from = Field("from", .versionRange, "Which versions can be upgraded directly.", example: "'>=2.2'")
  static let downgrade = Field("downgrade", .choice(Upgrade.Downgrade.self), "Whether one can go back.")

  static let shape = Shape("upgrade", "The way to this version and back.", [guide, from, downgrade]) {
    fields -> Upgrade? in
    var upgrade = Upgrade()
    upgrade.guide = fields[guide]
    upgrade.from = fields.value(from)
    upgrade.downgrade = fields.value(downgrade)
    return upgrade
  }
}

enum CompatibilityFields {
  static let name = Field("name", .text, "What it works with.", required: true)
  static let versions = Field(
    "versions", .text, "Which versions of it, in words.", required: true, example: "rev C or later")

  static let shape = Shape("compatibility", "Something that the release works with.", [name, versions]) {
    fields -> Compatibility? in
    guard let name = fields.value(name), let versions = fields.value(versions) else { return nil }
    return Compatibility(name: name, versions: versions)
  }
}

enum ScheduleFields {
  static let at = Field("at", .when, "When it is to go out.", required: true)
  static let until = Field("until", .when, "When that is to be finished.")
  static let window = Field("window", .window, "The window of calendar.yml that it uses.")

  static let shape = Shape("schedule", "When the release is to go out.", [at, until, window]) { fields -> Schedule? in
    guard let at = fields[at] else { return nil }
    var schedule = Schedule(at: at)
    schedule.until = fields[until]
    schedule.window = fields[window]
    return schedule
  }

  /// A mapping, or just the moment.
  static let form = Form.either(.shape(shape), Form<When>.when.map { Schedule(at: $0) })
}

/// What was released, where a product has several sources.
enum ReleasedCommitFields {
  static let source = Field("source", .source, "The id of the product's source.")
  static let commit = Field("commit", .commit, "The commit that was released.")
  static let tag = Field("tag", .text, "The tag that names it.")

  static let shape = Shape("released commit", "What was released from one source.", [source, commit, tag]) {
    fields -> ReleasedCommit? in
    ReleasedCommit(source: fields[source], commit: fields[commit], tag: fields[tag])
  }
}

/// Why an unplanned release was made.
enum CauseFields {
  static let incident = Field("incident", .incident, "The incident that it answers.")
  static let vulnerability = Field("vulnerability", .vulnerability, "The vulnerability that it answers.")

  static let shape = Shape(
    "cause", "Why a release was made out of turn: an incident or a vulnerability.", [incident, vulnerability],
    constraint: { fields, report in
      switch (fields[incident], fields[vulnerability]) {
      case (nil, nil):
        report.error(
          .missingKey, "a cause is neither `incident` nor `vulnerability`", at: fields.location,
          help: "name one of them")
      case (_?, let second?):
        report.error(
          .excludedKey, "a cause is both `incident` and `vulnerability`", at: second.location, help: "keep one of them")
      default: break
      }
    }
  ) { fields -> Cause? in
    fields[incident].map(Cause.incident) ?? fields[vulnerability].map(Cause.vulnerability)
  }
}
