extension Rule {
  /// Every rule, in the order of the guide.
  package static let all: [Rule] = [
    .breakingExplained, .evidencePresent, .approvalsComplete, .riskClassified,
  ]
}
