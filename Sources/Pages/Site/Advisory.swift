import Diagnostics
import Model

/// A vulnerability over all releases that say something of it; ids and aliases that overlap are one.
struct Advisory: Sendable {
  /// What one release says.
  struct Mention: Sendable {
    let product: Int
    let release: Int
    let status: Release.Status
    let vulnerability: Vulnerability

    /// Whether somebody gets rid of it by installing the release today.
    var isFix: Bool { vulnerability.isFixed && status.isCurrent }
    /// Whether the release is to fix it once it is out.
    var isPlannedFix: Bool { vulnerability.isFixed && status.isUpcoming }
    /// Whether the release is out and known to have it.
    var isAffected: Bool { !vulnerability.isFixed && status.hasShipped }
  }

  let id: String
  let aliases: [String]
  let mentions: [Mention]
  let disclosed: When?

  /// The most telling statement: of the newest mention that makes one.
  var severity: Vulnerability.Severity? { mentions.lazy.compactMap(\.vulnerability.severity).first }
  var score: Double? { mentions.lazy.compactMap(\.vulnerability.score).first }
  var summary: Prose? { mentions.lazy.compactMap(\.vulnerability.summary).first }
  /// Whether each product that has it has a release that fixes it.
  var isFixed: Bool {
    Set(mentions.map(\.product)).isSubset(of: mentions.filter(\.isFix).map(\.product))
  }
  var isInternal: Bool { mentions.allSatisfy { $0.vulnerability.audience == .internal } }

  /// Its place on the security page.
  var anchor: String { pageID(id) }

  /// Every vulnerability of the releases, newest first: by disclosure, else by the first release that fixes it.
  static func all(in products: [ProductFacts], zone: Zone) -> [Advisory] {
    var groups: [[Mention]] = []
    var groupOfName: [String: Int] = [:]
    for (product, facts) in products.enumerated() {
      for (release, fact) in facts.releases.enumerated() {
        for vulnerability in fact.security {
          let names = vulnerability.names
          let known = Set(names.compactMap { groupOfName[$0] }).sorted()
          let group = known.first ?? groups.count
          if known.isEmpty { groups.append([]) }
          for other in known.dropFirst() {
            for mention in groups[other] {
              for name in mention.vulnerability.names { groupOfName[name] = group }
            }
            groups[group] += groups[other]
            groups[other] = []
          }
          for name in names { groupOfName[name] = group }
          groups[group].append(
            Mention(product: product, release: release, status: fact.status, vulnerability: vulnerability))
        }
      }
    }
    let advisories = groups.filter { !$0.isEmpty }.map { mentions in
      Advisory(mentions: mentions, zone: zone) { products[$0.product].releases[$0.release].released?.value }
    }
    return advisories.map { ($0, $0.disclosed?.start(in: zone).seconds ?? .max) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : precedesInBytes($0.0.id, $1.0.id) }
      .map(\.0)
  }

  private init(mentions: [Mention], zone: Zone, released: (Mention) -> When?) {
    let names = Set(mentions.flatMap(\.vulnerability.names))
    // The id under which most look for it: a CVE, else what the first record calls it.
    let first = mentions[0].vulnerability.id
    let id = names.filter { $0.hasPrefix("CVE-") }.min() ?? first
    self.id = id
    self.mentions = mentions
    aliases = names.filter { $0 != id }.sorted(by: precedesInBytes)
    disclosed =
      mentions.lazy.compactMap(\.vulnerability.disclosed).first
      ?? mentions.filter { $0.vulnerability.isFixed && $0.status.hasShipped }.compactMap(released)
      .min { $0.start(in: zone) < $1.start(in: zone) }
  }
}

extension Vulnerability {
  var names: [String] { [id] + aliases }
}
