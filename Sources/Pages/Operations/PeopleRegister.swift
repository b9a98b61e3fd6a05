import Diagnostics
import Governance
import Model

/// What people did by the records, found once for all their pages.
struct PeopleRegister: Sendable {
  /// Something other than an approval that somebody decided or vouched for.
  enum Act: Sendable {
    case acceptance(Acceptance)
    case gate(GateVerdict)
    case statement(EvidenceEntry)
    case amendment(Amendment)
    case validation(Validation)
    case review(Review)

    var when: When? {
      switch self {
      case .acceptance(let acceptance): acceptance.at?.value
      case .gate(let gate): gate.at.value
      case .statement(let entry): entry.at?.value
      case .amendment(let amendment): amendment.at.value
      case .validation(let validation): validation.at?.value
      case .review(let review): review.at?.value
      }
    }
  }

  struct Record: Sendable {
    /// Newest releases first.
    var approvals: [(release: ReleasePosition, approval: Approval)] = []
    var acts: [(release: ReleasePosition, act: Act)] = []
    /// The releases that they brought out.
    var managed: [ReleasePosition] = []
    /// Those that name them as an author.
    var authored = 0
  }

  private let records: [String: Record]
  /// Ids that approve something and that the site does not list.
  let strangers: [String]

  init() { (records, strangers) = ([:], []) }

  init(of edition: Edition) {
    var records: [String: Record] = [:]
    for position in edition.byDate {
      let release = edition.release(at: position)
      for approval in release.approvals {
        records[approval.by.value, default: Record()].approvals.append((position, approval))
      }
      func add(_ act: Act, by person: Located<String>?) {
        if let person { records[person.value, default: Record()].acts.append((position, act)) }
      }
      for acceptance in release.acceptance { add(.acceptance(acceptance), by: acceptance.by) }
      for gate in release.gates { add(.gate(gate), by: gate.by) }
      for entry in release.evidence { add(.statement(entry), by: entry.by) }
      for amendment in release.amendments { add(.amendment(amendment), by: amendment.by) }
      if let validation = release.validation { add(.validation(validation), by: validation.by) }
      if let review = release.review { add(.review(review), by: review.by) }
      if let owner = release.owner { records[owner.value, default: Record()].managed.append(position) }
      for author in Set(release.authors.map(\.value)) { records[author, default: Record()].authored += 1 }
    }
    self.records = records
    let known = Set(edition.site.people.map(\.id))
    strangers = records.filter { !known.contains($0.key) && !$0.value.approvals.isEmpty }.keys.sorted()
  }

  subscript(person: String) -> Record { records[person] ?? Record() }
}
