import Model

/// A merge request of GitLab's API with its `approved_by`, and where they were exported its `commits` and `versions`.
///
/// GitLab does not say which commit an approval looked at. `versions` tells when the last push was; without it no
/// approval counts.
struct GitLabMergeRequest: Decodable {
  let change: ReviewedChange

  private struct Object: Decodable {
    var iid: Double
    var title: String?
    var web_url: String?
    var author: Person?
    var sha: String?
    var merge_commit_sha: String?
    var squash_commit_sha: String?
    var merged_at: String?
    var merged_by: Person?
    var merge_user: Person?
    var approved_by: [Approval?]?
    var commits: [Commit?]?
    var versions: [Version?]?
  }

  private struct Person: Decodable {
    var username: String?
    var name: String?
    var bot: Bool?

    var modelled: ReviewPerson {
      // Accounts of access tokens are named after their project or group.
      let isToken =
        username.map { ($0.hasPrefix("project_") || $0.hasPrefix("group_")) && $0.contains("_bot") } ?? false
      return ReviewPerson(
        login: username.map(EvidenceText.name), name: name.map(EvidenceText.name), isBot: bot ?? false || isToken)
    }
  }

  private struct Approval: Decodable {
    var user: Person?
    var approved_at: String?
  }

  private struct Commit: Decodable {
    var id: String?
    var author_name: String?
    var author_email: String?
  }

  private struct Version: Decodable {
    var created_at: String?
  }

  init(from decoder: any Decoder) throws {
    let object = try Object(from: decoder)
    var change = ReviewedChange(id: "!" + plainNumber(object.iid))
    change.title = object.title.map(EvidenceText.name)
    change.url = object.web_url.map(EvidenceText.name)
    change.head = object.sha.map { EvidenceText.name($0).lowercased() }
    change.merged = [object.merge_commit_sha, object.squash_commit_sha].compactMap {
      $0.map { EvidenceText.name($0).lowercased() }
    }
    change.mergedAt = object.merged_at.flatMap { Moment($0) }
    change.mergedBy = (object.merge_user ?? object.merged_by)?.modelled
    change.lastPush = (object.versions ?? []).compactMap { $0?.created_at.flatMap { Moment($0) } }.max()
    change.commits = (object.commits ?? []).compactMap { $0?.id.map { EvidenceText.name($0).lowercased() } }
    change.authors = [object.author?.modelled].compactMap { $0 }
    for case let commit? in object.commits ?? [] {
      let person = ReviewPerson(
        email: commit.author_email.map(EvidenceText.name), name: commit.author_name.map(EvidenceText.name))
      let isKnown = change.authors.contains { $0.isSame(as: person) || ($0.name != nil && $0.name == person.name) }
      if !isKnown { change.authors.append(person) }
    }
    change.reviews = (object.approved_by ?? []).compactMap { approval in
      guard let user = approval?.user else { return nil }
      return ChangeReview(by: user.modelled, decision: .approved, at: approval?.approved_at.flatMap { Moment($0) })
    }
    self.change = change
  }
}
