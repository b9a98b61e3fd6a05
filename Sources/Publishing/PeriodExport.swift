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
    // A name that nobody else has, so that nothing of theirs is overwritten or removed.
    let unfinished = output + ".part-" + String(UInt64.random(in: .min ... .max), radix: 36)
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
    var known = Set<String>()
    for (path, bytes) in try records(of: archive) where known.insert(path).inserted {
      try writer.add(bytes, as: "files/" + path)
      listed.append(SealedFile(path: "files/" + path, holding: bytes))
    }
    for file in archive.evidence where known.insert(file.path).inserted {
      let name = PeriodArchive.name(of: file)
      let bytes = try bytes(of: file)
      try writer.add(bytes, as: name)
      listed.append(SealedFile(path: name, holding: bytes))
    }
    try writer.add(PeriodArchive.manifest(of: listed), as: "manifest.sha256")
    return listed.count + 1
  }

  /// The records with their parts and notes, and what they were held to, by the bytes of their paths.
  private func records(of archive: PeriodArchive) throws(FileError) -> [(path: String, bytes: [UInt8])] {
    var report = Report()
    var folders: [String: [Substring: [String]]] = [:]
    var paths = Set(archive.policies)
    paths.insert(checkout.content + "/gazette.yml")
    for (_, version, path) in archive.records {
      guard path.hasSuffix("/\(version).yml"), let folder = FileSystem.parent(of: path) else { continue }
      if folders[folder] == nil {
        folders[folder] = byRecord(try checkout.files(under: folder, into: &report).map(\.path), in: folder)
      }
      paths.formUnion(folders[folder]?[FileSystem.name(of: path).dropLast(".yml".count)] ?? [])
    }
    var files: [(path: String, bytes: [UInt8])] = []
    for path in paths {
      if let bytes = try checkout.bytes(of: path, limit: SiteSource.largestFile, into: &report) {
        files.append((path, bytes))
      }
    }
    for pack in PolicyLibrary.builtIn.packs where archive.packs.contains(pack.name) {
      files.append(("built-in/policy/\(pack.name).yml", Array(pack.text.utf8)))
    }
    return files.sorted { precedesInBytes($0.path, $1.path) }
  }

  /// The files below a folder by the name of their record: `2.4.0.yml`, `2.4.0.md` and all in `2.4.0.d`.
  private func byRecord(_ paths: [String], in folder: String) -> [Substring: [String]] {
    var records: [Substring: [String]] = [:]
    for path in paths {
      let steps = Substring(path.utf8.dropFirst(folder.utf8.count + 1)).split(separator: "/", maxSplits: 1)
      let endings = steps.count > 1 ? [".d"] : [".yml", ".md"]
      guard let name = steps.first, let ending = endings.first(where: name.hasSuffix) else { continue }
      records[name.dropLast(ending.count), default: []].append(path)
    }
    return records
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
