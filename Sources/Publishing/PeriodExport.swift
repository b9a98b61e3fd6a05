package import Diagnostics
package import Export
import Governance
import Ingest
package import Model

extension ExportSource {
  /// What an auditor takes away of a period.
  ///
  /// - Parameters:
  ///   - seed: The auditor's; without one the id of the period.
  ///   - count: How many releases to draw; without it what the period says, or 25.
  package func archive(of period: Site.Period, seed: String?, count: Int?, gazetteVersion: String) -> PeriodArchive {
    PeriodArchive(
      of: period, in: LedgerFacts(ledger), judgement, seed: seed, count: count, gazetteVersion: gazetteVersion)
  }

  /// Writes the ZIP of a period.
  ///
  /// - Parameter output: Absolute. What stands there stays until the new file is whole.
  /// - Returns: How many files it has.
  package func write(_ archive: PeriodArchive, to output: String) throws(FileError) -> Int {
    let unfinished = output + ".part"
    do throws(FileError) {
      let writer = try ZIPWriter(to: unfinished)
      let count = try PeriodPacking(checkout: checkout, store: store).pack(archive, into: writer)
      _ = try writer.finish()
      _ = try FileSystem.move(unfinished, to: output)
      return count
    } catch {
      try FileSystem.removeFile(unfinished)
      throw error
    }
  }
}

/// Packs archives: all files of evidence are read anew, and held against what was judged.
struct PeriodPacking: Sendable {
  let checkout: Checkout
  /// The folder that holds evidence by its digest.
  let store: String?

  /// - Returns: How many files the archive has.
  func pack(_ archive: PeriodArchive, into writer: borrowing ZIPWriter) throws(FileError) -> Int {
    var listed: [SealedFile] = []
    for (name, bytes) in archive.documents {
      try writer.add(bytes, as: name)
      listed.append(SealedFile(path: name, holding: bytes))
    }
    for file in archive.evidence {
      let name = PeriodArchive.name(of: file)
      let bytes = try bytes(of: file)
      try writer.add(bytes, as: name)
      listed.append(SealedFile(path: name, holding: bytes))
    }
    try writer.add(PeriodArchive.manifest(of: listed), as: "manifest.sha256")
    return listed.count + 1
  }

  private func bytes(of file: EvidenceFile) throws(FileError) -> [UInt8] {
    var known = Report()
    if let bytes = try checkout.bytes(of: file.path, limit: SiteSource.largestFile, into: &known),
      Fingerprint(of: bytes).hex == file.sha256
    {
      return bytes
    }
    if let store, let bytes = try FileSystem.contents(of: store + "/" + file.path),
      Fingerprint(of: bytes).hex == file.sha256
    {
      return bytes
    }
    throw FileError(
      file.path, "is not what it was when it was judged", help: "try again when nothing writes to the checkout")
  }
}
