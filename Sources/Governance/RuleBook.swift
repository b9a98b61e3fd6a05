package import Diagnostics
package import Model

/// The rules of a site with their settings, put together from packs and own files and found sound.
package struct RuleBook: Sendable {
  /// A rule with what the policy asks of it.
  package struct Entry: Sendable {
    package var rule: Rule
    /// The first that applies to a release is used.
    package var variants: [RuleSetting]
    /// Where the policy names the rule.
    package var location: SourceLocation
    /// The pack that it comes from; `nil` for the site's own.
    package var pack: String?
  }

  /// In the order of ``Rule/all``; only those that the policy sets and does not switch off.
  package private(set) var entries: [Entry] = []
  package private(set) var waiverTerms = WaiverTerms()
  /// The keys of the terms that the site's own files set.
  private var ownTerms: Set<String> = []
  /// With what the policy adds to their controls, by id.
  package private(set) var frameworks: [Framework] = []
  package let digest: String?
  let waivers: [Waiver]

  /// Puts a policy together: own files override packs, and packs what they extend, rule by rule.
  ///
  /// - Parameters:
  ///   - periods: Whose frameworks must be known ones.
  ///   - report: Says every name and value that is wrong, at its place.
  package init(_ policy: Policy, periods: [Site.Period] = [], into report: inout Report) {
    (digest, waivers) = (policy.digest, policy.waivers)
    var set: [String: (entry: RuleEntry, file: PolicyFile)] = [:]
    var clashes = PackClashes(policy)
    for file in policy.files {
      if let terms = file.waiverTerms { add(terms, of: file, into: &report) }
      for entry in file.rules {
        if let other = set[entry.id.value], other.file.pack == nil {
          report.error(
            .ruleSetTwice, "the rule `\(entry.id.value)` is set in two files", at: entry.id.location,
            notes: [Diagnostic.Note("the other is", at: other.entry.id.location)],
            help: "keep one of them; a list of variants with `applies` tells releases apart")
        }
        if let other = set[entry.id.value] { clashes.note(entry.id.value, of: file, over: other.file) }
        set[entry.id.value] = (entry, file)
        if Rule.named(entry.id.value) == nil { report.add(.unknownRule(entry.id)) }
      }
    }
    clashes.tell { set[$0]?.file.pack }.forEach { report.add($0) }
    for rule in Rule.all {
      guard let (entry, file) = set[rule.id] else { continue }
      if entry.variants.isEmpty {
        report.error(
          .malformedParameter, "the rule `\(rule.id)` has no settings, so it is asked of nothing",
          at: entry.id.location,
          help: "write `{}` for its defaults, or `{severity: 'off'}`")
      }
      let variants = entry.variants.map { RuleSetting($0, for: rule, into: &report) }
      guard variants.contains(where: { $0.severity != .off }) else { continue }
      entries.append(Entry(rule: rule, variants: variants, location: entry.id.location, pack: file.pack))
    }
    for waiver in waivers where Rule.named(waiver.rule.value) == nil { report.add(.unknownRule(waiver.rule)) }
    frameworks = RuleBook.frameworks(of: policy, into: &report)
    check(periods, knows: !policy.isEmpty, into: &report)
  }

  /// Takes the terms of a file, key by key, for what it does not say is no less asked.
  private mutating func add(_ terms: WaiverTerms, of file: PolicyFile, into report: inout Report) {
    func check(_ key: String, _ mine: SourceLocation?, _ other: SourceLocation?) {
      guard let mine, let other, file.pack == nil, ownTerms.contains(key) else { return }
      report.error(
        .ruleSetTwice, "`\(key)` of waivers is set in two files", at: mine,
        notes: [Diagnostic.Note("the other is", at: other)], help: "keep one of them")
    }
    if let first = terms.roles.first {
      check("roles", first.location, waiverTerms.roles.first?.location)
      waiverTerms.roles = terms.roles
      if file.pack == nil { ownTerms.insert("roles") }
    }
    if let days = terms.mostDays {
      check("max_days", days.location, waiverTerms.mostDays?.location)
      waiverTerms.mostDays = days
      if file.pack == nil { ownTerms.insert("max_days") }
    }
  }

  private func check(_ periods: [Site.Period], knows: Bool, into report: inout Report) {
    guard knows else { return }
    let known = frameworks.map(\.id)
    for period in periods {
      for framework in period.frameworks where !known.contains(framework.value) {
        report.add(.unknownFramework(framework, among: known))
      }
    }
  }

  private static func frameworks(of policy: Policy, into report: inout Report) -> [Framework] {
    var frameworks = policy.frameworks.sorted { precedesInBytes($0.id, $1.id) }
    for added in policy.files.flatMap(\.controls) {
      guard let index = frameworks.firstIndex(where: { $0.id == added.framework.value }) else {
        report.add(.unknownFramework(added.framework, among: frameworks.map(\.id)))
        continue
      }
      let controls = frameworks[index].controls
      guard let position = controls.firstIndex(where: { $0.id.value == added.control.value }) else {
        report.error(
          .unknownFramework, "`\(added.framework.value)` has no control `\(added.control.value)`",
          at: added.control.location, help: suggestion(for: added.control.value, among: controls.map(\.id.value)))
        continue
      }
      for rule in added.rules {
        guard Rule.named(rule.value) != nil else {
          report.add(.unknownRule(rule))
          continue
        }
        if !controls[position].answers.contains(where: { $0.rule.value == rule.value }) {
          frameworks[index].controls[position].answers.append(Control.Answer(rule: rule, extent: .supports))
        }
      }
    }
    return frameworks
  }
}

/// Packs that do not build on each other and set the same rules, so that the later one may weaken the other unseen.
private struct PackClashes {
  private let extended: [Located<String>]
  private var bases: [String: Set<String>] = [:]
  private var found: [(later: String, earlier: String, rule: String)] = []

  init(_ policy: Policy) {
    extended = policy.files.filter { $0.pack == nil }.flatMap(\.extends)
    // What a pack extends stands before it.
    for file in policy.files {
      guard let pack = file.pack else { continue }
      let direct = file.extends.map(\.value)
      bases[pack] = Set(direct).union(direct.flatMap { bases[$0] ?? [] })
    }
  }

  mutating func note(_ rule: String, of file: PolicyFile, over other: PolicyFile) {
    guard let later = file.pack, let earlier = other.pack, bases[later]?.contains(earlier) != true else { return }
    found.append((later, earlier, rule))
  }

  /// - Parameter pack: Whose a rule is in the end; `nil` where the site says itself what it wants.
  func tell(_ pack: (String) -> String?) -> [Diagnostic] {
    let open = found.filter { pack($0.rule) == $0.later }
    return extended.compactMap { name in
      let mine = open.filter { $0.later == name.value }
      guard let first = mine.first else { return nil }
      let rules = mine.map(\.rule).sorted().listed(most: 3)
      return .warning(
        .ruleSetTwice, "the pack `\(name.value)` sets again what `\(first.earlier)` asks: \(rules)", at: name.location,
        help: "extend one of them, or set these rules in a file of your own")
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownRule(_ name: Located<String>) -> Diagnostic {
    .error(
      .unknownRule, "there is no rule `\(name.value)`", at: name.location,
      help: nearest(to: name.value, among: Rule.all.map(\.id)).map { "did you mean `\($0)`?" }
        ?? "`gazette explain` lists the rules")
  }

  fileprivate static func unknownFramework(_ name: Located<String>, among known: [String]) -> Diagnostic {
    .error(
      .unknownFramework, "there is no framework `\(name.value)`", at: name.location,
      help: suggestion(for: name.value, among: known))
  }
}
