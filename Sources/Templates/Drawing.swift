import Diagnostics

/// A page as it comes into being.
struct Drawing {
  var page: [UInt8]
  var report: Report
  /// The values that names are looked up in, the innermost last; never empty.
  var contexts: [Value]
  /// The names with a finding.
  var reported: Set<Int> = []

  init(data: Value, page: [UInt8], report: Report) {
    self.page = page
    self.report = report
    contexts = [data]
  }
}
