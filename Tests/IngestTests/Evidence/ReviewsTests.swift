import Model
import Testing

@testable import Ingest

struct ReviewsTests {
  @Test("a pull request of GitHub is read in the spelling of its command and of its API")
  func gitHub() throws {
    let command = """
      {"number": 12, "title": "Add x", "url": "https://example.org/pull/12", "author": {"login": "ana", "is_bot": false},
       "headRefOid": "C2", "mergeCommit": {"oid": "m1"}, "mergedAt": "2026-10-02T00:00:00Z", "mergedBy": {"login": "ben"},
       "commits": [{"oid": "c1", "authors": [{"login": "ana", "email": "a@x"}, {"login": "cem"}]}, {"oid": "c2", "authors": null}],
       "reviews": [{"author": {"login": "ben"}, "state": "APPROVED", "submittedAt": "2026-10-01T00:00:00Z", "commit": {"oid": "c1"}},
        {"author": {"login": "dana"}, "state": "APPROVED", "submittedAt": "2026-10-01T02:00:00Z", "commit": {"oid": "c2"}},
        {"author": {"login": "cem"}, "state": "APPROVED", "submittedAt": "2026-10-01T02:00:00Z", "commit": {"oid": "c2"}},
        {"author": {"login": "eve"}, "state": "PENDING"}]}
      """
    let interface = """
      {"number": 12, "title": "Add x", "html_url": "https://example.org/pull/12", "url": "https://api", "user": {"login": "ana", "type": "User"},
       "head": {"sha": "c2"}, "merge_commit_sha": "m1", "merged_at": "2026-10-02T00:00:00Z", "merged_by": {"login": "ben"}, "commits": 2,
       "reviews": [{"user": {"login": "dana"}, "state": "APPROVED", "submitted_at": "2026-10-01T02:00:00Z", "commit_id": "c2"},
        {"user": {"login": "robot", "type": "Bot"}, "state": "APPROVED", "submitted_at": "2026-10-01T02:00:00Z", "commit_id": "c2"}]}
      """
    for text in [command, "[\(interface)]", interface] {
      let export = try #require(try readEvidence(text, as: .reviews).reviews)
      let change = try #require(export.change(of: "m1"))
      #expect(change.id == "#12")
      #expect(change.url == "https://example.org/pull/12")
      #expect(change.standingApprovals.map(\.by.login) == ["dana"])
      #expect(change.mergedBy?.login == "ben")
    }
  }

  @Test("an approval of a merge request of GitLab counts when its versions show that nothing was pushed since")
  func gitLab() throws {
    func text(_ more: String) -> String {
      """
      {"iid": 4, "web_url": "https://example.org/4", "author": {"username": "ana", "name": "Ana"}, "sha": "c2",
       "merge_commit_sha": null, "squash_commit_sha": "S1", "merged_at": "2026-10-02T00:00:00Z", "merge_user": {"username": "ben"},
       "commits": [{"id": "c2", "author_name": "Cem", "author_email": "cem@x"}, {"id": "c1", "author_name": "Ana"}],
       "approved_by": [{"user": {"username": "ben"}, "approved_at": "2026-10-01T12:00:00Z"},
        {"user": {"username": "project_7_bot_x"}, "approved_at": "2026-10-01T12:00:00Z"}]\(more)}
      """
    }
    for (versions, count) in [
      (#", "versions": [{"created_at": "2026-10-01T00:00:00Z"}, {"created_at": "2026-10-01T11:00:00.000Z"}]"#, 1),
      (#", "versions": [{"created_at": "2026-10-01T13:00:00Z"}]"#, 0), ("", 0),
    ] {
      let change = try #require(try readEvidence(text(versions), as: .reviews).reviews?.change(of: "s1"))
      #expect(change.id == "!4")
      #expect(change.standingApprovals.count == count)
      #expect(change.authors.map(\.displayName) == ["Ana", "Cem"])
    }
  }

  @Test("plain lines on one request are one change, and the latest push counts for all of them")
  func lines() throws {
    let export = try #require(
      try readEvidence(
        """
        {"pull": 7, "commit": "c1", "by": "ben", "decision": "approved", "at": "2026-10-01T00:00:00Z", "last_push": "2026-10-01T00:00:00Z"}
        {"pull": "7", "commit": "C2", "by": "cem", "decision": "approve", "at": "2026-10-02T01:00:00Z", "last_push": "2026-10-02T00:00:00Z", "author": "ana", "merged_as": "m1"}

        {"commit": "c9", "by": "ben", "decision": "approved"}
        {"commit": "c8", "by": "ben", "decision": "approved", "bot": true}
        """, as: .reviews
      ).reviews)
    #expect(export.changes.map(\.id) == ["7", "c9", "c8"])
    #expect(export.change(of: "m1")?.standingApprovals.map(\.by.login) == ["cem"])
    #expect(export.changes[1].standingApprovals.count == 1)
    #expect(export.changes[2].standingApprovals.isEmpty)
    let odd = #"{"commit": "c9", "by": "ben", "decision": "maybe"}"#
    #expect(refusal(of: odd) == "E003 1:43 has an unusable value in `decision`")
  }
}
