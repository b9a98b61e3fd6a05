import Model

/// The lines of files and what of them was run, gathered from as many records as speak of a file.
///
/// A line that two records name, for two classes or two tests, is one line.
struct LineCoverage {
  private struct File {
    var path: String
    /// Whether each line was run.
    var lines: [Int: Bool] = [:]
    /// The branches that begin on a line.
    var branches: [Int: CoverageReport.Share] = [:]
  }

  private var numbers: [String: Int] = [:]
  private var files: [File] = []

  /// The number of a file.
  mutating func file(_ path: String) -> Int {
    if let number = numbers[path] { return number }
    numbers[path] = files.count
    files.append(File(path: path))
    return files.count - 1
  }

  mutating func addLine(_ number: Int, of file: Int, isCovered: Bool) {
    files[file].lines[number, default: false] = files[file].lines[number] == true || isCovered
  }

  /// The branches that begin on a line; of two records the one that saw more counts.
  mutating func addBranches(_ share: CoverageReport.Share, at number: Int, of file: Int) {
    let known = files[file].branches[number] ?? CoverageReport.Share(covered: 0, valid: 0)
    files[file].branches[number] = CoverageReport.Share(
      covered: max(known.covered, share.covered), valid: max(known.valid, share.valid))
  }

  var report: CoverageReport {
    let none = CoverageReport.Share(covered: 0, valid: 0)
    let shares = files.map { file in
      CoverageReport.File(
        path: EvidenceText.name(file.path),
        lines: CoverageReport.Share(covered: file.lines.values.count { $0 }, valid: file.lines.count),
        branches: file.branches.values.reduce(none, +))
    }
    return CoverageReport(
      lines: shares.reduce(none) { $0 + $1.lines }, branches: shares.reduce(none) { $0 + $1.branches },
      files: shares.sorted { precedesInBytes($0.path, $1.path) })
  }
}
