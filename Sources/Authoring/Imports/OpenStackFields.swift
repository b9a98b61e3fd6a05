import Diagnostics
import Ingest
import Model

/// A file of openstack/releases that says what was released of one deliverable in one series.
///
/// - Source: openstack/releases, README and schema.yaml. Keys that mean nothing here are let pass.
struct Deliverable: Sendable {
  var type: String
  var team: String
  var releases: [OpenStackRelease]
  var branches: [String]
  var highlights: [String]

  static let form = Form<Deliverable>.shape(
    Shape(
      "deliverable", "What was released of one deliverable in a series.",
      [Fields.team, Fields.type, Fields.releases, Fields.branches, Fields.highlights], isOpen: true
    ) { fields -> Deliverable? in
      guard let team = fields.value(Fields.team), let type = fields.value(Fields.type) else { return nil }
      return Deliverable(
        type: type, team: team, releases: fields.values(Fields.releases), branches: fields.values(Fields.branches),
        highlights: fields.value(Fields.highlights) ?? [])
    })

  private enum Fields {
    static let team = Field("team", .text, "Who looks after it.", required: true)
    static let type = Field("type", .text, "What it is.", required: true)
    static let releases = Field("releases", .list(of: OpenStackRelease.shape), "Its releases in the series.")
    static let branches = Field("branches", .list(of: Fields.branch), "Its stable branches.")
    static let highlights = Field(
      "cycle-highlights",
      .either(
        Form<[Located<String>]>.list(of: Form<String>.markdown).map { words -> [String]? in
          words.value.map(\.value)
        },
        Form<String>.markdown.map { words -> [String]? in [words.value] }),
      "What is new in the series.")

    static let name = Field("name", .text, "The name of the branch.", required: true)
    static let branch = Shape("branch", "A stable branch.", [name], isOpen: true) { fields -> String? in
      fields.value(name)
    }
  }
}

/// One version of a deliverable.
struct OpenStackRelease: Sendable {
  struct Project: Sendable {
    var repository: String
    var commit: String
  }

  var version: Located<String>
  var projects: [Project]

  static let shape = Shape("release", "A version.", [numberField, projectsField], isOpen: true) {
    fields -> OpenStackRelease? in
    guard let version = fields[numberField] else { return nil }
    return OpenStackRelease(version: version, projects: fields.values(projectsField))
  }

  private static let numberField = Field("version", .text, "The version.", required: true)
  private static let projectsField = Field("projects", .list(of: projectShape), "What was tagged.", required: true)
  private static let repository = Field("repo", .text, "The repository.", required: true)
  private static let commit = Field("hash", .commit, "The commit.", required: true)
  private static let projectShape = Shape(
    "project", "What was tagged in one repository.", [repository, commit], isOpen: true
  ) { fields -> Project? in
    guard let name = fields.value(repository), let id = fields.value(commit) else { return nil }
    return Project(repository: name, commit: id)
  }
}

/// A series of openstack/releases, as its series_status.yaml has it.
struct OpenStackSeries: Sendable {
  var name: String
  var id: String?
  var released: CivilDate?
  /// The day on which its own team stops looking after it, and the one on which nobody does any more.
  var maintainedUntil: CivilDate?
  var ended: CivilDate?

  private struct Phase: Sendable {
    var status: String?
    var date: CivilDate?
  }

  static let form = Form<[Located<OpenStackSeries>]>.list(of: shape)

  private static let shape = Shape(
    "series", "A series.", [nameField, idField, initialField, endField, nextField], isOpen: true
  ) { fields -> OpenStackSeries? in
    guard let word = fields.value(nameField) else { return nil }
    var series = OpenStackSeries(name: word, id: fields.value(idField), released: fields.value(initialField))
    series.ended = fields.value(endField)
    if let phase = fields.value(nextField) {
      if phase.status == "end of life" { series.ended = series.ended ?? phase.date }
      if phase.status == "unmaintained" { series.maintainedUntil = phase.date }
    }
    return series
  }

  private static let nameField = Field("name", .text, "Its name.", required: true)
  private static let idField = Field("release-id", .text, "Its number.")
  private static let initialField = Field("initial-release", .date, "When it came out.")
  private static let endField = Field("eol-date", .date, "When its life ended.")
  private static let nextField = Field("next-phase", .shape(phase), "What comes next.")
  private static let status = Field("status", .text, "The phase.")
  private static let date = Field("date", .date, "When it begins.")
  private static let phase = Shape("phase", "What comes next, and when.", [status, date], isOpen: true) {
    fields -> Phase? in Phase(status: fields.value(status), date: fields.value(date))
  }
}
