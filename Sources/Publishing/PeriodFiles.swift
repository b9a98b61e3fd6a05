import Diagnostics
import Export
import Governance
import Ingest
import Model
import Pages

/// A period with its proof, and the bytes of its archive.
struct PeriodFiles: Sendable {
  var proof: PeriodProof
  /// `nil` where no archive was made, because no commit holds what would be in it.
  var archive: SiteSource.CopiedFile?
}

extension SiteSource {
  /// The periods of the site, in their order; the seed is that of the period, for a site has no auditor.
  func periods(_ judgement: Judgement, gazetteVersion: String) throws(FileError) -> [PeriodFiles] {
    guard !ledger.site.periods.isEmpty, !judgement.rules.isEmpty else { return [] }
    let facts = LedgerFacts(ledger)
    let packing = PeriodPacking(checkout: checkout, store: evidenceStore)
    var periods: [PeriodFiles] = []
    for period in ledger.site.periods {
      let archive = PeriodArchive(of: period, in: facts, judgement, seed: nil, gazetteVersion: gazetteVersion)
      let draws = archive.sample.map { PeriodProof.Draw($0.member, digest: $0.digest) }
      var files = PeriodFiles(proof: PeriodProof(archive.population, seed: archive.seed, sample: draws, archive: nil))
      if ledger.uncommitted.isEmpty, ledger.head != nil {
        let writer = try ZIPWriter()
        _ = try packing.pack(archive, into: writer)
        let bytes = try writer.finish()
        files.proof.archive = PeriodProof.Archive(size: bytes.count, sha256: Fingerprint(of: bytes).hex)
        files.archive = CopiedFile(address: Route.periodArchive(period.id).path, bytes: bytes)
      }
      periods.append(files)
    }
    return periods
  }
}
