package import Diagnostics
package import Export
package import Ingest
package import Model

/// What a site is made from, and for whom.
package struct SourceRequest: Sendable {
  /// Any folder of the checkout; absolute.
  package var folder: String
  /// The content folder, relative to the checkout.
  package var content: String
  /// Folders of other repositories, by the names that product files use.
  package var sources: [String: String]
  package var options: LoadOptions
  /// Whether warnings are errors.
  package var isStrict: Bool
  /// What Git is asked beyond what the policy wants to know.
  package var asks: GitQuestions = []
  /// The commit, branch or tag that is read; `nil` for the work tree.
  package var revision: String?
  /// Whether the tags of commits that came after that revision are left out.
  package var isEarlier = false

  package init(
    folder: String, content: String, sources: [String: String] = [:], options: LoadOptions, isStrict: Bool = false
  ) {
    (self.folder, self.content, self.sources) = (folder, content, sources)
    (self.options, self.isStrict) = (options, isStrict)
  }
}

/// A site to be written.
package struct BuildRequest: Sendable {
  package var source: SourceRequest
  /// One, or both: then each gets a folder of its name in the output.
  package var audiences: [Audience]
  /// The folder of the site; absolute.
  package var output: String
  /// Whether files that Gazette did not write may be replaced.
  package var isForced: Bool
  /// Whether nothing is written while the outcome of a rule is an error.
  package var isGated: Bool
  /// Whether pages are made that need history, from a clone that has not all of it.
  package var allowsMissingHistory = false
  /// What signs the seal; `nil` to leave it unsigned.
  package var signingKey: SigningKey?
  /// Which part of the site to render and write, for ``merge(_:)``; `nil` for the whole site.
  package var shard: Shard?
  /// Printed on every page.
  package var gazetteVersion: String

  package init(
    source: SourceRequest, audiences: [Audience], output: String, isForced: Bool = false, isGated: Bool = false,
    gazetteVersion: String
  ) {
    (self.source, self.audiences, self.output) = (source, audiences, output)
    (self.isForced, self.isGated, self.gazetteVersion) = (isForced, isGated, gazetteVersion)
    self.source.asks.insert(.calendar)
  }

  /// The source, with what Git is asked for the internal site beyond what its policy wants to know.
  var askingSource: SourceRequest {
    var source = source
    if audiences.contains(.internal) {
      source.asks.formUnion([.log, .commits, .tagSignatures, .origins, .originSignatures])
    }
    return source
  }

  /// The same, with what was read before where that may be believed: neither under a signature, which a merge may add,
  /// nor at a gate.
  func rememberingSource(beside place: OutputPlace) -> SourceRequest {
    var source = askingSource
    if signingKey == nil, shard == nil, !isGated {
      source.options.evidenceCache = place.cache.map { ($0, gazetteVersion) }
      source.options.graphMemory = GraphMemory(version: gazetteVersion)
    }
    return source
  }

  /// Where in the output an audience's site goes: a path that ends in `/`, or nothing.
  func prefix(for audience: Audience) -> String { audience.prefix(of: audiences.count) }
}

extension Audience {
  /// Where in the output its site goes when that has so many.
  func prefix(of count: Int) -> String { count > 1 ? rawValue + "/" : "" }
}

/// What became of a request.
package struct SiteBuild: Sendable {
  /// Everything found, the author's to mend.
  package var report: Report
  /// Where the files are that the report points at; `nil` when there is no checkout, or another commit was read.
  package var root: String?
  /// `nil` when nothing was written, because of errors or because nothing was to be.
  package var written: SiteWriter.Written?
  /// Files that a browser shows.
  package var pages = 0
  /// What was read, whatever its audience.
  package var products = 0
  package var releases = 0
  /// The files and folders that it was made from, relative to ``root``; none where nothing could be read.
  package var sources: [String] = []
  /// The moment that was judged for, and the zone of the site; `nil` when errors kept the rules from being asked.
  package var judgedAt: (moment: Moment, zone: Zone)?
  /// What the site was made of. Whose process ends need not take it apart.
  package var remains: [any Sendable] = []
}
