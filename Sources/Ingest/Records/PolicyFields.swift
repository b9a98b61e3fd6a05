import Diagnostics
import Model

/// The keys of policy/*.yml, and of built-in packs.
enum PolicyFields {
  static let extends = Field(
    "extends", .list(of: .identifier), "Built-in packs that it builds on.", example: "[baseline]")
  static let waivers = Field("waivers", .shape(WaiverTermsFields.shape), "What a waiver must be to count.")
  static let rules = Field("rules", .keyed(by: RuleVariantFields.form), "Each rule's value, or variants of it.")
  static let frameworks = Field(
    "frameworks", .open("a mapping from frameworks to controls"),
    "Rules that answer a control, by framework and control.",
    example: "{soc2-2017: {CC8.1: [approvals-complete]}}")

  static let shape = Shape(
    "policy", "What releases are held to.", [extends, waivers, rules, frameworks],
    constraint: { fields, report in
      guard let frameworks = fields[frameworks] else { return }
      guard case .mapping(let entries) = frameworks.value else {
        report.add(wrongForm("`frameworks` must be a mapping from frameworks to controls", at: frameworks.location))
        return
      }
      for framework in entries { report.add(problems(in: framework)) }
    }
  ) { fields -> PolicyFile? in
    var policy = PolicyFile(path: fields.location.file)
    policy.extends = fields.list(extends)
    policy.waiverTerms = fields.value(waivers)
    policy.rules = (fields.value(rules) ?? []).map { RuleEntry(id: $0.id, variants: $0.value) }
    if case .mapping(let entries)? = fields.value(frameworks) { policy.controls = entries.flatMap(controls) }
    return policy
  }

  /// Frameworks and controls have names that are no ids, such as `slsa-1.2` and `CC8.1`.
  private static func controls(of framework: ParameterEntry) -> [ControlEntry] {
    guard case .mapping(let controls) = framework.value.value else { return [] }
    return controls.map { control in
      ControlEntry(framework: framework.name, control: control.name, rules: words(of: control.value.value) ?? [])
    }
  }

  private static func problems(in framework: ParameterEntry) -> [Diagnostic] {
    guard case .mapping(let controls) = framework.value.value else {
      let name = quoted(framework.name.value)
      return [wrongForm("\(name) must be a mapping from controls to lists of rules", at: framework.name.location)]
    }
    return controls.filter { words(of: $0.value.value) == nil }.map {
      wrongForm("\(quoted($0.name.value)) must be a list of rules", at: $0.value.location)
    }
  }

  private static func wrongForm(_ message: String, at place: SourceLocation) -> Diagnostic {
    .error(.wrongForm, message, at: place, help: "write it as `CC8.1: [approvals-complete]`")
  }

  private static func words(of value: PolicyValue) -> [Located<String>]? {
    guard case .list(let elements) = value else { return nil }
    let words = elements.compactMap { element -> Located<String>? in
      guard case .scalar(let text) = element.value else { return nil }
      return Located(text, at: element.location)
    }
    return words.count == elements.count ? words : nil
  }
}

enum WaiverTermsFields {
  static let roles = Field("roles", .list(of: .identifier), "Roles that may approve one.", example: "[compliance]")
  static let maxDays = Field("max_days", .count, "How long it may last.", example: "90")

  static let shape = Shape("waiver terms", "What a waiver must be to count.", [roles, maxDays]) {
    fields -> WaiverTerms? in
    var terms = WaiverTerms()
    terms.roles = fields.list(roles)
    terms.mostDays = fields[maxDays]
    return terms
  }
}

/// What a policy says of a rule; keys that are not here are the rule's own.
enum RuleVariantFields {
  static let applies = Field("applies", .shape(ApplicabilityFields.shape), "The releases that it is for; default: all.")
  static let severity = Field("severity", .choice(RuleSeverity.self), "What a failure counts as; default: error.")
  static let since = Field("since", .date, "What was due earlier only warns.")
  static let provenBy = Field("proven_by", .choice(ProofLevel.self), "How far what is stated must be proven.")
  static let waivable = Field("waivable", .boolean, "Whether waivers count; default: true.")

  private static let declared: [any DeclaredField] = [applies, severity, since, provenBy, waivable]

  static let shape: Shape<RuleVariant> = Shape("rule", "What a policy asks of a rule.", declared, isOpen: true) {
    fields in
    var variant = RuleVariant(at: fields.location)
    variant.applies = fields.value(applies) ?? Applicability()
    variant.severity = fields[severity]
    variant.since = fields[since]
    variant.provenBy = fields[provenBy]
    variant.isWaivable = fields.value(waivable)
    variant.parameters = fields.others(than: shape.declaration).map(ParameterEntry.init)
    return variant
  }

  /// One value, or variants of it.
  static let form = Form<[RuleVariant]>.either(
    Form<RuleVariant>.shape(shape).map { [$0.value] },
    Form<[Located<RuleVariant>]>.list(of: shape).map { $0.value.map(\.value) })
}

enum ApplicabilityFields {
  static let risk = Field("risk", oneOrMore(.choice(Release.Risk.self)), "Its risk.", example: "[high, critical]")
  static let product = Field("product", oneOrMore(.product), "Its product.")
  static let productKind = Field("product_kind", oneOrMore(.choice(Product.Kind.self)), "The kind of its product.")
  static let label = Field("label", oneOrMore(.identifier), "A label of it or of its product.")
  static let type = Field("type", oneOrMore(.choice(Release.Kind.self)), "How large it is.")
  static let procedure = Field(
    "procedure", oneOrMore(.choice(Release.Procedure.self)), "Which way of approval it takes.")
  static let line = Field("line", oneOrMore(.text), "The release line that it is on.")
  static let component = Field("component", oneOrMore(.text), "A component that it changes.")
  static let audience = Field("audience", oneOrMore(.choice(Audience.self)), "Who may see it.")

  static let shape = Shape(
    "applicability", "The releases that something is for: each key that is there must match.",
    [risk, product, productKind, label, type, procedure, line, component, audience]
  ) { fields -> Applicability? in
    var applies = Applicability()
    applies.risk = fields.values(risk)
    applies.products = fields.values(product)
    applies.productKinds = fields.values(productKind)
    applies.labels = fields.values(label)
    applies.kinds = fields.values(type)
    applies.procedures = fields.values(procedure)
    applies.lines = fields.values(line)
    applies.components = fields.values(component)
    applies.audiences = fields.values(audience)
    return applies
  }

  /// A list, or its only element.
  private static func oneOrMore<Element>(_ form: Form<Element>) -> Form<[Located<Element>]> {
    .either(form.map { [$0] }, .list(of: form))
  }
}

extension ParameterEntry {
  init(_ entry: YAMLNode.Entry) {
    self.init(
      name: Located(entry.key, at: entry.keyLocation),
      value: Located(PolicyValue(entry.value), at: entry.value.location))
  }
}

extension PolicyValue {
  init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let text, _): self = node.isNull ? .null : .scalar(text)
    case .list(let elements): self = .list(elements.map { Located(PolicyValue($0), at: $0.location) })
    case .mapping(let entries): self = .mapping(entries.map(ParameterEntry.init))
    }
  }
}

extension Form where Value == PolicyValue {
  /// What only somebody else can judge.
  static func open(_ noun: String) -> Form { Form(.open(noun)) { PolicyValue($0) } }
}
