import Diagnostics
import Model

/// Where the facts of a ledger are that many pages look for, so that none goes through all of them.
struct FactIndex: Sendable {
  private let people: [String: Int]
  private let guides: [String: Int]
  private let guideFiles: [String: Int]
  /// By the version that caused or ended it, whatever the product; by the bytes of the ids.
  private let incidents: [String: [Int]]
  private let incidentIDs: [String: Int]

  init(_ ledger: Ledger) {
    func places<Element>(_ elements: [Element], _ key: (Element) -> String) -> [String: Int] {
      Dictionary(elements.enumerated().map { (key($1), $0) }, uniquingKeysWith: { first, _ in first })
    }
    people = places(ledger.site.people, \.id)
    guides = places(ledger.pages, \.id)
    guideFiles = places(ledger.pages, \.location.file)
    incidentIDs = places(ledger.incidents, \.id)
    var incidents: [String: [Int]] = [:]
    for (place, incident) in ledger.incidents.enumerated() {
      var versions: Set<String> = []
      if case .release(_, let version)? = incident.causedBy { versions.insert(version.value) }
      if let version = incident.recoveredBy?.version?.value { versions.insert(version) }
      for version in versions { incidents[version, default: []].append(place) }
    }
    self.incidents = incidents
  }

  func person(_ id: String, in ledger: Ledger) -> Person? { people[id].map { ledger.site.people[$0] } }

  func guide(_ id: String, of ledger: Ledger) -> GuidePage? { guides[id].map { ledger.pages[$0] } }

  /// The page that was written in a file.
  func guide(inFile path: String, of ledger: Ledger) -> GuidePage? { guideFiles[path].map { ledger.pages[$0] } }

  func hasIncident(_ id: String) -> Bool { incidentIDs[id] != nil }

  /// Those that may have to do with a release, in their order.
  func incidents(near release: Release, in ledger: Ledger) -> [Incident] {
    var places = Set(incidents[release.version.text] ?? [])
    if case .incident(let id)? = release.cause, let place = incidentIDs[id.value] { places.insert(place) }
    return places.sorted().map { ledger.incidents[$0] }
  }
}
