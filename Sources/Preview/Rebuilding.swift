import Diagnostics
import Ingest
import Model
import Publishing

/// Builds, and builds again when something changed.
struct Rebuilding {
  private let request: PreviewRequest
  /// Two outputs; the one that is not shown is built into.
  private let outputs: [String]
  private let state: PreviewState
  private let tell: @Sendable (PreviewEvent) -> Void
  private var shown = 1
  /// Relative to the top of the checkout: what the last build that got so far was made from.
  private var sources: [String] = []

  init(
    _ request: PreviewRequest, in folder: String, state: PreviewState, tell: @escaping @Sendable (PreviewEvent) -> Void
  ) {
    (self.request, self.state, self.tell) = (request, state, tell)
    outputs = ["a", "b"].map { folder + "/" + $0 }
  }

  /// How long to wait between two looks, at the least.
  private static let pause = Duration.milliseconds(100)
  /// How many pauses to wait for files that keep changing.
  private static let mostPauses = 50

  mutating func run() async throws {
    var watch = currentWatch()
    var seen = watch.look()
    try await rebuild()
    (watch, seen) = moved(from: watch, seen: seen)
    var pauses = 0
    while true {
      try await Task.sleep(for: pause(after: seen))
      let look = watch.look()
      guard look != seen else {
        pauses += 1
        if pauses % 100 == 0 { await state.beat() }
        continue
      }
      seen = try await settled(look, of: watch)
      try await rebuild()
      (watch, seen) = moved(from: watch, seen: seen)
    }
  }

  /// Looking at many files takes its time, and must not take the whole processor.
  private func pause(after look: Watch.Look) -> Duration {
    max(Rebuilding.pause, .microseconds(look.count * 20))
  }

  /// Waits until nothing changes any more: a switch of branches writes a thousand files, and is one change.
  private func settled(_ look: Watch.Look, of watch: Watch) async throws -> Watch.Look {
    var last = look
    for _ in 0..<Rebuilding.mostPauses {
      try await Task.sleep(for: .milliseconds(30))
      let next = watch.look()
      if next == last, !watch.isGitAtWork { return next }
      last = next
    }
    return last
  }

  /// What to watch from now on. What changed while the site was built is seen as a change then.
  private func moved(from watch: Watch, seen: Watch.Look) -> (Watch, Watch.Look) {
    let next = currentWatch()
    guard next != watch else { return (watch, seen) }
    // Whether something changed in the meantime only the old list can tell.
    return watch.look() == seen ? (next, next.look()) : (next, Watch.Look())
  }

  private func currentWatch() -> Watch {
    let source = request.build(outputs[0]).source
    let top = Rebuilding.top(above: source.folder)
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
    let start = request.now()
    let output = outputs[1 - shown]
    do throws(FileError) {
      let build = try await Publishing.build(request.build(output))
      if !build.sources.isEmpty { sources = build.sources }
      try await take(build, at: output, since: start)
    } catch {
      guard !Task.isCancelled else { return }
      await state.show(
        PreviewState.Problems(
          title: "The site cannot be built",
          text: "error: \(error.description)\n" + (error.help.map { " = help: \($0)\n" } ?? "")))
      tell(.stopped(error))
    }
  }

  private mutating func take(
    _ build: SiteBuild, at output: String, since start: Duration
  ) async throws(FileError) {
    var told = build
    // What it was made of is as large as the site.
    told.remains = []
    guard build.written != nil else {
      // What keeps the site from being built; the rest is in the terminal.
      let report = request.build(output).source.isStrict ? build.report.strict : build.report
      var errors = Report()
      errors.add(report.diagnostics.filter { $0.severity == .error })
      let count = errors.count(of: .error)
      await state.show(
        PreviewState.Problems(
          title: "The site cannot be built: \(count) error\(count == 1 ? "" : "s")",
          text: request.describe(errors, build.root)))
      tell(.failed(told))
      return
    }
    let isNew = try differs(output, from: outputs[shown])
    if isNew { shown = 1 - shown }
    await state.show(output, isNew: isNew)
    tell(.built(told, isNew: isNew, took: request.now() - start))
  }

  /// Whether two built sites differ, by their seals, which list every file with its digest.
  private func differs(_ output: String, from other: String) throws(FileError) -> Bool {
    for audience in request.audiences {
      let seal = (request.audiences.count > 1 ? audience.rawValue + "/" : "") + "seal.json"
      let (new, old) = (try SiteFolder(path: output).file(seal), try SiteFolder(path: other).file(seal))
      if new == nil || new != old { return true }
    }
    return false
  }
}
