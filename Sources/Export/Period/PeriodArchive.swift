import Diagnostics
package import Governance
package import Model

/// What an auditor takes away of a period: everything that was released in it, and the proof.
package struct PeriodArchive: Sendable {
  package let population: Population
  /// The releases that were drawn, each with the digest that put it there, in hexadecimal.
  package let sample: [(member: Population.Member, digest: String)]
  package let seed: String
  private let ledger: Ledger
  private let judgement: Judgement
  private let gazetteVersion: String

  /// - Parameters:
  ///   - seed: The auditor's; without one the id of the period, so that the sample can be repeated but was foreseeable.
  ///   - count: How many releases to draw; without it what the period says, or 25.
  package init(
    of period: Site.Period, in facts: LedgerFacts, _ judgement: Judgement, seed: String?, count: Int? = nil,
    gazetteVersion: String
  ) {
    population = Population(of: period, in: facts)
    self.seed = seed ?? period.id
    let rank = SampleRank(seed: self.seed).rank
    sample = population.sample(count ?? period.sample ?? 25, rank: rank).map { ($0, hexadecimal(rank($0.release))) }
    (ledger, self.judgement, self.gazetteVersion) = (facts.ledger, judgement, gazetteVersion)
  }

  /// How many releases went out in the period.
  package var releases: Int { population.members.count }

  /// How many went out without a date, so that nobody knows whether they belong to it.
  package var undated: Int { population.reconciliation.count { $0.state == .undated } }

  private var members: Set<ReleaseID> { Set(population.members.map(\.release)) }

  /// The files of evidence of all members, each once, by path.
  package var evidence: [EvidenceFile] {
    let members = members
    var known = Set<String>()
    return ledger.shelves.flatMap(\.releases).filter { members.contains($0.id) }
      .flatMap { release in release.evidence.compactMap { ledger.evidence[release.id, $0.id.value]?.file } }
      .filter { known.insert($0.path).inserted }
      .sorted { precedesInBytes($0.path, $1.path) }
  }

  /// The paths of the records of all members.
  package var records: [(product: ProductID, version: String, path: String)] {
    let members = members
    return ledger.shelves.flatMap(\.releases).filter { members.contains($0.id) && !$0.isDiscovered }
      .map { ($0.product, $0.version.text, $0.location.file) }
  }

  /// The paths of what the releases were held to.
  package var policies: [String] {
    ledger.policy.files.filter { $0.pack == nil }.map(\.path) + ledger.policy.waivers.map(\.location.file)
  }

  /// The packs that the policy extends.
  package var packs: [String] { ledger.policy.files.compactMap(\.pack) }

  /// The entries of evidence of which there is no file in the archive, and all of them.
  private var evidenceCounts: (absent: Int, all: Int) {
    let members = members
    let entries = ledger.shelves.flatMap(\.releases).filter { members.contains($0.id) }
      .flatMap { release in release.evidence.map { (release.id, $0) } }
    let absent = entries.count { id, entry in
      (entry.path != nil || entry.url != nil) && ledger.evidence[id, entry.id.value]?.file == nil
    }
    return (absent, entries.count)
  }

  /// The name of a file of evidence in the archive.
  package static func name(of file: EvidenceFile) -> String { "files/" + file.path }

  /// Everything but the files of evidence and the manifest, in the order of the archive.
  package var documents: [(name: String, bytes: [UInt8])] {
    let members = members
    let drawn = Set(sample.map(\.member.release))
    let tables =
      [populationTable.marking(drawn), reconciliationTable, sampleTable]
      + TableName.allCases.map { name in
        let table = name.table(of: ledger, judgement) { members.contains($0.id) }
        return name == .waivers ? table : table.marking(drawn)
      }
    return [("README.txt", Array(readme.utf8)), ("period.json", facts.bytes)]
      + tables.map { ($0.name + ".csv", Array($0.csv.utf8)) }
  }

  /// The digests of all files, as `sha256sum --check` reads them.
  package static func manifest(of files: [SealedFile]) -> [UInt8] {
    Array(files.inOrder.map { "\($0.digest.hex)  \($0.path)\n" }.joined().utf8)
  }

  private var facts: JSON {
    let period = population.period
    return .object([
      "period": .text(period.id), "from": .text(period.from.iso), "to": .text(period.to.iso),
      "as_of": .text(ledger.asOf.iso), "commit": JSON(ledger.head), "policy": JSON(judgement.policyDigest),
      "gazette": .text(gazetteVersion), "population": .number(population.members.count),
      "sample": .object(["seed": .text(seed), "drawn": .number(sample.count)]),
      "evidence": .object(["entries": .number(evidenceCounts.all), "without_file": .number(evidenceCounts.absent)]),
      "frameworks": .list(period.frameworks.map { .text($0.value) }),
    ])
  }

  private var populationTable: Table {
    Table(
      "population", columns: ["product", "version", "out_at", "day"],
      rows: population.members.map { [$0.release.product.text, $0.release.version, $0.at.iso, $0.day.iso] })
  }

  private var reconciliationTable: Table {
    Table(
      "reconciliation", columns: ["product", "name", "state", "record", "tag", "event", "commit"],
      rows: population.reconciliation.map { entry in
        [
          entry.product?.text, entry.name, entry.state.rawValue, entry.record.words, entry.tag.words, entry.event.words,
          entry.commit,
        ]
      })
  }

  private var sampleTable: Table {
    Table(
      "sample", columns: ["rank", "product", "version", "day", "sha256"],
      rows: sample.enumerated().map { index, draw in
        [
          String(index + 1), draw.member.release.product.text, draw.member.release.version, draw.member.day.iso,
          draw.digest,
        ]
      })
  }

  private var readme: String {
    let period = population.period
    let counts = evidenceCounts
    return """
      \(ledger.site.title): releases from \(period.from.iso) to \(period.to.iso)

      Made by Gazette \(gazetteVersion) out of the commit \(ledger.head ?? "none"), true for \(ledger.asOf.iso).
      The same commit gives the same bytes.

      period.json         what this is
      population.csv      every release that went out in the period, by the day on which it did
      reconciliation.csv  records, tags and events of deployment or publication held against each other: where each
                          is known, "missing", or "not kept" for the product; undated is what went out, and nobody
                          says when
      sample.csv          \(sample.count) of \(population.members.count), drawn with the seed \(seed): those with
                          the lowest SHA-256 of the seed, a zero byte and product/version; the column sampled
                          of the other tables says of each row whether its release was drawn
      releases.csv        the records of the population
      outcomes.csv        each rule's outcome for each of them, with its reasons
      approvals.csv       who decided what, the place in the records that says so, and the commit that brought it
      waivers.csv         every waiver of the site, and which of these releases it excuses
      evidence.csv        what was named as evidence, and what became of the file: of
                          \(counts.all) entries \(counts.absent) have no file here, as their state says
      files/              the records of the population with their parts and notes, the policy, the packs that it
                          extends, the waivers and gazette.yml, and the files of evidence, by their path in the checkout
      manifest.sha256     the SHA-256 of every other file here; check it with: sha256sum --check manifest.sha256

      """
  }
}

extension Table {
  /// With a column that says of each row, which begins with a product and a version, whether its release was drawn.
  fileprivate func marking(_ drawn: Set<ReleaseID>) -> Table {
    Table(
      name, columns: columns + ["sampled"],
      rows: rows.map { row in
        guard let product = row[0], let version = row[1] else { return row + [nil] }
        return row + [drawn.contains(ReleaseID(product: ProductID(product), version: version)) ? "true" : "false"]
      })
  }
}

extension Reconciliation.Trace {
  fileprivate var words: String {
    switch self {
    case .found(let place): place
    case .missing: "missing"
    case .notKept: "not kept"
    }
  }
}
