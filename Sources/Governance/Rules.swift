extension Rule {
  /// Every rule, in the order of the guide.
  ///
  /// To add one: write `Rules/<Name>.swift` with its parameters as `private static let` and the rule as `static let` in an
  /// extension of `Rule`, after the model of its neighbours, and list it here. Its examples are its first test.
  package static let all: [Rule] = [
    .versionIncreases, .tagMatches, .releaseRecorded, .changeDescribed, .breakingExplained, .securityDisclosed,
    .scopeFrozen, .commitsTraced, .changesReviewed, .dependenciesReleased, .buildRecorded, .evidencePresent,
    .evidenceMatches, .evidenceUnchanged, .testsPassed, .coverageSufficient, .acceptanceGiven,
    .vulnerabilitiesAcceptable, .sbomComplete, .componentsAllowed, .licencesAllowed, .provenanceVerified,
    .accessibilityPassed, .performanceWithinLimits, .approvalsComplete, .approverIsNotAuthor, .policyApproved,
    .riskClassified, .windowRespected, .trainOnTime, .noCollision, .rolloutStaged, .rollbackReady, .exercisedLately,
    .environmentsAlike, .runbookComplete, .stakeholdersTold, .validatedAfter, .reviewedAfter, .flagsCurrent,
    .supportStated, .compatibilityStated, .recordUnchanged, .commitsSigned, .emergencyFollowedUp, .gateHonoured,
    .controlEvidenced,
  ]
}
