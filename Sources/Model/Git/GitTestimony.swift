package import Diagnostics

/// What Git shows of records, policies and commits beyond what the records state. Holds only what was asked.
package struct GitTestimony: Sendable {
  /// What was asked; all else is empty because nobody looked.
  package var asked: GitQuestions = []
  /// Why nothing can be said that needs the history of the content; `nil` when all of it is here.
  package var obstacle: HistoryObstacle?
  /// By the place at which an entry stands.
  package var origins: [SourceLocation: EntryOrigin] = [:]
  package var commits: [ReleaseID: [SourceCommits]] = [:]
  /// Published records and what they were when they were published; no entry for those that no commit changed.
  package var records: [ReleaseID: RecordBaseline] = [:]
  /// Of the releases whose scope was frozen.
  package var scopes: [ReleaseID: ScopeHistory] = [:]
  /// By path; no entry for a file that no commit has, or that lies outside the content folder.
  package var evidence: [String: EvidenceHistory] = [:]
  /// The commits that the evidence of a release names, in lower case, whose files are those of the release, the content
  /// left aside; and when they were committed.
  package var examined: [ReleaseID: [String: Moment]] = [:]
  /// Changes of what releases are held to, newest first.
  package var policyChanges: [PolicyChange] = []
  /// How what is on the calendar came to be what it is.
  package var calendar = CalendarHistory()
  /// Tags that match a product's pattern and have no record, by product.
  package var tagsWithoutRecord: [ProductID: [Tag]] = [:]
  /// What happened to the content; `nil` when nobody asked.
  package var log: ContentLog?
  /// Why nobody can tell whether all tags of a product are here.
  package var tagObstacles: [ProductID: HistoryObstacle] = [:]
  /// Records that were published once and are gone, by product.
  package var vanished: [ProductID: [VanishedRecord]] = [:]

  package init() {}
}

/// Why history cannot be trusted to be whole.
package enum HistoryObstacle: Hashable, Sendable {
  case shallow, partial, grafted, noCommits
  /// A repository that is bound to no folder.
  case unbound(String)

  /// Completes "nobody can tell here, for …".
  package var words: String {
    switch self {
    case .shallow: "the clone is shallow"
    case .partial: "the clone is a partial one"
    case .grafted: "the history of the clone is grafted"
    case .noCommits: "the checkout has no commits"
    case .unbound(let name): "the repository `\(name)` is bound to no folder"
    }
  }

  /// What to do about it, as an imperative.
  package var cure: String {
    switch self {
    case .shallow: "run `git fetch --unshallow --tags`, or set `fetch-depth: 0` in the pipeline"
    case .partial: "clone without `--filter`, or run `git fetch --refetch --no-filter --tags`"
    case .grafted: "remove `info/grafts` from the Git folder, and fetch the whole history"
    case .noCommits: "commit the content"
    case .unbound(let name): "add `--source \(name)=DIR`"
    }
  }
}

/// A commit as far as proofs need it.
package struct CommitMark: Hashable, Sendable {
  /// The full id.
  package var id: String
  /// After the mailmap, like all identities.
  package var author: Commit.Identity
  package var committed: Moment

  package init(id: String, author: Commit.Identity, committed: Moment) {
    (self.id, self.author, self.committed) = (id, author, committed)
  }

  package init(_ commit: Commit) {
    self.init(id: commit.id, author: commit.author, committed: commit.committed)
  }

  /// As people name it.
  package var name: String { String(id.prefix(10)) }
}

/// Where an entry of a record or a file came from.
package enum EntryOrigin: Sendable {
  case commit(EntryCommit)
  /// It stands in the work tree only.
  case uncommitted
}

/// The commit that added an entry, and what else Git says of it.
package struct EntryCommit: Sendable {
  package var commit: Commit
  /// The merge that brought the commit to HEAD's first-parent history; `nil` when the commit stands there itself.
  package var merge: Commit?
  /// Of ``commit``; `nil` when nobody asked.
  package var signature: CommitSignature?

  package init(commit: Commit, merge: Commit?) {
    (self.commit, self.merge) = (commit, merge)
  }

  /// Those who vouch for it in the trailers of the merge, as they are written there.
  package var vouchers: [Commit.Trailer] {
    let merge = merge ?? (commit.isMerge ? commit : nil)
    return merge?.trailers.filter(\.isApproval) ?? []
  }
}

/// What checking the signature of a commit gave.
package enum CommitSignature: Hashable, Sendable {
  /// Made with a listed key. The address is the one that the list gives the key, and the person the one who had that
  /// address before the change that is judged; `nil` when nobody had.
  case good(address: String, person: String?)
  /// A signature by a key that nobody had listed before the change that is judged.
  case unlisted(key: String)
  case bad
  case unsigned
  /// It could not be checked.
  case unverifiable(reason: String, need: String)

  package var isGood: Bool {
    if case .good = self { true } else { false }
  }

  /// In a few words; a good one names its signer.
  package var words: String {
    switch self {
    case .good(let address, let person): "good, by \(person ?? address)"
    case .unlisted: "by a key that was not listed before"
    case .bad: "bad"
    case .unsigned: "unsigned"
    case .unverifiable(let reason, _): "not checked: \(reason)"
    }
  }
}

/// What checking the signature of a tag gave.
package struct TagSignature: Hashable, Sendable {
  package var result: CommitSignature
  /// The name that the tag gives itself, where it stands under another: whoever signed it signed no tag of this name.
  package var otherName: String?

  package init(_ result: CommitSignature, otherName: String? = nil) {
    (self.result, self.otherName) = (result, otherName)
  }

  package var isGood: Bool { result.isGood && otherName == nil }
}

