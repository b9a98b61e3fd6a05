import Diagnostics
import Ingest
import Model
import Publishing

/// Builds, and builds again when something changed.
struct Rebuilding {
  private let request: PreviewRequest
  /// Beside which to keep what need not be read again.
  private let output: String
  private let state: PreviewState
  private let tell: @Sendable (PreviewEvent) -> Void
  private var memory = BuildMemory()
  /// The sites that are shown, of their build.
  private var shown: (build: SiteBuild, sites: [LiveSite])?
  /// Reads the pages of the sites that are shown.
  private var reading: Task<Void, Never>?
  /// The top of the checkout.
  private let top: String
  /// Relative to the top: what the last build that got so far was made from.
  private var sources: [String] = []

  init(
    _ request: PreviewRequest, in folder: String, state: PreviewState, tell: @escaping @Sendable (PreviewEvent) -> Void
  ) {
    (self.request, self.state, self.tell) = (request, state, tell)
    output = folder + "/site"
    top = Rebuilding.top(above: request.build(output).source.folder)
  }

  /// How long to wait between two looks, at the least.
  private static let pause = Duration.milliseconds(100)
  /// How long to wait between two questions to the system, and how many of them until a look is due all the same: of
  /// what happens on other machines it does not tell.
  private static let shortPause = Duration.milliseconds(10)
  private static let longestQuiet = 500
  /// How many pauses to wait for files that keep changing.
  private static let mostPauses = 100

  mutating func run() async throws {
    defer { reading?.cancel() }
    var watch = currentWatch()
    var folders = watch.folders
    var events = FolderEvents(in: folders)
    while true {
      // What changes from now on is seen as a change after the rebuild, unless the system tells of it anyway.
      let watched = watch
      let before = events == nil ? watched.look() : nil
      async let look = before ?? watched.look()
      try await rebuild()
      var seen = await look
      let next = currentWatch()
      let nextFolders = next.folders
      if next != watch || nextFolders != folders {
        (watch, folders, events) = (next, nextFolders, FolderEvents(in: nextFolders))
        // What is watched from now on only may have changed since it was read, so it is read once more.
        seen = Watch.Look()
      }
      memory.note(try await change(of: watch, since: seen, events), below: top)
    }
  }

  /// Waits for a change, and until nothing changes any more: a switch of branches writes a thousand files, and is one.
  /// - Returns: Where something changed, relative to the top; `nil` where that is not known.
  private func change(
    of watch: Watch, since seen: Watch.Look, _ events: FolderEvents?
  ) async throws -> Set<String>? {
    var pauses = 0
    var news = FolderNews()
    while true {
      try await Task.sleep(for: events == nil ? pause(after: seen) : Rebuilding.shortPause)
      pauses += 1
      if pauses % Rebuilding.longestQuiet == 0 { await state.beat() }
      if let events {
        news.add(events.news())
        if news.counts {
          try await settle(seen, of: watch, events, &news)
          return news.paths.map { Set($0.map(relative)) }
        }
        guard seen == Watch.Look() || pauses % Rebuilding.longestQuiet == 0 else { continue }
      }
      let look = watch.look()
      if look != seen {
        try await settle(look, of: watch, events, &news)
        return nil
      }
    }
  }

  private func relative(_ path: String) -> String {
    path.hasPrefix(top + "/") ? String(path.dropFirst(top.count + 1)) : path
  }

  private func settle(
    _ look: Watch.Look, of watch: Watch, _ events: FolderEvents?, _ news: inout FolderNews
  ) async throws {
    var last = look
    for _ in 0..<Rebuilding.mostPauses {
      try await Task.sleep(for: Rebuilding.shortPause)
      if let events {
        let more = events.news()
        news.add(more)
        if !more.counts, !watch.isGitAtWork { return }
        continue
      }
      let next = watch.look()
      if next == last, !watch.isGitAtWork { return }
      last = next
    }
  }

