import Model

/// A vulnerability over all releases that say something of it; ids and aliases that overlap are one.
struct Advisory: Sendable {
  /// What one release says.
  struct Mention: Sendable {
    let product: Int
    let release: Int
    let vulnerability: Vulnerability
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
    Set(mentions.map(\.product)).isSubset(of: mentions.filter(\.vulnerability.isFixed).map(\.product))
  }
  var isInternal: Bool { mentions.allSatisfy { $0.vulnerability.audience == .internal } }

  /// Its place on the security page.
  var anchor: String { slug(id) }

  /// Every vulnerability of the releases, newest first: by disclosure, else by the first release that fixes it.
  static func all(in products: [ProductFacts], zone: Zone) -> [Advisory] {
    var groups: [[Mention]] = []
    var groupOfName: [String: Int] = [:]
    for (product, facts) in products.enumerated() {
      for (release, fact) in facts.releases.enumerated() {
        for vulnerability in fact.security {
          let names = [vulnerability.id] + vulnerability.aliases
          let known = Set(names.compactMap { groupOfName[$0] }).sorted()
          let group = known.first ?? groups.count
          if known.isEmpty { groups.append([]) }
          for other in known.dropFirst() {
            groups[group] += groups[other]
            groups[other] = []
          }
          for (name, place) in groupOfName where known.dropFirst().contains(place) { groupOfName[name] = group }
          for name in names { groupOfName[name] = group }
          groups[group].append(Mention(product: product, release: release, vulnerability: vulnerability))
        }
      }
    }
    let advisories = groups.filter { !$0.isEmpty }.map { mentions in
      Advisory(mentions: mentions, date: { products[$0.product].releases[$0.release].date })
    }
    return advisories.map { ($0, $0.disclosed?.start(in: zone).seconds ?? .max) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.id.utf8.lexicographicallyPrecedes($1.0.id.utf8) }
      .map(\.0)
  }

  private init(mentions: [Mention], date: (Mention) -> When?) {
    let names = Set(mentions.flatMap { [$0.vulnerability.id] + $0.vulnerability.aliases })
    // The id under which most look for it: a CVE, else what the first record calls it.
    let first = mentions[0].vulnerability.id
    let id = names.filter { $0.hasPrefix("CVE-") }.min() ?? first
    self.id = id
    self.mentions = mentions
    aliases = names.filter { $0 != id }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    disclosed =
      mentions.lazy.compactMap(\.vulnerability.disclosed).first
      ?? mentions.filter(\.vulnerability.isFixed).compactMap(date).first
  }
}

/// A text as an id: ASCII letters and digits in lower case, anything else as one `-`.
func slug(_ text: String) -> String {
  var slug: [UInt8] = []
  slug.reserveCapacity(text.utf8.count)
  var isPending = false
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      if isPending, !slug.isEmpty { slug.append(UInt8(ascii: "-")) }
      isPending = false
      // Digits have the bit of lower case already.
      slug.append(byte | 0x20)
    default: isPending = true
    }
  }
  return slug.isEmpty ? "x" : String(decoding: slug, as: UTF8.self)
}
