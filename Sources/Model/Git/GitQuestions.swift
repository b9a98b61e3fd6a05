/// What the rules of a policy want Git to be asked, so that nobody pays for answers that no rule reads.
package struct GitQuestions: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Which commit brought each approval, amendment, waiver and exception.
  package static let origins = GitQuestions(rawValue: 1 << 0)
  /// Whether those commits have a good signature.
  package static let originSignatures = GitQuestions(rawValue: 1 << 1)
  /// Which commits a release has and the one before it has not, and where its tag stands.
  package static let commits = GitQuestions(rawValue: 1 << 2)
  /// Whether the commits of releases have a good signature.
  package static let commitSignatures = GitQuestions(rawValue: 1 << 3)
  /// What of published records and files of evidence was changed since.
  package static let laterEdits = GitQuestions(rawValue: 1 << 4)
  /// Who changed what releases are held to.
  package static let policyChanges = GitQuestions(rawValue: 1 << 5)
  /// Which changes joined a release after its scope was frozen.
  package static let scopes = GitQuestions(rawValue: 1 << 6)
  /// Everything that happened to the content.
  package static let log = GitQuestions(rawValue: 1 << 7)
  /// How what is on the calendar came to be what it is.
  package static let calendar = GitQuestions(rawValue: 1 << 8)
  /// When files of evidence were committed.
  package static let evidenceDates = GitQuestions(rawValue: 1 << 9)
  /// Whether the tags of releases have a good signature.
  package static let tagSignatures = GitQuestions(rawValue: 1 << 10)
  /// Which commits that evidence names have the files of its release.
  package static let examinedCommits = GitQuestions(rawValue: 1 << 11)
}
