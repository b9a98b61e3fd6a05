/// How much of the code the tests went through.
package struct CoverageReport: Hashable, Sendable {
  /// So many of so many; never more than there are.
  package struct Share: Hashable, Sendable {
    package var covered: Int
    package var valid: Int

    package init(covered: Int, valid: Int) {
      let valid = min(max(valid, 0), Share.most)
      (self.covered, self.valid) = (min(max(covered, 0), valid), valid)
    }

    /// More than any program has, and few enough that sums of sums never overflow.
    private static let most = 1_000_000_000_000

    /// From 0 to 1; `nil` where nothing could be covered.
    package var rate: Double? { valid > 0 ? Double(covered) / Double(valid) : nil }

    package static func + (a: Share, b: Share) -> Share {
      Share(covered: a.covered + b.covered, valid: a.valid + b.valid)
    }
  }

  package struct File: Hashable, Sendable {
    package var path: String
    package var lines: Share
    package var branches: Share

    package init(path: String, lines: Share, branches: Share) {
      (self.path, self.lines, self.branches) = (path, lines, branches)
    }
  }

  package var lines: Share
  package var branches: Share
  /// By the bytes of their paths; empty where the report speaks only of the whole.
  package var files: [File]

  package init(lines: Share, branches: Share, files: [File]) {
    (self.lines, self.branches, self.files) = (lines, branches, files)
  }
}
