import Model

/// What a heading in a release's notes says of the list below it.
enum ChangeHeading: Equatable {
  /// Every item is a change of this kind.
  case kind(Change.Kind)
  /// The items are changes, and nothing is said of their kind.
  case changes

  /// - Returns: `nil` for any other heading.
  init?(_ words: String) {
    let key = words.lowercased()
      .split { !$0.isLetter && !$0.isNumber && $0 != "'" }
      .joined(separator: " ")
    guard let heading = ChangeHeading.known[key] else { return nil }
    self = heading
  }

  /// - Source: Keep a Changelog 1.1.0 and 2.0.0; the sections of release-please, conventional-changelog and changesets;
  ///   the release notes of Kubernetes.
  private static let known: [String: ChangeHeading] = {
    let kinds: [(Change.Kind, [String])] = [
      (
        .breaking,
        [
          "breaking", "breaking change", "breaking changes", "backward incompatible changes", "incompatible changes",
          "major changes", "action required", "urgent upgrade notes",
        ]
      ),
      (.security, ["security", "security fixes", "security fix", "security updates", "vulnerabilities"]),
      (.feature, ["added", "add", "additions", "feature", "features", "new", "new features", "new feature"]),
      (.improvement, ["changed", "change", "improved", "improvement", "improvements", "enhancement", "enhancements"]),
      (.fix, ["fixed", "fix", "fixes", "bug fix", "bug fixes", "bugfix", "bugfixes", "bugs fixed", "resolved issues"]),
      (.deprecation, ["deprecated", "deprecation", "deprecations"]),
      (.removal, ["removed", "removal", "removals"]),
      (.performance, ["performance", "performance improvements", "performance improvement", "perf"]),
      (.documentation, ["documentation", "docs", "documentation changes"]),
      (.dependency, ["dependencies", "dependency", "dependency updates", "updated dependencies", "deps"]),
    ]
    var known: [String: ChangeHeading] = [:]
    for (kind, names) in kinds {
      for name in names { known[name] = .kind(kind) }
    }
    for name in [
      "minor changes", "patch changes", "changes", "other", "other changes", "other notable changes", "notable changes",
      "miscellaneous", "miscellaneous chores", "code refactoring", "tests", "build system", "continuous integration",
      "styles", "reverts", "chores", "refactoring", "internal", "what's changed", "what's new",
    ] {
      known[name] = .changes
    }
    return known
  }()
}
