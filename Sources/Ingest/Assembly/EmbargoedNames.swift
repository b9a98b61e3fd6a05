import Diagnostics
import Model

/// What must not be known yet.
struct EmbargoedNames {
  /// Ids and aliases of vulnerabilities that are held back, in the order of the records.
  let names: [String]

  init(_ records: Records, at moment: Moment) {
    var found: [String] = []
    func isHeld(_ entry: Moment?, with release: Moment?) -> Bool {
      max(entry ?? moment, release ?? moment) > moment
    }
    let releases = records.releases.span
    for place in releases.indices {
      let release = releases[place].embargoUntil
      for entry in releases[place].security where isHeld(entry.embargoUntil, with: release) {
        found += [entry.id.value] + entry.aliases
      }
    }
    func add(_ entry: borrowing ChangeEntry, with release: Moment?) {
      guard isHeld(entry.embargoUntil, with: release) else { return }
      found += entry.references.filter(Embargo.isVulnerabilityID)
    }
    for place in releases.indices {
      let changes = releases[place].changes.span
      for change in changes.indices { add(changes[change], with: releases[place].embargoUntil) }
    }
    let fragments = records.fragments.span
    for place in fragments.indices { add(fragments[place].entry, with: nil) }
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
