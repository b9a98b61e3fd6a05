import Diagnostics
import Model

extension Rule {
  static let securityDisclosed = Rule(
    "security-disclosed",
    title: "each vulnerability that it fixes is named, with its severity, and its embargo was kept",
    why:
      "Customers who decide what to upgrade first need to know what was fixed and how bad it was, and not too early.",
    appliesTo: """
      Releases that name vulnerabilities in `security`, and those with scans of their own and of the release before: \
      what counted there and is not found any more was fixed.
      """,
    fix: """
      Name each fixed vulnerability in `security` with its `severity`, also one that went with a component, and keep \
      `disclosed` behind `embargo_until`.
      """,
    due: .release, asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      security:
        - {id: CVE-2026-90001, summary: Readings of others}
      """, fault: "{id: CVE-2026-90001"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      security:
        - {id: CVE-2026-90001, severity: high, summary: Readings of others}
      """)
  ) { release in
    let named = release.release.security
    var problems: [Reason] = []
    let scans = release.scansCompared
    if case .compared(let difference) = scans {
      problems += difference.unnamed(in: named).map { release.reason(for: $0) }
    }
    for vulnerability in named {
      if vulnerability.isFixed, vulnerability.severity == nil {
        problems.append(
          Reason(
            "the fix of `\(vulnerability.id)` does not say how severe it was", at: vulnerability.location,
            help: "add `severity`"))
      }
      if let disclosed = vulnerability.disclosed, let until = vulnerability.embargoUntil,
        disclosed.lastMoment(in: release.zone) < until
      {
        problems.append(
          Reason(
            "`\(vulnerability.id)` was disclosed on \(disclosed.words(in: release.zone)), under its embargo",
            at: vulnerability.location, help: "correct the date, or treat the embargo as broken and end it"))
      }
    }
    guard problems.isEmpty else { return .failed(problems) }
    var shown = named.map { vulnerability in
      let severity = vulnerability.severity.map { ", \($0.rawValue)" } ?? ""
      return Reason("`\(vulnerability.id)`\(severity) is disclosed", at: vulnerability.location)
    }
    switch scans {
    case .compared(let difference):
      let count = difference.fixed.count
      shown.append(
        Reason(
          "by its scans and those of the release before it "
            + (count == 0 ? "it fixes nothing that was known" : "nothing was fixed that it does not name")))
    case .unread(let reason): return .unverifiable(reason, need: reason.help ?? "add the file")
    case .none(let reason):
      guard !named.isEmpty else { return .notApplicable("it names no vulnerability, and \(reason)") }
      shown.append(Reason("what scans show was not compared: \(reason)"))
    }
    return .passed(shown)
  }
}

/// What the scans of a release and of the one before it say together.
private enum ScansCompared {
  case compared(VulnerabilityDifference)
  case unread(Reason)
  /// Why there is nothing to compare.
  case none(String)
}

extension RuleCase {
  /// What was known of both by the moment of judgement; a later scan of the older release tells more of it.
  fileprivate var scansCompared: ScansCompared {
    guard let predecessor else { return .none("there is no release before it") }
    let before = RuleCase(
      facts: facts, shelf: shelf, subject: predecessor, setting: setting, moment: moment, isOpen: isOpen)
    let (old, new) = (before.vulnerabilityStudy, vulnerabilityStudy)
    if let unread = old.unread.first ?? new.unread.first { return .unread(unread) }
    guard new.hasScan else { return .none("it has no scan for vulnerabilities") }
    guard old.hasScan else { return .none("\(before.name) has no scan for vulnerabilities") }
    return .compared(VulnerabilityDifference(from: before.picture(of: old), to: picture(of: new)))
  }

  fileprivate func reason(for fixed: VulnerabilityPicture.Entry) -> Reason {
    let severity = fixed.severity.map { ", \($0.word)," } ?? ""
    return Reason(
      "by its scans \(name) fixes `\(fixed.id)`\(severity) in `\(fixed.package)`, and `security` does not name it",
      at: place, help: "add it to `security`, with `embargo_until` where nobody may know yet")
  }
}

extension VulnerabilityDifference {
  /// What was fixed and is named by none of its names, each vulnerability once.
  fileprivate func unnamed(in named: [Vulnerability]) -> [VulnerabilityPicture.Entry] {
    var told = Set(named.flatMap { [$0.id] + $0.aliases }.map(VulnerabilityAliases.spelling))
    return fixed.filter { entry in
      let names = ([entry.id] + entry.aliases).map(VulnerabilityAliases.spelling)
      defer { told.formUnion(names) }
      return told.isDisjoint(with: names)
    }
  }
}
