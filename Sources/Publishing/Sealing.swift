import Diagnostics
import Export
import Ingest
import Model

/// What every seal of one build says alike.
struct Sealing: Hashable, Sendable {
  private let inputs: SealedInputs
  private let commit: String?
  private let uncommitted: [String]
  private let gazetteVersion: String
  private let isSigned: Bool
  private let isGated: Bool

  /// Hashes all inputs, in parallel; those of evidence were hashed when they were read.
  init(_ source: SiteSource, _ request: BuildRequest) async throws(FileError) {
    let slices = request.source.options.slices
    inputs = SealedInputs(
      files: try await source.inputFiles(slices: slices), refs: try await source.checkout.sealedRefs())
    commit = source.checkout.repository?.head
    uncommitted = try await source.uncommitted()
    (gazetteVersion, isSigned, isGated) = (request.gazetteVersion, request.signingKey != nil, request.isGated)
  }

  /// What speaks against a signature, or against calling the site one of that commit.
  var findings: [Diagnostic] {
    guard isSigned || isGated else { return [] }
    let (option, words) = isSigned ? ("--sign", "a signature would name") : ("--gated", "the site would name")
    if commit == nil {
      return [
        .error(.sealsUncommitted, "there is no commit yet that \(words)", help: "commit, then build with `\(option)`")
      ]
    }
    return uncommitted.map { path in
      .error(
        .sealsUncommitted, "`\(path)` differs from the commit that \(words)", at: SourceLocation(file: path),
        help: "commit it, or build without `\(option)`")
    }
  }

  /// What speaks against a signature under a seal that parts brought along.
  static func finding(signing seal: Seal) -> Diagnostic? {
    guard seal.commit == nil || seal.hasUncommitted else { return nil }
    let words = seal.commit == nil ? "there is no commit yet" : "some of the content differs from the commit"
    return .error(
      .sealsUncommitted, "\(words) that a signature would name",
      notes: seal.uncommitted.map { Diagnostic.Note("`\($0)`") },
      help: "commit everything and build all parts again, or merge without `--sign`")
  }

  /// The seal of the files of one audience's site, or of a part of it.
  func seal(_ files: [SealedFile], of facts: Ledger, releases: [SealedRelease]) -> Seal {
    Seal(
      files, of: facts, releases: releases, commit: commit, inputs: inputs, uncommitted: uncommitted,
      gazetteVersion: gazetteVersion)
  }
}

extension SiteSource {
  /// The files of content and theme, and the evidence; records and evidence as they were when they were read.
  fileprivate func inputFiles(slices: Int) async throws(FileError) -> [SealedFile] {
    var digests = ledger.digests.mapValues { Fingerprint(digest: $0) }
    for shelf in ledger.shelves {
      for place in shelf.releases.indices where !shelf.releases[place].evidence.isEmpty {
        let release = shelf.releases[place]
        for entry in release.evidence {
          guard case .read(let file)? = ledger.evidence[release.id, entry.id.value] else { continue }
          let path = entry.path == nil ? "store:" + file.path : file.path
          digests[path] = Fingerprint(hex: file.sha256)
        }
      }
    }
    var paths = Set(ledger.contentFiles)
    var known = Report()
    for folder in folders where folder != checkout.content {
      for file in try checkout.files(under: folder, into: &known) { paths.insert(file.path) }
    }
    for key in ledger.site.signing.keys.values { paths.insert(key.value) }
    if let signers = ledger.site.signing.allowedSigners { paths.insert(signers.value) }
    let left = paths.filter { digests[$0] == nil }.sorted()
    let parts = await inSlices(of: left.count, slices: slices) { range in
      Result { () throws(FileError) in try checkout.sealedFiles(left[range]) }
    }
    var files = digests.map { SealedFile(path: $0.key, digest: $0.value) }
    for part in parts { files += try part.get() }
    return files
  }

  /// What of the inputs no commit holds, by bytes.
  fileprivate func uncommitted() async throws(FileError) -> [String] {
    guard let repository = checkout.repository else { return [] }
    var paths = Set(ledger.uncommitted)
    // The content was asked for already.
    paths.formUnion(try await repository.workTree(of: folders.filter { $0 != checkout.content }).changed)
    return paths.sorted(by: precedesInBytes)
  }
}

extension Checkout {
  fileprivate func sealedFiles(_ paths: ArraySlice<String>) throws(FileError) -> [SealedFile] {
    var files: [SealedFile] = []
    // What cannot be read was reported when the site was made from it, if it was.
    var known = Report()
    for path in paths {
      guard let bytes = try bytes(of: path, limit: SiteSource.largestFile, into: &known) else { continue }
      files.append(SealedFile(path: path, holding: bytes))
    }
    return files
  }

  /// Where the tags of all repositories lead, and what is checked out in the bound ones.
  fileprivate func sealedRefs() async throws(FileError) -> [String: String] {
    var refs: [String: String] = [:]
    if let repository { for tag in try await repository.tags() { refs["refs/tags/" + tag.name] = tag.commit } }
    for (name, source) in sources {
      refs["\(name):HEAD"] = source.head
      for tag in try await source.tags() { refs["\(name):refs/tags/" + tag.name] = tag.commit }
    }
    return refs
  }
}
