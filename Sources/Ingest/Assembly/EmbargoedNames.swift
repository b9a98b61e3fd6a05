import Diagnostics
import Model

/// What must not be known yet.
struct EmbargoedNames {
  /// Ids and aliases of vulnerabilities that are held back, in the order of the records.
  let names: [String]

  init(_ records: Records, at moment: Moment) {
    var found: [String] = []
    for record in records.releases {
      for entry in record.security {
        guard let until = [entry.embargoUntil, record.embargoUntil].compactMap({ $0 }).max(), until > moment else {
          continue
        }
        found += [entry.id.value] + entry.aliases
      }
    }
    for (entry, release) in records.releases.flatMap({ record in record.changes.map { ($0, record.embargoUntil) } })
      + records.fragments.map({ ($0.entry, nil) })
    {
      guard let until = [entry.embargoUntil, release].compactMap({ $0 }).max(), until > moment else { continue }
      found += entry.references.filter(Embargo.isVulnerabilityID)
    }
    var seen: Set<String> = []
    names = found.filter { seen.insert($0).inserted }
  }

  /// A changelog is read by everybody who has the repository, so an id in it is out already.
  ///
  /// The diagnostics name neither the id nor the line's text, for the output of a command may be public too.
  func findings(in changelogs: [MarkdownSource], into report: inout Report) {
    guard !names.isEmpty else { return }
    let matcher = NameMatcher(names)
    for section in changelogs where matcher.isNamed(in: section.text) {
      report.warning(
        .embargoedNameInChangelog, "a changelog names a vulnerability that is under embargo",
        notes: [Diagnostic.Note("it stands in the section", at: section.location)],
        help: "take the line out until the embargo ends, and out of Git's history if others can read it")
    }
  }
}
