package import Diagnostics
package import Export
import Ingest
import Model

extension ExportSource {
  /// Writes the ZIP of a period: all files of evidence read anew, and held against what was judged.
  ///
  /// - Parameter output: Absolute. What stands there stays until the new file is whole.
  /// - Returns: How many files it has.
  package func write(_ archive: PeriodArchive, to output: String) throws(FileError) -> Int {
    let unfinished = output + ".part"
    do throws(FileError) {
      let count = try write(archive, at: unfinished)
      _ = try FileSystem.move(unfinished, to: output)
      return count
    } catch {
      try FileSystem.removeFile(unfinished)
      throw error
    }
  }

  private func write(_ archive: PeriodArchive, at path: String) throws(FileError) -> Int {
    let writer = try ZIPWriter(to: path)
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
    try writer.finish()
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
      file.path, "is not what it was when it was judged", help: "export again, when nothing writes to the checkout")
  }
}
