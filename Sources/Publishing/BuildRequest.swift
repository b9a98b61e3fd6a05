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
    if audiences.contains(.internal) { source.asks.formUnion([.log, .commits, .origins, .originSignatures]) }
    return source
  }

  /// The same, with what was read before where that may be believed: neither under a signature nor at a gate.
  func rememberingSource(beside place: OutputPlace) -> SourceRequest {
    var source = askingSource
    if signingKey == nil, !isGated { source.options.evidenceCache = place.cache.map { ($0, gazetteVersion) } }
    return source
  }

  /// Where in the output an audience's site goes: a path that ends in `/`, or nothing.
  func prefix(for audience: Audience) -> String { audiences.count > 1 ? audience.rawValue + "/" : "" }
}

/// What became of a request.
package struct SiteBuild: Sendable {
  /// Everything found, the author's to mend.
  package var report: Report
  /// Where the files are that the report points at; `nil` when there is no checkout.
  package var root: String?
  /// `nil` when nothing was written, because of errors or because nothing was to be.
  package var written: SiteWriter.Written?
  /// Files that a browser shows.
  package var pages = 0
  /// What was read, whatever its audience.
  package var products = 0
  package var releases = 0
  /// What the site was made of. Whose process ends need not take it apart.
  package var remains: [any Sendable] = []
}