  /// Looking at many files takes its time, and must not take the whole processor.
  private func pause(after look: Watch.Look) -> Duration {
    max(Rebuilding.pause, .microseconds(look.count * 20))
  }

  private func currentWatch() -> Watch {
    let source = request.build(output).source
    let paths = Set(sources + [source.content]).sorted()
    return Watch(
      paths: paths.map { $0.hasPrefix("/") ? $0 : top + "/" + $0 },
      repositories: ([top] + source.sources.values.sorted()).compactMap { Watch.Repository(at: $0) })
  }

  /// The checkout that a folder is in.
  private static func top(above folder: String) -> String {
    var top = folder
    while true {
      do {
        if try FileStatus(ofLinkAt: top + "/.git") != nil { return top }
      } catch {
        return folder
      }
      guard let slash = top.lastIndex(of: "/"), slash != top.startIndex else { return folder }
      top = String(top[..<slash])
    }
  }

  private mutating func rebuild() async throws {
    try Task.checkCancellation()
    reading?.cancel()
    let start = request.now()
    do throws(FileError) {
      let (build, sites) = try await liveSites(request.build(output), remembering: &memory)
      if !build.sources.isEmpty { sources = build.sources }
      try await take(build, sites, since: start)
    } catch {
      guard !Task.isCancelled else { return }
      await state.show(Rebuilding.problems(of: error))
      tell(.stopped(error))
      await readAgain()
    }
  }

  private static func problems(of error: FileError) -> PreviewState.Problems {
    PreviewState.Problems(
      title: "The site cannot be built",
      text: "error: \(error.description)\n" + (error.help.map { " = help: \($0)\n" } ?? ""))
  }

  private mutating func take(
    _ build: SiteBuild, _ sites: [LiveSite], since start: Duration
  ) async throws(FileError) {
    guard !sites.isEmpty else {
      let report = request.build(output).source.isStrict ? build.report.strict : build.report
      await state.show(
        Rebuilding.problems(
          in: report, root: build.root, title: "The site cannot be built", describe: request.describe))
      tell(.failed(build))
      return await readAgain()
    }
    let isNew = shown == nil || sites.first?.inputs != shown?.sites.first?.inputs
    let last = await state.show(sites, isNew: isNew)
    tell(.built(build, isNew: isNew, took: request.now() - start))
    withExtendedLifetime(last) {}
    shown = (build, sites)
    await read(sites, of: build)
  }

  /// Goes on with the sites that stay.
  private mutating func readAgain() async {
    if let shown { await read(shown.sites, of: shown.build) }
  }

  /// What keeps a site from being written; the rest is in the terminal.
  private static func problems(
    in report: Report, root: String?, title: String, describe: (Report, String?) -> String
  ) -> PreviewState.Problems {
    var errors = Report()
    errors.add(report.diagnostics.filter { $0.severity == .error })
    let count = errors.count(of: .error)
    return PreviewState.Problems(
      title: "\(title): \(count) error\(count == 1 ? "" : "s")", text: describe(errors, root))
  }

  /// Reads all pages while nothing changes.
  private mutating func read(_ sites: [LiveSite], of build: SiteBuild) async {
    let isStrict = request.build(output).source.isStrict
    let name = await state.build
    // What somebody waits for goes before it.
    reading = Task(priority: .utility) { [request, state, tell] in
      do throws(FileError) {
        var whole: [LiveSite] = []
        var found = Report()
        for site in sites {
          let (site, report) = try await site.whole()
          whole.append(site)
          found.merge(report)
        }
        guard !Task.isCancelled else { return }
        if isStrict { found = found.strict }
        guard found.hasErrors else { return await state.complete(name, whole, nil) }
        var problems = Rebuilding.problems(
          in: found, root: build.root, title: "The pages are not in order", describe: request.describe)
        problems.isOfSite = true
        await state.complete(name, whole, problems)
        var build = build
        build.report = found
        tell(.read(build))
      } catch {
        guard !Task.isCancelled else { return }
        await state.show(Rebuilding.problems(of: error))
        tell(.stopped(error))
      }
    }
  }
}
