package import Diagnostics
package import Ingest
import Model

/// The text of a baseline that accepts what a report finds.
///
/// What is accepted already keeps its reason and its day; the rest has neither, and Gazette does not take the file before
/// somebody has filled them in.
package func baselineText(accepting report: Report, keeping old: Baseline?) -> String {
  var counts: [FindingKey: Int] = [:]
  for diagnostic in report.diagnostics where diagnostic.severity != .info { counts[diagnostic.key, default: 0] += 1 }
  let known = Dictionary((old?.entries ?? []).map { ($0.finding, $0) }, uniquingKeysWith: { first, _ in first })
  var text = """
    # Findings that do not count for the exit status until a day, each for a reason. Fill in `reason` and `expires`
    # (a day such as 2026-12-31); `gazette check --baseline FILE` refuses the file before that.
    # Nothing here changes the site or the gate.

    """
  for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
    text += "- code: \(quoted(key.code))\n"
    if !key.file.isEmpty { text += "  file: \(quoted(key.file))\n" }
    text += "  message: \(quoted(key.message))\n"
    if count > 1 { text += "  count: \(count)\n" }
    text += "  reason:" + (known[key].map { " " + quoted($0.reason) } ?? "") + "\n"
    text += "  expires:" + (known[key].map { " " + $0.expires.iso } ?? "") + "\n"
  }
  return text
}

/// As a YAML scalar in quotes: nothing in it means anything but itself.
private func quoted(_ text: String) -> String {
  let isSimple = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  return isSimple ? "'" + text.replacing("'", with: "''") + "'" : YAMLText.scalar(text, blockAt: nil)
}
