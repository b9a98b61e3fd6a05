/// A commit, as Git knows it.
package struct Commit: Hashable, Sendable {
  package struct Identity: Hashable, Sendable {
    package var name: String
    package var email: String
    package init(name: String, email: String) { (self.name, self.email) = (name, email) }
  }

  package struct Trailer: Hashable, Sendable {
    package var key: String
    package var value: String
    package init(key: String, value: String) { (self.key, self.value) = (key, value) }
  }

  /// The full hexadecimal id.
  package var id: String
  /// Positions of the parents in the graph; those that a shallow clone lacks are left out.
  package var parents: [Int]
  /// After the mailmap.
  package var author: Identity
  package var committer: Identity
  package var authored: Moment
  package var committed: Moment
  package var subject: String
  /// Such as `Co-authored-by`, in the order of the message.
  package var trailers: [Trailer]

  package init(
    id: String, parents: [Int], author: Identity, committer: Identity, authored: Moment, committed: Moment,
    subject: String, trailers: [Trailer]
  ) {
    (self.id, self.parents, self.author, self.committer) = (id, parents, author, committer)
    (self.authored, self.committed, self.subject, self.trailers) = (authored, committed, subject, trailers)
  }
}

package struct Tag: Hashable, Sendable {
  package var name: String
  /// The full id of the commit that it leads to.
  package var commit: String
  /// Whether it is an object of its own, with a tagger.
  package var isAnnotated: Bool
  /// When it was made: the tagger's date, else the committer date of its commit.
  package var date: Moment
  /// The first line of its message; empty for light tags.
  package var subject: String

  package init(name: String, commit: String, isAnnotated: Bool, date: Moment, subject: String) {
    (self.name, self.commit, self.isAnnotated, self.date, self.subject) = (name, commit, isAnnotated, date, subject)
  }
}
