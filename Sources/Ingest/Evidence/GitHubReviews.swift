import Model

/// A pull request as `gh pr view --json` and the REST API of GitHub give it; the two spell most members differently.
struct GitHubPullRequest: Decodable {
  let change: ReviewedChange

  private struct Object: Decodable {
    var number: Double
    var title: String?
    var url: String?
    var html_url: String?
    var author: Person?
    var user: Person?
    var headRefOid: String?
    var head: Revision?
    var mergeCommit: Revision?
    var merge_commit_sha: String?
    var mergedAt: String?
    var merged_at: String?
    var mergedBy: Person?
    var merged_by: Person?
    var commits: Commits?
    var reviews: [Review?]?
  }

  private struct Person: Decodable {
    var login: String?
    var email: String?
    var name: String?
    var is_bot: Bool?
    var type: String?

    var modelled: ReviewPerson {
      ReviewPerson(
        login: login.map(EvidenceText.name), email: email.map(EvidenceText.name), name: name.map(EvidenceText.name),
        isBot: is_bot ?? (type == "Bot"))
    }
  }

  private struct Revision: Decodable {
    var oid: String?
    var sha: String?

    var id: String? { (oid ?? sha).map { EvidenceText.name($0).lowercased() } }
  }

  /// A list, or in the REST API their number.
  private struct Commits: Decodable {
    struct Commit: Decodable {
      var oid: String?
      var authors: [Person?]?
    }

    var list: [Commit] = []

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if (try? value.decode(Double.self)) != nil { return }
      list = try value.decode([Commit?].self).compactMap { $0 }
    }
  }

  private struct Review: Decodable {
    var author: Person?
    var user: Person?
    var state: String?
    var submittedAt: String?
    var submitted_at: String?
    var commit: Revision?
    var commit_id: String?

    var modelled: ChangeReview? {
      guard let decision = state.flatMap({ ChangeReview.Decision(word: $0) }) else { return nil }
      return ChangeReview(
        by: (author ?? user)?.modelled ?? ReviewPerson(), decision: decision,
        at: (submittedAt ?? submitted_at).flatMap { Moment($0) },
        commit: commit?.id ?? commit_id.map { EvidenceText.name($0).lowercased() })
    }
  }

  init(from decoder: any Decoder) throws {
    let object = try Object(from: decoder)
    var change = ReviewedChange(id: "#" + plainNumber(object.number))
    change.title = object.title.map(EvidenceText.name)
    change.url = (object.html_url ?? object.url).map(EvidenceText.name)
    change.head = object.headRefOid.map { EvidenceText.name($0).lowercased() } ?? object.head?.id
    let merged = [object.mergeCommit?.id, object.merge_commit_sha.map { EvidenceText.name($0).lowercased() }]
    change.merged = merged.compactMap { $0 }
    change.mergedAt = (object.mergedAt ?? object.merged_at).flatMap { Moment($0) }
    change.mergedBy = (object.mergedBy ?? object.merged_by)?.modelled
    let commits = object.commits?.list ?? []
    change.commits = commits.compactMap { $0.oid.map { EvidenceText.name($0).lowercased() } }
    // Who committed to the branch is an author, also where somebody else opened the request.
    for case let person? in [object.author ?? object.user] + commits.flatMap({ $0.authors ?? [] }) {
      if !change.authors.contains(where: { $0.isSame(as: person.modelled) }) { change.authors.append(person.modelled) }
    }
    change.reviews = (object.reviews ?? []).compactMap { $0?.modelled }
    self.change = change
  }
}