/// What one source has of a release.
package struct SourceCommits: Sendable {
  package var source: SourceRepository
  /// Why its history tells nothing.
  package var obstacle: HistoryObstacle?
  /// The tag that names it, by record or by pattern.
  package var tag: Tag?
  /// Of ``tag``; `nil` for a light one, and when nobody asked.
  package var tagSignature: TagSignature?
  /// The name that the tag should have.
  package var tagName: String?
  /// The commit that the record states, in full where Git knows it, else as it is written.
  package var stated: Located<String>?
  /// Whether Git knows what the record states.
  package var isKnown = false
  /// Whether one of the branches that the product names has it; `nil` when it names none, or none of them is here.
  package var isOnBranch: Bool?
  /// Whether its commit stands before that of the release that it is said to follow, so that it brings nothing.
  package var isBehindPrevious = false
  /// What it has and the release before it has not, newest first; `nil` when its commit or that of the release before
  /// it is not known.
  package var changes: [ReleasedChange]?

  package init(_ source: SourceRepository) {
    self.source = source
  }
}

/// A commit that a release brings.
package struct ReleasedChange: Sendable {
  package var commit: Commit
  /// A merge whose every line comes from one of its sides.
  package var addsNothing: Bool
  /// Whether it touches nothing but the content folder.
  package var isContentOnly: Bool
  /// The merge that brought it to the line of commits that the release stands on; `nil` for one on that line.
  package var merge: Commit?
  /// `nil` when nobody asked.
  package var signature: CommitSignature?

  package init(_ commit: Commit, addsNothing: Bool, isContentOnly: Bool) {
    (self.commit, self.addsNothing, self.isContentOnly) = (commit, addsNothing, isContentOnly)
  }

  /// Whether whoever made it is an author of the release.
  package var countsAsAuthorship: Bool { !addsNothing && !isContentOnly }
}

/// What Git shows of a file of evidence.
package struct EvidenceHistory: Hashable, Sendable {
  /// The commit that brought it.
  package var oldest: CommitMark
  /// The commit that made it what it is.
  package var newest: CommitMark
  /// Whether it was something else before.
  package var wasEdited: Bool

  package init(oldest: CommitMark, newest: CommitMark, wasEdited: Bool) {
    (self.oldest, self.newest, self.wasEdited) = (oldest, newest, wasEdited)
  }
}

/// A published record and its first published state.
package struct RecordBaseline: Sendable {
  /// The commit that published it.
  package var published: CommitMark?
  /// Whether the record pins a digest that no state of it has.
  package var isPinMissing = false
  /// Whether it pins a state that came after the first that was released, and so is no baseline.
  package var isPinLate = false
  /// What differs from the baseline and should not without an amendment.
  package var differences: [RecordDifference] = []

  package init() {}
}

/// A difference between a published record and its baseline.
package struct RecordDifference: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable { case added, changed, removed }

  /// The key of the record.
  package var field: String
  /// What was changed, such as the id of an entry.
  package var entry: String?
  package var kind: Kind
  /// Where it stands now; the record where it does not any more.
  package var location: SourceLocation
  /// When it was last changed; no earlier than what was published before, whatever its commit says.
  package var changed: Moment?
  /// Who made the last change of it.
  package var authors: [Commit.Identity] = []
  /// Where the amendments stand that name the field and came with that change or later.
  package var amendments: [SourceLocation] = []

  package init(field: String, entry: String?, kind: Kind, at location: SourceLocation) {
    (self.field, self.entry, self.kind, self.location) = (field, entry, kind, location)
  }
}

/// A record that was published and is gone.
package struct VanishedRecord: Hashable, Sendable {
  package var version: String
  /// The path that it had.
  package var path: String
  /// The commit that removed it; `nil` where it is gone from the work tree only.
  package var removed: CommitMark?

  package init(version: String, path: String, removed: CommitMark?) {
    (self.version, self.path, self.removed) = (version, path, removed)
  }
}

/// A change of what releases are held to: policy, waivers, calendar, people, signers.
package struct PolicyChange: Sendable {
  /// On HEAD's first-parent history.
  package var commit: Commit
  /// Those who made it: the commit itself, or the commits that the merge brought.
  package var parts: [Commit]
  /// The files, by bytes.
  package var paths: [String]
  /// When it was published: no earlier than what was published before it, whatever its commit says.
  package var published: Moment
  /// The roles that the policy before it named for approving such changes; `nil` when it did not ask.
  package var roles: [String]?
  /// Of ``commit``; `nil` when nobody asked.
  package var signature: CommitSignature?

  package init(_ commit: Commit, parts: [Commit], paths: [String], published: Moment) {
    (self.commit, self.parts, self.paths, self.published) = (commit, parts, paths, published)
  }
}

/// What became of the scope of a release since it was frozen.
package struct ScopeHistory: Hashable, Sendable {
  /// A change that joined.
  package struct Late: Hashable, Sendable {
    /// Its id, or its words where it has none.
    package var name: String
    /// The commit of HEAD's first-parent history that brought it; `nil` for what stands in no commit.
    package var commit: CommitMark?
    package var location: SourceLocation

    package init(name: String, commit: CommitMark?, location: SourceLocation) {
      (self.name, self.commit, self.location) = (name, commit, location)
    }
  }

  /// Newest first.
  package var late: [Late] = []
  /// Where the amendments stand that came with the last of them or later.
  package var amendments: [SourceLocation] = []

  package init() {}
}
