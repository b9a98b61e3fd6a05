package import Diagnostics
import Governance
import Model

extension GateAnswer {
  /// The answer for a terminal: what it lacks first, each with its place, then what is waived, pending and met.
  package var words: String {
    let name = "\(release.product) \(release.version)"
    var text: String
    if isOpen {
      text = "\(name) may go to \(environment.name).\n"
    } else {
      let count = obstacles.count + outcomes.reduce(0) { $0 + ($1.isBlocking ? $1.reasons.count : 0) }
      text = "\(name) may not go to \(environment.name): \(count) \(count == 1 ? "thing" : "things") open.\n"
    }
    if hasShipped { text += "It went out already; this is how it stood then.\n" }
    text += section("In the way", obstacles.map { line("gate", $0) })
    text += section("Not met", outcomes.filter(\.isBlocking).flatMap(lines))
    text += section("Not met, and no obstacle", outcomes.filter { isBroken($0) && !$0.isBlocking }.flatMap(lines))
    text += section(
      "Waived",
      outcomes.filter { $0.result == .waived }.map { outcome in
        "\(outcome.rule): " + (outcome.reasons.last?.text ?? "waiver `\(outcome.waiver ?? "")`")
      })
    text += section(
      "Pending",
      outcomes.filter { $0.result == .pending }.map { outcome in
        let until = outcome.dueAt.map { " until " + zone.words(for: $0) } ?? ""
        return "\(outcome.rule)\(until): " + outcome.reasons.map(\.text).joined(separator: "; ")
      })
    text += section("Met", folded(outcomes.filter { $0.result == .passed }.map(\.rule)))
    text += section("Does not apply", folded(outcomes.filter { $0.result == .notApplicable }.map(\.rule)))
    text += section("Not committed", uncommitted.count > 10 ? ["\(uncommitted.count) files"] : uncommitted)
    return text + "\nAs of \(zone.words(for: asOf))" + (policyDigest.map { ", by the policy \($0.prefix(12))" } ?? "")
      + ".\n"
  }

  private func isBroken(_ outcome: Outcome) -> Bool { outcome.result == .failed || outcome.result == .unverifiable }

  private func lines(_ outcome: Outcome) -> [String] { outcome.reasons.map { line(outcome.rule, $0) } }

  private func line(_ rule: String, _ reason: Reason) -> String {
    let place = reason.location.map { " (\($0.file):\($0.line):\($0.column))" } ?? ""
    let notes = reason.notes.map { note in
      "\n    note: \(note.text)" + (note.location.map { " (\($0.file):\($0.line):\($0.column))" } ?? "")
    }
    return "\(rule): \(reason.text)\(place)" + notes.joined() + (reason.help.map { "\n    \($0)" } ?? "")
  }

  /// The same for programs: what is in the way as errors, what else is not met as warnings.
  package var findings: [Diagnostic] {
    let broken = outcomes.filter(isBroken).flatMap { outcome in
      outcome.reasons.map { finding(outcome.isBlocking ? .error : .warning, outcome.rule, $0) }
    }
    return obstacles.map { finding(.error, "gate", $0) } + broken
  }

  private func finding(_ severity: Diagnostic.Severity, _ rule: String, _ reason: Reason) -> Diagnostic {
    Diagnostic(
      severity, rule: rule, reason.text, at: reason.location, label: reason.label, notes: reason.notes,
      help: reason.help)
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    lines.isEmpty ? "" : "\n\(title):\n" + lines.map { "  \($0)\n" }.joined()
  }

  /// Names on as few lines as fit a terminal.
  private func folded(_ names: [String]) -> [String] {
    var lines: [String] = []
    for name in names {
      if let last = lines.last, last.count + name.count < 76 {
        lines[lines.count - 1] = last + ", " + name
      } else {
        lines.append(name)
      }
    }
    return lines
  }
}
