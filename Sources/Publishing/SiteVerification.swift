package import Diagnostics
package import Export
import Ingest
import Model

/// Does a site still match its seal?
package struct VerifyRequest: Sendable {
  /// The folder of the site; absolute.
  package var site: String
  /// Whose signature the seal must have; `nil` to ask for none.
  package var key: VerificationKey?
  /// An older seal, or the folder of the site that it is of; absolute.
  package var since: String?
  package var slices: Int

  package init(site: String, key: VerificationKey? = nil, since: String? = nil, slices: Int) {
    (self.site, self.key, self.since, self.slices) = (site, key, since, slices)
  }
}

/// What became of it.
package struct SiteVerification: Sendable {
  package var report = Report()
  /// `nil` when there is none that could be read.
  package var seal: Seal?
  /// How far the seal itself is proven.
  package var proof: Seal.Proof?
  /// How many files are in the folder that the seal does not have.
  package var foreign = 0
  /// The older seal, and how far it is proven.
  package var old: (seal: Seal, proof: Seal.Proof)?
}

/// Reads every byte of a site, and nothing else: no checkout, no cache.
package func verify(_ request: VerifyRequest) async throws(FileError) -> SiteVerification {
  var result = SiteVerification()
  guard try FileSystem.kind(of: request.site) != nil else {
    throw FileError(request.site, "no such folder", help: "name the folder of a site, such as `_site`")
  }
  guard let (seal, proof) = try readSeal(in: request.site, key: request.key, into: &result.report) else {
    return result
  }
  (result.seal, result.proof) = (seal, proof)

  var listing = Listing()
  try listing.walk(request.site)
  let paths = listing.files
  let parts = await inSlices(of: paths.count, slices: request.slices) { range in
    Result { () throws(FileError) in try sealedFiles(paths[range], in: request.site) }
  }
  var found: [SealedFile] = []
  for part in parts { found += try part.get() }
  let findings = seal.findings(in: found, others: listing.others, isProven: request.key != nil)
  result.foreign = findings.count { $0.code == Code.unsealedFile.id }
  result.report.add(findings)
  try result.report.add(manifestFindings(of: seal, in: request.site))

  if let since = request.since { result.old = try compare(seal, since: since, key: request.key, into: &result.report) }
  return result
}

private func readSeal(
  in folder: String, key: VerificationKey?, into report: inout Report
) throws(FileError) -> (Seal, Seal.Proof)? {
  guard let bytes = try FileSystem.contents(of: folder + "/" + Seal.path) else {
    let isPart = try FileSystem.kind(of: folder + "/" + SitePart.name) != nil
    report.error(
      .noSeal, "the site has no `\(Seal.path)`", at: SourceLocation(file: Seal.path),
      help: isPart
        ? "join it with the others: it is a part that `gazette merge` takes"
        : "name the folder of one site; `build --audience all` makes two, `public` and `internal`")
    return nil
  }
  let envelope = try FileSystem.contents(of: folder + "/" + Seal.signaturePath)
  return proven(bytes, by: envelope, key: key, path: Seal.path, into: &report)
}

/// Reads a seal and holds its signature against it; says what is wrong.
private func proven(
  _ bytes: [UInt8], by envelope: [UInt8]?, key: VerificationKey?, path: String, into report: inout Report
) -> (Seal, Seal.Proof)? {
  guard let seal = Seal(bytes: bytes) else {
    report.error(
      .brokenSeal, "`\(path)` is not as Gazette wrote it", at: SourceLocation(file: path),
      help: "restore it from where the site was built")
    return nil
  }
  let proof = seal.proof(by: envelope, key: key)
  if case .broken(let reason) = proof {
    report.error(
      .brokenSignature, reason, at: SourceLocation(file: path),
      help: "make sure that the key is the right one, and that the site is as it was published")
  }
  return (seal, proof)
}

private func compare(
  _ seal: Seal, since path: String, key: VerificationKey?, into report: inout Report
) throws(FileError) -> (Seal, Seal.Proof)? {
  let file = try FileSystem.kind(of: path) == .folder ? path + "/" + Seal.path : path
  guard let bytes = try FileSystem.contents(of: file) else {
    throw FileError(path, "no such seal", help: "name a seal.json that was kept, or the folder of an older site")
  }
  let folder = FileSystem.parent(of: file) ?? "/"
  let envelope = try FileSystem.contents(of: folder + "/" + Seal.signaturePath)
  guard let (old, proof) = proven(bytes, by: envelope, key: key, path: path, into: &report) else { return nil }
  if old.audience != seal.audience {
    report.error(
      .otherSeal,
      "the older seal is of the \(old.audience.rawValue) site, this one of the \(seal.audience.rawValue) one",
      help: "name an older seal of the same site")
  } else if old.asOf > seal.asOf {
    report.error(
      .otherSeal, "the seal of `--since` is true for \(old.asOf.iso), which is later than the site's \(seal.asOf.iso)",
      help: "name an older seal of the same site")
  } else {
    report.add(seal.findings(since: old))
  }
  return (old, proof)
}

private func sealedFiles(_ paths: ArraySlice<String>, in site: String) throws(FileError) -> [SealedFile] {
  var files: [SealedFile] = []
  for path in paths {
    guard let bytes = try FileSystem.contents(of: site + "/" + path) else { continue }
    files.append(SealedFile(path: path, holding: bytes))
  }
  return files
}

/// The list that Gazette keeps follows from the seal; where it was published with the site, it must say the same.
private func manifestFindings(of seal: Seal, in site: String) throws(FileError) -> [Diagnostic] {
  guard let bytes = try FileSystem.contents(of: site + "/" + SiteManifest.name) else { return [] }
  let paths = seal.files.map(\.path) + [Seal.path]
  guard bytes != SiteManifest(paths).bytes, bytes != SiteManifest(paths + [Seal.signaturePath]).bytes else { return [] }
  return [
    .error(
      .changedFile, "`\(SiteManifest.name)` does not list the files that were sealed",
      at: SourceLocation(file: SiteManifest.name),
      help: "restore the site from where it was built; until then do not build into this folder")
  ]
}

/// What is in the folder of a site, by bytes.
private struct Listing {
  var files: [String] = []
  /// Links and the like.
  var others: [String] = []

  mutating func walk(_ site: String) throws(FileError) {
    try walk(site, prefix: "")
  }

  private mutating func walk(_ folder: String, prefix: String) throws(FileError) {
    for name in try FileSystem.names(in: folder) {
      let path = prefix + name
      let kind = try FileSystem.kind(of: folder + "/" + name)
      // These are checked by themselves. A published site has neither a lock nor unfinished work.
      let isOurs = [SiteManifest.name, Seal.path, Seal.signaturePath].contains(name)
      if prefix.isEmpty, isOurs, kind == .file { continue }
      switch kind {
      case .folder: try walk(folder + "/" + name, prefix: path + "/")
      case .file: files.append(path)
      // What is there and cannot be named, for its name is no text, is foreign as well.
      case .link, .other, nil: others.append(path)
      }
    }
  }
}
