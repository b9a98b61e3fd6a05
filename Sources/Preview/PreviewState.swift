import Diagnostics
import Publishing

/// What the server shows at the moment, and who is to be told when that changes.
actor PreviewState {
  /// What is shown.
  struct Site: Sendable {
    /// One for each audience.
    var sites: [LiveSite]
    /// Names the build; a page of another one is old.
    var build: String
  }

  /// Why there is no newer site, or what is wrong with this one.
  struct Problems: Hashable, Sendable {
    var title: String
    var text: String
    /// Whether they are of the site that is shown.
    var isOfSite = false
  }

  /// `nil` until the first build is through.
  private(set) var site: Site?
  private(set) var problems: Problems?
  private let run: String
  private var builds = 0
  private var listeners: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
  private var lastListener = 0

  /// - Parameter run: Names this run of the server, so that a page of an earlier one is known as old.
  init(run: String) { self.run = run }

  /// The build that a page is of; of no site before the first.
  var build: String { site?.build ?? "\(run)-0" }

  /// Shows another site. Where nothing in it differs from the one that is shown, only the problems go away.
  /// - Returns: What was shown before, for somebody to drop who has the time.
  func show(_ sites: [LiveSite], isNew: Bool) -> Site? {
    let last = site
    if isNew || site == nil { builds += 1 }
    site = Site(sites: sites, build: "\(run)-\(builds)")
    problems = nil
    tell(stateEvent)
    return last
  }

  /// Puts the sites of a build in place with all that they have, and says what is wrong with them.
  ///
  /// Nothing happens when another one is shown by now; why there is none stays said.
  func complete(_ build: String, _ sites: [LiveSite], _ problems: Problems?) {
    guard site?.build == build else { return }
    site?.sites = sites
    guard self.problems != problems, self.problems?.isOfSite ?? true else { return }
    self.problems = problems
    tell(stateEvent)
  }

  /// Keeps the site and says what is wrong.
  func show(_ problems: Problems) {
    self.problems = problems
    tell(stateEvent)
  }

  /// Events from now on, beginning with the present state.
  func events() -> AsyncStream<[UInt8]> {
    lastListener += 1
    let number = lastListener
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(16))
    continuation.onTermination = { _ in Task { await self.forget(number) } }
    continuation.yield(stateEvent)
    listeners[number] = continuation
    return stream
  }

  /// Keeps connections alive, and notices those that are gone.
  func beat() { tell(Array(": still here\n\n".utf8)) }

  private func forget(_ number: Int) { listeners[number] = nil }

  private func tell(_ event: [UInt8]) { for listener in listeners.values { listener.yield(event) } }

  /// - Source: HTML Living Standard §9.2.6, "event stream interpretation".
  private var stateEvent: [UInt8] {
    Array("event: state\ndata: {\"build\": \"\(build)\", \"problems\": \(problems != nil)}\n\n".utf8)
  }

  private var remark: String {
    if site == nil { return "There is no site yet." }
    return problems?.isOfSite == true
      ? "What you see is the site as it is now; `gazette build` would not write it."
      : "What you see is the last site that could be made."
  }

  /// What the overlay shows, as JSON.
  var problemsText: [UInt8] {
    var bytes = Array("{\"title\": ".utf8)
    JSONText.append(problems?.title ?? "", to: &bytes)
    bytes += Array(", \"state\": ".utf8)
    JSONText.append(remark, to: &bytes)
    bytes += Array(", \"text\": ".utf8)
    JSONText.append(problems?.text ?? "", to: &bytes)
    return bytes + Array("}\n".utf8)
  }
}
