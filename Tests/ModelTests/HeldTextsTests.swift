import Diagnostics
import Model
import Testing

/// What the check for leaks holds of each kind of record. A text field that is added to one of these types fails here
/// until somebody says whether it is prose that must not leak.
@Suite("The texts that must not leak") struct HeldTextsTests {
  @Test("of approvals, gates, builds and waivers") func governance() throws {
    let day = try someDay()
    expectTexts(
      of: Approval(by: located("ana"), decision: located(.approved), at: place()),
      held: ["conditions", "comment", "reference"], named: ["by", "role", "onBehalfOf"])
    expectTexts(of: Acceptance(criterion: "x", at: place()), held: ["criterion"], named: ["by", "role", "evidence"])
    expectTexts(
      of: GateVerdict(located(.passed), at: day, location: place()), held: ["reason"],
      named: ["environment", "artifact", "by", "attestation"])
    expectTexts(of: BuildRun(at: place()), held: ["id", "url", "runner", "reproducible"])
    expectTexts(
      of: Waiver(
        id: located("w"), rule: located("r"), product: located("a"), reason: "x", approvedBy: located("ana"),
        approvedAt: day, expires: day, at: place()),
      held: ["reason", "compensating", "reference"],
      named: ["id", "rule", "product", "requestedBy", "approvedBy", "role"])
    expectTexts(of: Amendment(at: day, location: place()), held: ["reason"], named: ["by", "fields"])
    expectTexts(
      of: EvidenceEntry(id: located("unit"), at: place()), held: ["url", "tool", "statement"],
      named: ["id", "kind", "layer", "path", "sha256", "format", "commit", "environment", "controls", "by"])
  }

  @Test("of a release") func release() throws {
    let version = try #require(Version("2.4.0", scheme: .semver))
    expectTexts(
      of: Release(product: ProductID("a"), version: version, status: .released, kind: .minor, at: place()),
      held: ["title", "summary", "standardChange", "reason", "securityImpact", "riskFactors", "labels"],
      named: ["line", "hotfixOf", "owner", "authors", "train", "baseline", "commit"])
  }

  @Test("of what follows a release") func after() throws {
    expectTexts(
      of: Incident(id: "i", title: "I", at: place()), held: ["title", "customerImpact", "postmortem"],
      named: ["id", "products", "environments"])
    expectTexts(of: Incident.OutsideReport(to: "x"), held: ["to"])
    expectTexts(of: FollowUpAction(text: "x", at: place()), held: ["text"], named: ["owner"])
    expectTexts(of: Review(at: place()), held: ["wentWell", "improve"], named: ["by"])
    expectTexts(of: Validation(at: place()), held: ["errorBudgetLeft"], named: ["by"])
    expectTexts(
      of: Flag(id: located("f"), at: place()), held: ["monitoredBy", "reason"],
      named: ["id", "product", "owner", "kind", "introducedIn", "removedIn"])
    expectTexts(
      of: Exercise(id: "e", kind: located("restore"), at: try someDay(), location: place()), held: ["findings"],
      named: ["id", "kind", "products", "environments", "evidence", "by"])
  }

  /// - Parameters:
  ///   - held: What people write.
  ///   - named: Ids, digests and the like, which are no prose.
  private func expectTexts(
    of value: Any, held: Set<String>, named: Set<String> = [],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let fields = Mirror(reflecting: value).children.filter { isText($0.value) }.compactMap(\.label)
    #expect(Set(fields) == held.union(named), sourceLocation: sourceLocation)
    #expect(held.isDisjoint(with: named), sourceLocation: sourceLocation)
  }

  private func isText(_ value: Any) -> Bool {
    let types: [Any.Type] = [
      String.self, String?.self, [String].self, Prose.self, Prose?.self, Located<String>.self, Located<String>?.self,
      [Located<String>].self,
    ]
    return types.contains { $0 == type(of: value) }
  }
}
