import Crypto
import Diagnostics
import Model

/// One file of evidence to be read, however many entries name it.
struct EvidenceJob: Hashable, Sendable {
  enum Source: Hashable, Sendable {
    /// Relative to the checkout.
    case file(String)
    /// By digest, in the evidence store.
    case stored(sha256: String)
  }

  var source: Source
  /// What the entries say that it is; `nil` where the content tells.
  var format: EvidenceFormat?
}

/// What became of a job.
struct EvidenceOutcome: Sendable {
  var reading: EvidenceReading
  /// Why the path leads to no file.
  var refusal: FileReader.Refusal?
  /// What is wrong within the file, or odd.
  var problems: [EvidenceProblem] = []
  var remarks: [EvidenceProblem] = []
  /// Where the problems are: the path that a diagnostic names.
  var path: String
  /// The digest of the file itself, also where it could not be read or is kept elsewhere.
  var sha256: String?
  /// What a cache should keep of it.
  var memory: Memory?

  enum Memory: Sendable {
    case known(EvidenceCache.Key)
    case new(EvidenceCache.Key, [UInt8])
  }

  init(_ reading: EvidenceReading, path: String) {
    (self.reading, self.path) = (reading, path)
  }
}

/// Reads files of evidence, each once.
struct EvidenceFiles: Sendable {
  let checkout: FileReader
  /// The folder of `--evidence-store`.
  let store: FileReader?
  /// What signatures are verified with.
  var keys = VerificationKeys()
  /// What was read before; `nil` to read everything anew.
  var cache: EvidenceCache?

  /// The evidence store in a folder, which must be there.
  static func store(_ folder: String) throws(FileError) -> FileReader {
    guard let place = try resolvedPath(folder), isFolder(place) else {
      throw FileError(folder, "no such folder", help: "name the folder that holds `sha256` with `--evidence-store`")
    }
    return FileReader(root: place)
  }

  func outcome(of job: EvidenceJob) throws(FileError) -> EvidenceOutcome {
    switch job.source {
    case .file(let path): try read(path, as: job.format)
    case .stored(let sha256):
      try stored(sha256, as: job.format)
        ?? EvidenceOutcome(
          .referenced(reason: "it is kept elsewhere and is not in an evidence store"), path: sha256)
    }
  }

  private func read(_ path: String, as format: EvidenceFormat?) throws(FileError) -> EvidenceOutcome {
    guard let normal = CheckoutPath(path)?.text else { return EvidenceFiles.refused(.outside, path: path) }
    switch try checkout.read(normal, limit: EvidenceContent.largest) {
    case .bytes(let bytes):
      guard let pointer = LFSPointer(bytes) else { return known(bytes, path: normal, as: format) }
      return try fetched(pointer, path: normal, as: format)
    case .refused(.tooLarge(let size)) where format == .document:
      return try large(normal, size: size)
    case .refused(let refusal): return EvidenceFiles.refused(refusal, path: normal)
    }
  }

  private func fetched(_ pointer: LFSPointer, path: String, as format: EvidenceFormat?) throws(FileError)
    -> EvidenceOutcome
  {
    if let outcome = try stored(pointer.sha256, as: format) { return outcome }
    var outcome = EvidenceOutcome(.referenced(reason: "Git LFS has not fetched it"), path: path)
    outcome.sha256 = pointer.sha256
    outcome.remarks = [
      EvidenceProblem(.lfsPointer, "is a pointer of Git LFS and not the file", help: "run `git lfs pull`")
    ]
    return outcome
  }

  /// A file of the store; `nil` when there is no store, or not this file in it.
  private func stored(_ sha256: String, as format: EvidenceFormat?) throws(FileError) -> EvidenceOutcome? {
    guard let store else { return nil }
    let path = "sha256/\(sha256.prefix(2))/\(sha256.dropFirst(2))"
    switch try store.read(path, limit: EvidenceContent.largest) {
    case .refused(.missing): return nil
    case .refused(let refusal): return EvidenceFiles.refused(refusal, path: path)
    case .bytes(let bytes):
      var outcome = known(bytes, path: path, as: format)
      guard outcome.sha256 != sha256 else { return outcome }
      outcome.reading = .unreadable(reason: "the file in the evidence store has another digest")
      outcome.problems = [
        EvidenceProblem(
          .wrongStoredDigest, "has the digest `\(outcome.sha256?.prefix(12) ?? "")…`", help: "fetch it again")
      ]
      outcome.sha256 = nil
      return outcome
    }
  }

