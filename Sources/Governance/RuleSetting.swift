package import Diagnostics
package import Model

/// What the policy asks of a rule for some releases, with every parameter in its type.
package struct RuleSetting: Sendable {
  package let applies: Applicability
  package let severity: RuleSeverity
  package let since: CivilDate?
  package let provenBy: ProofLevel
  package let isWaivable: Bool
  package let location: SourceLocation
  private let values: [(name: String, value: ParameterValue, location: SourceLocation)]

  init(_ variant: RuleVariant, for rule: Rule, into report: inout Report) {
    applies = variant.applies
    severity = variant.severity?.value ?? .error
    since = variant.since?.value
    provenBy = variant.provenBy?.value ?? .record
    isWaivable = variant.isWaivable ?? true
    location = variant.location
    var values: [(name: String, value: ParameterValue, location: SourceLocation)] = []
    for written in variant.parameters {
      guard let parameter = rule.parameters.first(where: { $0.declaration.name == written.name.value })?.declaration
      else {
        report.add(RuleSetting.unknown(written.name, of: rule))
        continue
      }
      // No value is the default.
      if case .null = written.value.value { continue }
      guard let value = parameter.form.value(of: written.value.value) else {
        report.error(
          .malformedParameter, "`\(parameter.name)` of `\(rule.id)` is not \(parameter.form.noun)",
          at: written.value.location,
          help: RuleSetting.help(for: parameter))
        continue
      }
      values.append((parameter.name, value, written.value.location))
    }
    self.values = values
    if let proof = variant.provenBy, !rule.takesProof {
      report.error(
        .unknownParameter, "the rule `\(rule.id)` has no `proven_by`", at: proof.location,
        help: "remove it; what the rule reads is not stated by people")
    }
  }

  /// The value of a parameter: the policy's, or its default.
  package subscript<Value>(parameter: Parameter<Value>) -> Value {
    for entry in values where entry.name == parameter.declaration.name {
      return parameter.extract(entry.value) ?? parameter.fallback
    }
    return parameter.fallback
  }

  /// Where the policy sets a parameter, or else the rule.
  package func location<Value>(of parameter: Parameter<Value>) -> SourceLocation {
    values.first { $0.name == parameter.declaration.name }?.location ?? location
  }

  /// What the policy sets otherwise than by default, as it would stand in YAML.
  package var written: [(name: String, value: String)] { values.map { ($0.name, $0.value.written) } }

  private static func unknown(_ name: Located<String>, of rule: Rule) -> Diagnostic {
    let known =
      rule.parameters.map(\.declaration.name) + ["applies", "severity", "since", "waivable"]
      + (rule.takesProof ? ["proven_by"] : [])
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    return .error(
      .unknownParameter, "the rule `\(rule.id)` has no `\(name.value)`", at: name.location,
      help: nearest(to: name.value, among: known).map { "did you mean `\($0)`?" } ?? "use one of \(list)")
  }

  private static func help(for parameter: ParameterDeclaration) -> String {
    switch parameter.form {
    case .integer(let range): "write digits, \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "use one of " + words.map { "`\($0)`" }.joined(separator: ", ")
    default: "write \(parameter.form.noun)"
    }
  }
}

extension Applicability {
  /// Why the release is not meant, or `nil` when it is.
  func mismatch(with release: Release, of product: Product) -> String? {
    func isMeant<Element: Equatable>(_ wanted: [Element], _ value: Element?) -> Bool {
      wanted.isEmpty || value.map(wanted.contains) ?? false
    }
    if !isMeant(products, product.id.text) { return "product" }
    if !isMeant(productKinds, product.kind) { return "product_kind" }
    if !isMeant(kinds, release.kind) { return "type" }
    if !isMeant(procedures, release.procedure?.value ?? .normal) { return "procedure" }
    if !isMeant(lines, release.line) { return "line" }
    if !isMeant(audiences, release.audience) { return "audience" }
    if !labels.isEmpty, !labels.contains(where: { product.labels.contains($0) || release.labels.contains($0) }) {
      return "label"
    }
    if !components.isEmpty, !release.changes.contains(where: { $0.component.map(components.contains) ?? false }) {
      return "component"
    }
    // Last, so that only a release that everything else fits depends on its risk.
    if !isMeant(risk, release.risk?.value) { return "risk" }
    return nil
  }
}
