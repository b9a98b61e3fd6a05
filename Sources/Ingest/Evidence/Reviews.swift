import Diagnostics
import Model

/// Reviews as places of code review export them: pull requests of GitHub, merge requests of GitLab, or plain lines.
///
/// GitHub's is what `gh pr view --json` and its REST API give; GitLab's is a merge request of its API together with
/// `approved_by`. A plain line says of one commit who decided what, when, and when it was last pushed.
enum Reviews {
  static let reader = EvidenceReader(
    format: .reviews,
    recognises: { content in
      guard let outline = content.outline else { return false }
      return outline.has("commit", "decision") || outline.has("number", "reviews")
        || (outline.has("iid") && (outline.has("approved_by") || outline.has("reviews")))
    },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      let entries = json.outline.isArray ? try json.decode([Entry].self) : try json.decodeEach(Entry.self)
      let export = ReviewExport(joined(entries.map(\.change)))
      var report = EvidenceReport(.reviews(export))
      report.producedAt = export.changes.flatMap {
        $0.reviews.compactMap(\.at) + [$0.mergedAt, $0.lastPush].compactMap { $0 }
      }.max()
      return report
    })

  /// Lines on one commit or one request are one change.
  private static func joined(_ changes: [ReviewedChange]) -> [ReviewedChange] {
    var result: [ReviewedChange] = []
    var places: [String: Int] = [:]
    for change in changes {
      guard let place = places[change.id] else {
        places[change.id] = result.count
        result.append(change)
        continue
      }
      result[place].merge(change)
    }
    return result
  }

  private enum Kind: CodingKey { case number, iid }

  private struct Entry: Decodable {
    let change: ReviewedChange

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Kind.self)
      if object.contains(.number) {
        change = try GitHubPullRequest(from: decoder).change
      } else if object.contains(.iid) {
        change = try GitLabMergeRequest(from: decoder).change
      } else {
        change = try ReviewLine(from: decoder).change
      }
    }
  }
}

extension ReviewedChange {
  /// Takes in what another line says of the same change; the later push is the last.
  fileprivate mutating func merge(_ other: ReviewedChange) {
    reviews += other.reviews
    for author in other.authors where !authors.contains(author) { authors.append(author) }
    for commit in other.commits where !commits.contains(commit) { commits.append(commit) }
    for commit in other.merged where !merged.contains(commit) { merged.append(commit) }
    lastPush = [lastPush, other.lastPush].compactMap { $0 }.max()
    (title, url, head) = (title ?? other.title, url ?? other.url, head ?? other.head)
    (mergedAt, mergedBy) = (mergedAt ?? other.mergedAt, mergedBy ?? other.mergedBy)
  }
}

extension ChangeReview.Decision {
  /// Reads the words of all of them; `nil` for what decides nothing yet, such as `PENDING`.
  init?(word: String) {
    switch word.lowercased() {
    case "approved", "approve": self = .approved
    case "changes_requested", "requested_changes", "rejected", "request_changes": self = .changesRequested
    case "commented", "comment": self = .commented
    case "dismissed", "unapproved", "withdrawn": self = .dismissed
    default: return nil
    }
  }
}

/// One line of an export in Gazette's own shape.
private struct ReviewLine: Decodable {
  let change: ReviewedChange

  private enum Key: String, CodingKey {
    case commit, by, email, decision, at, pull, head, url, title, author, authors, bot
    case lastPush = "last_push"
    case mergedAs = "merged_as"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let commit = EvidenceText.name(try object.decode(String.self, forKey: .commit)).lowercased()
    let pull = try object.decodeIfPresent(TextOrNumber.self, forKey: .pull)
    var change = ReviewedChange(id: EvidenceText.name(pull?.text ?? commit))
    let word = try object.decode(String.self, forKey: .decision)
    guard let decision = ChangeReview.Decision(word: word) else {
      throw DecodingError.dataCorruptedError(forKey: .decision, in: object, debugDescription: "no decision")
    }
    let by = EvidenceText.name(try object.decode(String.self, forKey: .by))
    let person = ReviewPerson(
      login: by, email: try object.decodeIfPresent(String.self, forKey: .email).map(EvidenceText.name),
      isBot: try object.decodeIfPresent(Bool.self, forKey: .bot) ?? false)
    change.reviews = [
      ChangeReview(
        by: person, decision: decision, at: try object.decodeIfPresent(String.self, forKey: .at).flatMap { Moment($0) },
        commit: commit)
    ]
    change.commits = [commit]
    let head = try object.decodeIfPresent(String.self, forKey: .head)
    // A line that knows of no request is about that one commit, which cannot have been pushed again.
    change.head = head.map { EvidenceText.name($0).lowercased() } ?? (pull == nil ? commit : nil)
    change.lastPush = try object.decodeIfPresent(String.self, forKey: .lastPush).flatMap { Moment($0) }
    change.url = try object.decodeIfPresent(String.self, forKey: .url).map(EvidenceText.name)
    change.title = try object.decodeIfPresent(String.self, forKey: .title).map(EvidenceText.name)
    change.merged = [
      try object.decodeIfPresent(String.self, forKey: .mergedAs).map { EvidenceText.name($0).lowercased() }
    ]
    .compactMap { $0 }
    let authors =
      [try object.decodeIfPresent(String.self, forKey: .author)]
      + (try object.decodeIfPresent([String?].self, forKey: .authors) ?? [])
    change.authors = authors.compactMap { $0.map { ReviewPerson(login: EvidenceText.name($0)) } }
    self.change = change
  }
}
