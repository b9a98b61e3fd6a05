import Diagnostics
import Model
import Templates

/// A page about what runs, what went wrong and who does what, by what it is. Incidents may be public; all else is not.
enum OperationsFile: Hashable, Sendable {
  case environments, dependencies, incidents, exercises, flags, reviews, people
  /// By its place in ``Edition/incidents``.
  case incident(Int)
  /// By their place among the people of the site.
  case person(Int)

  typealias Planned = (file: OperationsFile, route: Route)

  static func all(in edition: Edition) -> [Planned] {
    var files = registers(in: edition).map { ($0.file, $0.route) }
    files += edition.incidents.enumerated().map { (.incident($0), .incident($1.id)) }
    if edition.hasOperations {
      files += edition.site.people.enumerated().map { (.person($0), .person($1.id)) }
    }
    return files
  }

  /// The pages that the others are reached from, in the order in which they are offered.
  static func registers(in edition: Edition) -> [(file: OperationsFile, route: Route, title: String)] {
    guard edition.hasOperations else {
      return edition.incidents.isEmpty ? [] : [(.incidents, .incidents, "Incidents")]
    }
    return [
      (.environments, .environments, "Environments"), (.dependencies, .dependencies, "Dependencies"),
      (.incidents, .incidents, "Incidents"), (.exercises, .exercises, "Exercises"), (.flags, .flags, "Flags"),
      (.reviews, .reviews, "Reviews"), (.people, .people, "People"),
    ]
  }
}

extension Edition {
  /// Whether there is anything to say of what runs where and who does what. Only for the internal site.
  static func hasOperations(_ ledger: Ledger) -> Bool {
    guard ledger.audience == .internal else { return false }
    return !ledger.site.people.isEmpty || !ledger.site.environments.isEmpty || !ledger.incidents.isEmpty
      || !ledger.exercises.isEmpty || !ledger.flags.isEmpty
      || ledger.shelves.contains { shelf in
        !shelf.product.dependsOn.isEmpty || shelf.releases.contains { $0.rollout != nil || $0.review != nil }
      }
  }

  /// Where the navigation leads for all of them.
  var operationsFront: (title: String, route: Route)? {
    if hasOperations { return ("Operations", .environments) }
    return incidents.isEmpty ? nil : ("Incidents", .incidents)
  }

  /// The newest first, undated ones last.
  static func newestFirst(_ incidents: [Incident], in zone: Zone) -> [Incident] {
    incidents.sorted { a, b in
      let (x, y) = (a.began?.value.start(in: zone).seconds ?? .min, b.began?.value.start(in: zone).seconds ?? .min)
      return x == y ? a.id < b.id : x > y
    }
  }
}

extension PageScope {
  func page(of file: OperationsFile, _ people: PeopleRegister) -> Page {
    switch file {
    case .environments: EnvironmentsPage(scope: self).page
    case .dependencies: DependenciesPage(scope: self).page
    case .incidents: IncidentIndexPage(scope: self).page
    case .incident(let index): IncidentPage(scope: self, incident: edition.incidents[index]).page
    case .exercises: ExercisesPage(scope: self).page
    case .flags: FlagsPage(scope: self).page
    case .reviews: ReviewsPage(scope: self).page
    case .people: PeoplePage(scope: self, register: people).page
    case .person(let index): PersonPage(scope: self, register: people, person: edition.site.people[index]).page
    }
  }

  /// A page that is made of sections with tables, lists of terms and texts.
  func registerPage(
    _ kind: String, title: String, heading: String? = nil, description: String, lead: String?,
    above trail: [(title: String, route: Route)] = [], byline: [Cell] = [], sections: [RegisterSection]
  ) -> Page {
    page(
      "register", title: title, section: .operations, description: description,
      trail: [(edition.site.title, .home)] + trail,
      fields: [
        "kind": .text(kind), "heading": .text(heading ?? title), "lead": .text(lead),
        "byline": items(byline.map(\.value)),
        "registers": registers, "sections": .list(sections.map(\.value)),
      ])
  }

  /// The way to the other pages of this part of the site.
  private var registers: Value {
    let registers = OperationsFile.registers(in: edition)
    guard registers.count > 1 else { return .null }
    return items(
      registers.map { register in
        ["title": .text(register.title), "link": link(to: register.route), "current": .flag(register.route == route)]
      })
  }
}

/// A part of a page with its heading in the margin.
struct RegisterSection {
  var id: String
  var heading: String
  var blocks: [Block]
  /// Whether its tables need the whole width.
  var isWide = false

  /// What stands below a heading: a note, then one of the others.
  struct Block {
    var heading: String?
    var id: String?
    var note: String?
    var terms = Value.null
    var table = Value.null
    /// Further rows of the same table, folded away.
    private var folded: [Value] = []
    var graph = Value.null
    var prose = Value.null
    /// What is said where there is nothing.
    var missing: String?

    init(_ heading: String? = nil, id: String? = nil, note: String? = nil) {
      (self.heading, self.id, self.note) = (heading, id, note)
    }

    /// How many rows stand in one table; beyond that they are folded in groups of so many.
    static let rowsTogether = 500

    /// - Parameter missing: What is said without rows.
    init(_ heading: String? = nil, id: String? = nil, note: String? = nil, table: Table, missing: String? = nil) {
      self.init(heading, id: id, note: note)
      let groups = table.groups(of: Block.rowsTogether)
      self.table = groups.first?.value ?? .null
      var count = groups.first?.rows.count ?? 0
      for group in groups.dropFirst() {
        let last = count + group.rows.count
        let names = [group.rows.first, group.rows.last].compactMap { $0?.cells.first?.text }
        folded.append([
          "summary": .text(
            "\(Wording.grouped(count + 1)) to \(Wording.grouped(last)): \(names.joined(separator: " to "))"),
          "table": group.value,
        ])
        count = last
      }
      if table.rows.isEmpty { self.missing = missing }
    }

    init(terms: Terms) {
      self.init()
      self.terms = terms.value
    }

    fileprivate var value: Value {
      [
        "heading": .text(heading), "id": .text(id), "note": .text(note), "missing": .text(missing), "table": table,
        "folded": .list(folded), "terms": terms == .null ? .null : ["entries": terms], "graph": graph, "prose": prose,
      ]
    }
  }

  init(_ heading: String, id: String, isWide: Bool = false, _ blocks: [Block]) {
    (self.heading, self.id, self.isWide, self.blocks) = (heading, id, isWide, blocks)
  }

  var value: Value {
    [
      "id": .text(id), "heading": .text(heading), "wide": .flag(isWide), "blocks": .list(blocks.map(\.value)),
    ]
  }
}

extension Route {
  static let environments = Route("environments/index.html")
  static let dependencies = Route("dependencies/index.html")
  static let incidents = Route("incidents/index.html")
  static let exercises = Route("exercises/index.html")
  static let flags = Route("flags/index.html")
  static let reviews = Route("reviews/index.html")
  static let people = Route("people/index.html")

  static func incident(_ id: String) -> Route { Route("incidents/\(segment(id))/index.html") }
  static func person(_ id: String) -> Route { Route("people/\(segment(id))/index.html") }
}
