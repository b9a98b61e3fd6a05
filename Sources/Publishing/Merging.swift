package import Diagnostics
package import Export
import Ingest
import Model
import Pages

/// The parts of a site, to be joined.
package struct MergeRequest: Sendable {
  /// The folders that builds with a ``BuildRequest/shard`` wrote, in any order: as somebody named them, and absolute.
  package var parts: [(name: String, folder: String)]
  /// The folder of the site; absolute.
  package var output: String
  /// Whether files that Gazette did not write may be replaced.
  package var isForced: Bool
  /// What signs the seals; `nil` to leave them unsigned.
  package var signingKey: SigningKey?
  /// That of this program, which must be that of the parts.
  package var gazetteVersion: String
  package var slices: Int

  package init(
    parts: [(name: String, folder: String)], output: String, isForced: Bool = false, signingKey: SigningKey? = nil,
    gazetteVersion: String, slices: Int
  ) {
    (self.parts, self.output, self.isForced) = (parts, output, isForced)
    (self.signingKey, self.gazetteVersion, self.slices) = (signingKey, gazetteVersion, slices)
  }
}

/// Joins parts into the site that one build would have written, byte for byte; needs no checkout.
///
/// What only the whole can show, links that lead nowhere, is found here. What a single page can show, such as a leak,
/// its part has been held to. What the rules found is told again, for it is true of the whole site.
/// - Throws: ``FileError`` when the machine, not a part, is at fault.
package func merge(_ request: MergeRequest) async throws(FileError) -> SiteBuild {
  var build = SiteBuild(report: Report())
  let place = try OutputPlace(request.output)
  let parts = try await request.read(into: &build.report)
  guard !build.report.hasErrors else { return build }
  build.report.add(PartFolder.findings(in: parts, gazetteVersion: request.gazetteVersion))
  for part in parts { build.report.add(try [place.clash(with: part.folder, called: part.name)].compactMap(\.self)) }
  if !build.report.hasErrors { build.report.add(try place.findings(isForced: request.isForced)) }
  guard !build.report.hasErrors, let sites = parts.first?.part.sites else { return build }
  // The internal seal, which is the last, tells more.
  if request.signingKey != nil, let seal = sites.last?.seal {
    build.report.add([Sealing.finding(signing: seal)].compactMap(\.self))
  }
  guard !build.report.hasErrors else { return build }

  let lock = try OutputLock(for: place)
  let writer = try SiteWriter(to: place, isForced: request.isForced)
  do {
    build.written = try await request.write(parts, with: writer, into: &build)
  } catch {
    try writer.discard()
    throw error
  }
  _ = consume lock
  build.judgedAt = parts.first.flatMap { folder in folder.part.sites.last.map { ($0.seal.asOf, folder.part.zone) } }
  build.report.add(parts.flatMap(\.part.findings))
  return build
}

extension MergeRequest {
  fileprivate func read(into report: inout Report) async throws(FileError) -> [PartFolder] {
    let results = await inSlices(of: parts.count, slices: min(slices, parts.count)) { [parts] range in
      Result { () throws(FileError) -> ([PartFolder], Report) in
        var report = Report()
        var folders: [PartFolder] = []
        for part in parts[range] {
          if let folder = try PartFolder(part.name, at: part.folder, into: &report) { folders.append(folder) }
        }
        return (folders, report)
      }
    }
    var folders: [PartFolder] = []
    for result in results {
      let (some, found) = try result.get()
      folders += some
      report.merge(found)
    }
    return folders
  }

  fileprivate func write(
    _ parts: [PartFolder], with writer: SiteWriter, into build: inout SiteBuild
  ) async throws(FileError) -> SiteWriter.Written? {
    guard let first = parts.first?.part else { return nil }
    var staged: [SiteWriter.Staged] = []
    for (index, audience) in first.sites.map(\.seal.audience).enumerated() {
      let joint = Joint(parts, of: index, with: writer, at: audience.prefix(of: first.sites.count))
      staged += try await joint.stage(signedWith: signingKey, slices: slices, into: &build.report)
      build.pages += joint.files.count { $0.file.path.hasSuffix(".html") }
    }
    guard !build.report.hasErrors else {
      try writer.discard()
      return nil
    }
    return try writer.finish(staged, into: &build.report)
  }
}

/// One audience's site, put together from the files of all parts.
private struct Joint: Sendable {
  struct File: Sendable {
    var folder: PartFolder
    var file: SealedFile
    /// Whether links are looked for in it.
    var isRendered: Bool
  }

  let files: [File]
  private let seal: Seal
  private let links: LinkCheck
  private let writer: SiteWriter
  private let prefix: String

  init(_ parts: [PartFolder], of index: Int, with writer: SiteWriter, at prefix: String) {
    files = parts.flatMap { folder in
      let site = folder.part.sites[index]
      let copied = Set(site.copied)
      return site.seal.files.map { File(folder: folder, file: $0, isRendered: !copied.contains($0.path)) }
    }
    var seal = parts[0].part.sites[index].seal
    seal.files = files.map(\.file).inOrder
    let url = parts[0].part.url
    links = LinkCheck(paths: seal.files.map(\.path) + [Seal.path], url: url.isEmpty ? nil : url)
    (self.seal, self.writer, self.prefix) = (seal, writer, prefix)
  }

  func stage(
    signedWith key: SigningKey?, slices: Int, into report: inout Report
  ) async throws(FileError) -> [SiteWriter.Staged] {
    var site = StagedSite(by: writer, at: prefix)
    let results = await inSlices(of: files.count, slices: slices) { range in
      Result { () throws(FileError) in try slice(range) }
    }
    for result in results { site.add(try result.get(), into: &report) }
    try site.finish(seal, signedWith: key, checkedBy: links, into: &report)
    return site.staged
  }

  private func slice(_ range: Range<Int>) throws(FileError) -> StagedSite.Slice {
    var slice = StagedSite.Slice()
    for place in range {
      let (folder, file) = (files[place].folder, files[place].file)
      let path = prefix + file.path
      let found = try FileSystem.contents(of: folder.path(of: path))
      guard let bytes = found, Fingerprint(of: bytes) == file.digest else {
        slice.report.error(
          .changedPart, "`\(folder.name)/\(path)` is \(found == nil ? "missing" : "not what was built")",
          help: "copy the part again, whole, or build it again")
        continue
      }
      if files[place].isRendered { slice.links.append(links.findings(in: bytes, path: file.path)) }
      slice.files.append(file)
      try writer.stage(bytes, at: path, into: &slice.staged)
    }
    return slice
  }
}
