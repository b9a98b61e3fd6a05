import Diagnostics
import Model
import Templates

/// A file of evidence as readers take it with them: byte for byte, and never as a page that runs in their browser.
enum EvidenceDownload {
  /// The most bytes that a site carries of one file: 256 MiB.
  static let largest = 256 << 20

  /// What a browser shows or keeps, and never runs. Everything else, first of all HTML, SVG and XML, is text.
  private static let inert: Set<String> = [
    "csv", "gif", "gz", "jpeg", "jpg", "json", "jsonl", "log", "md", "ndjson", "pdf", "pem", "png", "sig", "tar", "tsv",
    "txt", "webp", "xz", "zip", "zst",
  ]

  /// The name of a file in the site, such as `unit.xml.txt`.
  static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
    let isInert = ending.map { inert.contains($0.lowercased()) } ?? false
    return Route.segment(isInert ? name : name + ".txt")
  }

  /// Where the file of an entry is in the site; `nil` where it is not in it.
  static func route(of entry: EvidenceEntry, of release: ReleaseID, in ledger: Ledger) -> Route? {
    guard let path = entry.path?.value else { return nil }
    // In the public ledger only what may be offered has a path.
    guard ledger.audience == .internal else { return Route(of: entry, path, of: release) }
    guard let file = ledger.evidence[release, entry.id.value]?.file, file.size <= largest, file.lies(at: path) else {
      return nil
    }
    return Route(of: entry, path, of: release)
  }
}

extension Route {
  fileprivate init(of entry: EvidenceEntry, _ path: String, of release: ReleaseID) {
    self = .release(release, file: "evidence/\(Route.segment(entry.id.value))/\(EvidenceDownload.name(of: path))")
  }

  /// The file that shows how an exercise went.
  static func exerciseEvidence(_ exercise: Exercise) -> Route? {
    exercise.evidence.map {
      Route("exercises/\(segment(exercise.id))/\(EvidenceDownload.name(of: $0.value))")
    }
  }
}

extension Edition {
  /// The files of evidence that this site carries.
  var downloads: [Asset] {
    var downloads: [Asset] = []
    for facts in products {
      for release in facts.releases {
        for entry in release.evidence {
          guard let path = entry.path?.value,
            let route = EvidenceDownload.route(of: entry, of: release.id, in: ledger)
          else { continue }
          downloads.append(Asset(address: route.path, path: path, audience: ledger.audience))
        }
      }
    }
    guard isInternal else { return downloads }
    return downloads
      + ledger.exercises.compactMap { exercise in
        guard let path = exercise.evidence?.value, let route = Route.exerciseEvidence(exercise) else { return nil }
        return Asset(address: route.path, path: path, audience: .internal)
      }
  }
}