  /// A document of any size is only hashed.
  private func large(_ path: String, size: Int) throws(FileError) -> EvidenceOutcome {
    var hash = SHA256()
    let refusal = try checkout.pass(over: path) { hash.update(bufferPointer: $0) }
    if let refusal { return EvidenceFiles.refused(refusal, path: path) }
    let digest = hexadecimal(hash.finalize())
    let file = EvidenceFile(path: path, size: size, sha256: digest, format: .document, payload: .document)
    var outcome = EvidenceOutcome(.read(file), path: path)
    outcome.sha256 = digest
    return outcome
  }

  private static func refused(_ refusal: FileReader.Refusal, path: String) -> EvidenceOutcome {
    let reason: String
    switch refusal {
    case .missing: reason = "the file does not exist"
    case .outside: reason = "the path leads out of the checkout"
    case .notAFile: reason = "it is not a regular file"
    case .tooLarge(let size): reason = "it has \(size) bytes, and at most \(EvidenceContent.largest) are read"
    }
    var outcome = EvidenceOutcome(.unreadable(reason: reason), path: path)
    outcome.refusal = refusal
    return outcome
  }

  private func known(_ bytes: [UInt8], path: String, as format: EvidenceFormat?) -> EvidenceOutcome {
    EvidenceFiles.outcome(of: bytes, path: path, as: format, keys: keys, cache: cache)
  }

  /// What bytes say.
  static func outcome(
    of bytes: [UInt8], path: String, as format: EvidenceFormat?, keys: VerificationKeys = VerificationKeys(),
    cache: EvidenceCache? = nil
  ) -> EvidenceOutcome {
    let digest = hexadecimal(SHA256.hash(data: bytes))
    var file = EvidenceFile(path: path, size: bytes.count, sha256: digest, format: .document, payload: .document)
    var outcome = EvidenceOutcome(.read(file), path: path)
    outcome.sha256 = digest
    let key = EvidenceCache.Key(sha256: digest, format: format)
    if let known = cache?.file(key, path: path) {
      outcome.reading = .read(known)
      outcome.memory = .known(key)
      return outcome
    }
    do throws(EvidenceProblem) {
      guard
        let (reader, content) = try EvidenceFiles.reader(of: bytes, path: path, as: format, remarks: &outcome.remarks)
      else {
        return outcome
      }
      var report = try reader.read(content)
      report.verify(with: keys)
      file.format = reader.format
      (file.producedAt, file.tool, file.subjects) = (report.producedAt, report.tool, report.subjects)
      file.payload = report.payload
      outcome.reading = .read(file)
      outcome.remarks += report.remarks
      // What is odd is told each time, so that such a file is read each time.
      if cache != nil, outcome.remarks.isEmpty, let bytes = EvidenceCoding.bytes(of: file) {
        outcome.memory = .new(key, bytes)
      }
    } catch {
      outcome.problems = [error]
      outcome.reading = .unreadable(reason: "it \(error.reason)")
    }
    return outcome
  }

  /// Who reads the bytes; `nil` for a document.
  private static func reader(
    of bytes: [UInt8], path: String, as format: EvidenceFormat?, remarks: inout [EvidenceProblem]
  ) throws(EvidenceProblem) -> (EvidenceReader, EvidenceContent)? {
    if format == .document { return nil }
    if bytes.isEmpty, format == nil {
      remarks.append(EvidenceProblem(.emptyEvidence, "is empty", help: "see why nothing was written, and replace it"))
      return nil
    }
    let content = EvidenceContent(bytes)
    if let format, let reader = EvidenceReader.named(format) { return (reader, content) }
    if let reader = EvidenceReader.all.first(where: { $0.recognises(content) }) { return (reader, content) }
    // One that calls itself JSON and is not is damaged, and no document.
    let claimsJSON = [".json", ".jsonl", ".ndjson", ".sarif"].contains { path.lowercased().hasSuffix($0) }
    if claimsJSON { _ = try content.json() }
    remarks.append(
      EvidenceProblem(
        .unrecognisedEvidence, "is of no format that is read", help: "write `kind: document`, or give its `format`"))
    return nil
  }
}

/// In lower case; for digests of at most 64 bytes.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  String(unsafeUninitializedCapacity: 128) { buffer in
    var count = 0
    for byte in bytes where count < 128 {
      for half in [byte >> 4, byte & 15] {
        buffer[count] = half < 10 ? 0x30 + half : 0x57 + half
        count += 1
      }
    }
    return count
  }
}
