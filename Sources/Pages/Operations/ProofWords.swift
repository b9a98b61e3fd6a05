import Diagnostics
import Model

/// How far Git shows that somebody wrote an entry, in words that never say more than that.
struct ProofWords {
  private let git: GitTestimony
  private let identities: Identities

  init(of edition: Edition) {
    git = edition.ledger.git
    identities = Identities(edition.site.people, bots: edition.site.bots)
  }

  func cell(for person: String, at place: Diagnostics.SourceLocation) -> Cell {
    var cell = Cell("stated in the record", notes: [place.words])
    guard git.asked.contains(.origins) else { return cell }
    if let obstacle = git.obstacle {
      cell.notes.append("Git tells nothing here: \(obstacle.words)")
      return cell
    }
    switch git.origins[place] {
    case nil: cell.notes.append("its history does not tell more")
    case .uncommitted: cell.notes.append("in no commit yet")
    case .commit(let origin):
      let name = CommitMark(origin.commit).name
      if case .good(_, person)? = origin.signature {
        cell.text = "proven by their signature"
        cell.notes.append("commit \(name)")
      } else if identities.person(origin.commit.author) == person {
        cell.text = "stated in a commit that they authored"
        cell.notes.append("commit \(name); Git does not authenticate authors")
      } else if let voucher = origin.vouchers.first(where: { identities.person($0.identity) == person }) {
        cell.text = "stated in a trailer of the merge"
        cell.notes.append("\(voucher.key), commit \(CommitMark(origin.merge ?? origin.commit).name); Git does not authenticate it")
      } else {
        let author = identities.person(origin.commit.author) ?? origin.commit.author.name
        cell.notes.append("added in commit \(name) by \(author)")
      }
    }
    return cell
  }
}
