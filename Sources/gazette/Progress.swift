import Ingest

/// One line on a terminal that says what is being done, once work takes longer than one waits without wondering.
struct Progress: Sendable {
  private let start = ContinuousClock.now
  private static let patience = Duration.milliseconds(300)
  private static let emptyLine = "\r\u{1B}[K"

  func tell(_ stage: Stage) {
    guard ContinuousClock.now - start > Progress.patience, let words = Progress.words(after: stage) else { return }
    Console.standardError.write(Progress.emptyLine + words + "…")
  }

  func end() {
    if ContinuousClock.now - start > Progress.patience { Console.standardError.write(Progress.emptyLine) }
  }

  /// What comes after a stage that is done; `nil` after the last.
  static func words(after stage: Stage) -> String? {
    switch stage {
    case .records: "Reading history"
    case .git: "Joining deployments"
    case .deliveries: "Joining releases"
    case .history: "Setting texts"
    case .texts: "Reading evidence"
    case .evidence: "Judging by the rules"
    case .rules: "Planning pages"
    case .figures: "Writing figures"
    case .plan: "Rendering pages"
    case .pages: "Writing files"
    case .files: nil
    }
  }
}
