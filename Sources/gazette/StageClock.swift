import Ingest

/// Says when each stage of a build was done, on standard error.
struct StageClock: Sendable {
  private let start = ContinuousClock.now

  func tell(_ stage: Stage) {
    let thousandths = Int(((ContinuousClock.now - start) / .seconds(1) * 1000).rounded())
    let rest = String(thousandths % 1000)
    Console.standardError.write(
      "\(stage.rawValue) done at \(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) s\n")
  }
}
