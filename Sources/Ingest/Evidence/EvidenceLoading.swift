import Diagnostics
import Model

/// Reads the evidence that records name.
struct EvidenceLoading: Sendable {
  let files: EvidenceFiles
  /// How many slices to cut the work into.
  let slices: Int
  /// Where to keep what was read, for the next time.
  var memory: EvidenceCacheFolder?

  /// What the entries of all releases name, and what is wrong with it.
  struct Loaded: Sendable {
    var shelf = EvidenceShelf()
    var report = Report()
  }

  private struct Use {
    var release: ReleaseID
    var entry: EvidenceEntry
    var job: Int
  }

  func load(_ releases: [ReleaseRecord]) async throws(FileError) -> Loaded {
    var loaded = Loaded()
    var jobs: [EvidenceJob] = []
    var numbers: [EvidenceJob: Int] = [:]
    var uses: [Use] = []
    let releases = releases.span
    for place in releases.indices {
      let release = (product: releases[place].product, version: releases[place].version)
      for entry in releases[place].evidence {
        let format = loaded.report.format(of: entry)
        let id = ReleaseID(product: release.product, version: release.version)
        guard let source = EvidenceLoading.source(of: entry) else {
          if entry.url != nil {
            loaded.shelf[id, entry.id.value] = .referenced(reason: "no `sha256` says which file it is")
          }
          continue
        }
        let job = EvidenceJob(source: source, format: format)
        let number = numbers[job] ?? jobs.count
        if number == jobs.count {
          numbers[job] = number
          jobs.append(job)
        }
        uses.append(Use(release: id, entry: entry, job: number))
      }
    }
    let cache = memory?.cache
    let outcomes = try await outcomes(of: jobs, cache: cache)
    if let memory, let cache { memory.keep(outcomes, after: cache) }
    var told = Set<Int>()
    for use in uses {
      let outcome = outcomes[use.job]
      loaded.shelf[use.release, use.entry.id.value] = outcome.reading(for: use.entry)
      loaded.report.add(outcome.findings(for: use.entry))
      if told.insert(use.job).inserted { loaded.report.add(outcome.findings(namedBy: use.entry)) }
    }
    return loaded
  }

  private static func source(of entry: EvidenceEntry) -> EvidenceJob.Source? {
    if let path = entry.path { return .file(path.value) }
    guard entry.url != nil, let digest = entry.sha256 else { return nil }
    return .stored(sha256: digest.value)
  }

  private func outcomes(
    of jobs: [EvidenceJob], cache: EvidenceCache?
  ) async throws(FileError) -> [EvidenceOutcome] {
    var files = files
    files.cache = cache
    let reading = files
    let results = await inSlices(of: jobs.count, slices: slices) { range -> Result<[EvidenceOutcome], FileError> in
      do throws(FileError) {
        var outcomes: [EvidenceOutcome] = []
        for job in jobs[range] { outcomes.append(try reading.outcome(of: job)) }
        return .success(outcomes)
      } catch {
        return .failure(error)
      }
    }
    var outcomes: [EvidenceOutcome] = []
    for result in results { outcomes += try result.get() }
    return outcomes
  }
}

extension Report {
  /// The format that an entry gives to its file.
  fileprivate mutating func format(of entry: EvidenceEntry) -> EvidenceFormat? {
    guard let format = entry.format else { return entry.kind?.value == "document" ? .document : nil }
    if let known = EvidenceFormat(rawValue: format.value) { return known }
    let words = EvidenceFormat.allCases.map(\.rawValue)
    error(
      .unknownEvidenceFormat, "there is no format \(quoted(format.value)) of evidence", at: format.location,
      help: suggestion(for: format.value, among: words) ?? "use one of " + words.joined(separator: ", "))
    return nil
  }
}

extension EvidenceOutcome {
  /// Other bytes than those that were pinned show nothing.
  fileprivate func reading(for entry: EvidenceEntry) -> EvidenceReading {
    guard let pinned = entry.sha256, let sha256, sha256 != pinned.value, reading.file != nil else { return reading }
    return .unreadable(
      reason: "its digest is `\(sha256.prefix(12))…`, and the record pins `\(pinned.value.prefix(12))…`")
  }

  /// What is wrong between an entry and its file, at the entry.
  fileprivate func findings(for entry: EvidenceEntry) -> [Diagnostic] {
    let location = entry.path?.location ?? entry.location
    switch refusal {
    case .missing:
      return [
        .error(
          .missingEvidence, "the evidence \(quoted(entry.path?.value ?? path)) does not exist", at: location,
          help: "correct the path, which is relative to the top of the checkout, or add the file")
      ]
    case .tooLarge(let size):
      return [
        .error(
          .evidenceOverLimit, "the evidence \(quoted(path)) has \(size) bytes; the limit is \(EvidenceContent.largest)",
          at: location, help: "split it, or write `kind: document` if it is for people only")
      ]
    case .some(let refusal): return [.refusal(refusal, of: path, limit: EvidenceContent.largest, at: location)]
    case nil: break
    }
    guard let pinned = entry.sha256, let sha256, sha256 != pinned.value else { return [] }
    // No error, or the site could not show what became of the release; the rules that need the file fail closed.
    return [
      .warning(
        .wrongDigest, "`\(path)` has the digest `\(sha256.prefix(12))…` and is pinned to `\(pinned.value.prefix(12))…`",
        at: pinned.location, notes: [Diagnostic.Note("its digest is \(sha256)")],
        help: "restore the file, or correct the digest if the new file is right")
    ]
  }

  /// What is wrong within the file, at its place there.
  fileprivate func findings(namedBy entry: EvidenceEntry) -> [Diagnostic] {
    let named = Diagnostic.Note("named here", at: entry.path?.location ?? entry.location)
    func finding(_ severity: Diagnostic.Severity, _ problem: EvidenceProblem) -> Diagnostic {
      let location = SourceLocation(file: path, line: problem.place?.line ?? 1, column: problem.place?.column ?? 1)
      return Diagnostic(
        severity, problem.code, "\(quoted(path)) \(problem.reason)", at: location, notes: [named], help: problem.help)
    }
    return problems.map { finding(.error, $0) } + remarks.map { finding(.warning, $0) }
  }
}
