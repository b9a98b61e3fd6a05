import Diagnostics
import Ingest
import Model

/// A product as endoflife.date keeps it: the front matter of its page, or what its API gives.
///
/// - Source: endoflife.date, CONTRIBUTING, "releases"; API v0, `/api/{product}.json`.
struct EndOfLifePage: Sendable {
  var title: String
  var cycles: [EndOfLifeCycle]

  static let form = Form<EndOfLifePage>.shape(
    Shape("page", "A product of endoflife.date.", [name, lines], isOpen: true) { fields in
      fields.value(name).map { EndOfLifePage(title: $0, cycles: fields.values(lines)) }
    })
  /// What the API gives.
  static let list = Form<[Located<EndOfLifeCycle>]>.list(of: EndOfLifeCycle.shape)

  private static let name = Field("title", .text, "Its name.", required: true)
  private static let lines = Field("releases", .list(of: EndOfLifeCycle.shape), "Its lines.", required: true)
}

struct EndOfLifeCycle: Sendable {
  /// A day, or only whether it has come.
  enum End: Hashable, Sendable {
    case day(CivilDate)
    case flag(Bool)

    var date: CivilDate? { if case .day(let date) = self { date } else { nil } }
  }

  var name: Located<String>
  var codename: String?
  var released: Located<CivilDate>?
  var support: Located<End>?
  var end: Located<End>?
  var extended: Located<End>?
  var longTerm: Located<End>?
  var latest: Located<String>?
  var latestReleased: Located<CivilDate>?

  /// Both spellings of every key are taken: that of the pages and that of the API.
  static let shape = Shape(
    "cycle", "A line of releases.",
    names + supports + extensions
      + [codenameField, releasedField, endField, longTermField, latestField, latestReleasedField],
    isOpen: true,
    constraint: { fields, report in
      guard fields[names[0]] == nil, fields[names[1]] == nil else { return }
      report.error(.missingKey, "a cycle lacks `releaseCycle`", at: fields.location, help: "add its name")
    }
  ) { fields -> EndOfLifeCycle? in
    guard let name = fields[names[0]] ?? fields[names[1]] else { return nil }
    var cycle = EndOfLifeCycle(name: name)
    cycle.codename = fields.value(codenameField)
    cycle.released = fields[releasedField]
    cycle.support = fields[supports[0]] ?? fields[supports[1]]
    cycle.end = fields[endField]
    cycle.extended = fields[extensions[0]] ?? fields[extensions[1]]
    cycle.longTerm = fields[longTermField]
    cycle.latest = fields[latestField]
    cycle.latestReleased = fields[latestReleasedField]
    return cycle
  }

  private static let dayOrFlag = Form<End>.either(
    Form<CivilDate>.date.map { .day($0.value) }, Form<Bool>.boolean.map { .flag($0.value) })

  private static let names = ["releaseCycle", "cycle"].map { Field($0, .text, "Its name.") }
  private static let supports = ["eoas", "support"].map { Field($0, dayOrFlag, "The end of active support.") }
  private static let extensions = ["eoes", "extendedSupport"].map { Field($0, dayOrFlag, "The end of paid support.") }
  private static let codenameField = Field("codename", .text, "Its other name.")
  private static let releasedField = Field("releaseDate", .date, "When it began.")
  private static let endField = Field("eol", dayOrFlag, "The end of its life.")
  private static let longTermField = Field("lts", dayOrFlag, "Whether, or since when, it is a long-term line.")
  private static let latestField = Field("latest", .text, "Its newest version.")
  private static let latestReleasedField = Field("latestReleaseDate", .date, "When that came out.")
}
