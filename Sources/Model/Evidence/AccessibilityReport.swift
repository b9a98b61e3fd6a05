/// What a check of pages for accessibility found.
package struct AccessibilityReport: Hashable, Sendable {
  package enum Impact: String, CaseIterable, Hashable, Sendable, Comparable {
    case minor, moderate, serious, critical

    /// The mildest come first.
    package static func < (a: Impact, b: Impact) -> Bool { a.rank < b.rank }

    private var rank: Int {
      switch self {
      case .minor: 0
      case .moderate: 1
      case .serious: 2
      case .critical: 3
      }
    }
  }

  /// One rule on one page.
  package struct Issue: Hashable, Sendable {
    package var rule: String
    /// `nil` where the engine gives none; such an issue may be as bad as any.
    package var impact: Impact?
    package var help: String
    package var tags: [String]
    /// The address of the page.
    package var page: String
    /// How many elements.
    package var count: Int
    /// The first of the elements, as selectors.
    package var targets: [String]

    package init(
      rule: String, impact: Impact?, help: String, tags: [String], page: String, count: Int, targets: [String]
    ) {
      (self.rule, self.impact, self.help, self.tags) = (rule, impact, help, tags)
      (self.page, self.count, self.targets) = (page, count, targets)
    }
  }

  /// The addresses of the pages, in the order of the file. Empty when none was looked at, which proves nothing.
  package var pages: [String] = []
  package var violations: [Issue] = []
  /// What the engine could not decide; no pass.
  package var incomplete: [Issue] = []
  /// How many rules passed, on all pages together.
  package var passes = 0

  package init() {}
}
