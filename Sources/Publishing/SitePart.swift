import Diagnostics
import Export
import Governance
import Ingest
import Model

/// What a part of a site says of itself, in a file at its top: all that a merge needs to know beside the pages.
///
/// Text, a line each: `gazette part 2`; `shard`, which one it is; `build`, a digest; `url`, where the site will be;
/// `zone`, in which its days are counted; for each audience `site` with a seal, which has the files of this part only,
/// and `copy` for those that nobody rendered; in the first part `finding` for each that the merge has to tell; at the
/// end `digest`, of all lines above it.
struct SitePart: Hashable, Sendable {
  /// The files of one audience.
  struct Site: Hashable, Sendable {
    var seal: Seal
    /// Those that were copied, sorted by bytes: in them nobody looks for links.
    var copied: [String]
  }

  static let name = ".gazette-part"
  private static let title = "gazette part 2"

  var shard: Shard
  /// Stands for what the seals do not tell and the pages do: which of them there are, and what the rules found.
  var build: Fingerprint
  var url: String
  var zone: Zone
  var sites: [Site]
  /// What was found in the content, and what the rules found. Every part finds the same, so that only the first has it.
  private(set) var findings: [Diagnostic] = []

  /// - Parameters:
  ///   - findings: What a build tells that is not about one of its pages.
  ///   - paths: Every file of the whole site, audience by audience.
  init(
    _ shard: Shard, of source: SiteSource, _ judgement: Judgement, findings: Report, sites: [Site], paths: [[String]]
  ) {
    let found = judgement.findings.map(\.key).sorted().map { "\($0.code) \($0.file) \($0.message)" }
    let history = source.ledger.missingHistory?.words ?? ""
    let lines = paths.map { $0.joined(separator: "\n") } + [history] + found
    self.init(
      shard: shard, build: Fingerprint(of: lines.joined(separator: "\n\n")), url: source.ledger.site.url ?? "",
      zone: source.ledger.site.zone, sites: sites)
    if shard.number == 1 { self.findings = findings.diagnostics }
  }

  private init(shard: Shard, build: Fingerprint, url: String, zone: Zone, sites: [Site]) {
    (self.shard, self.build, self.url, self.zone, self.sites) = (shard, build, url, zone, sites)
  }

  var bytes: [UInt8] {
    var bytes = Array(
      "\(SitePart.title)\nshard \(shard)\nbuild \(build.hex)\nurl \(url)\nzone \(zone.identifier)\n".utf8)
    for site in sites {
      bytes += "site ".utf8
      bytes += site.seal.bytes
      for path in site.copied { bytes += "copy \(path)\n".utf8 }
    }
    for finding in findings {
      bytes += "finding ".utf8
      bytes += FindingText.bytes(of: finding)
    }
    return bytes + "digest \(Fingerprint(of: bytes).hex)\n".utf8
  }

  /// - Returns: `nil` for anything that Gazette did not write just so, or that has files of another part.
  init?(bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    func text(_ key: String, _ line: Int) -> String? {
      guard lines.indices.contains(line), lines[line].starts(with: (key + " ").utf8) else { return nil }
      return String(validating: lines[line].dropFirst(key.utf8.count + 1), as: UTF8.self)
    }
    let last = lines.count - 1
    guard last > 5, lines[0].elementsEqual(SitePart.title.utf8), let shard = text("shard", 1).flatMap(Shard.init),
      let build = text("build", 2).flatMap(Fingerprint.init(hex:)), let url = text("url", 3),
      let zone = text("zone", 4).flatMap(Zone.init(identifier:)), let digest = text("digest", last),
      bytes.ends(with: "digest \(digest)\n"),
      Fingerprint(of: bytes.dropLast(digest.utf8.count + 8)).hex == digest
    else { return nil }
    var sites: [Site] = []
    var findings: [Diagnostic] = []
    for line in 5..<last {
      if let text = text("site", line), let seal = Seal(bytes: Array("\(text)\n".utf8)) {
        sites.append(Site(seal: seal, copied: []))
      } else if let path = text("copy", line), !sites.isEmpty {
        sites[sites.count - 1].copied.append(path)
      } else if let text = text("finding", line), let finding = FindingText.finding(text.utf8) {
        findings.append(finding)
      } else {
        return nil
      }
    }
    self.init(shard: shard, build: build, url: url, zone: zone, sites: sites)
    self.findings = findings
    let isOwn = sites.allSatisfy { site in
      site.seal.files.allSatisfy { SiteManifest.isInside($0.path) && shard.holds($0.path) }
    }
    guard isOwn, Set(sites.map(\.seal.audience)).count == sites.count else { return nil }
  }
}

extension [UInt8] {
  fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
