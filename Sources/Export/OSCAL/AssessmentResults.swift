import Diagnostics
package import Governance
package import Model

/// Outcomes as an OSCAL document.
///
/// Of the model it has: `metadata`, `import-ap` (the policy takes the place of an assessment plan), one `result` with
/// the releases as `local-definitions.components`, the controls of the frameworks as `reviewed-controls`, each outcome
/// but those that do not apply as an `observation`, and policy and files of evidence as `back-matter.resources`.
/// There are no `findings`: a finding says whether a control is satisfied, and that is the assessor's to say.
/// - Source: NIST OSCAL 1.1.3, assessment-results.
package struct AssessmentResults: Sendable {
  private let ledger: Ledger
  private let judgement: Judgement
  private let frameworks: [Framework]
  private let gazetteVersion: String
  /// The controls that a rule answers, by its id.
  private let controls: [String: [JSON]]
  private static let version = "1.1.3"

  /// - Parameter framework: Its id; `nil` for all that have a control which some rule answers.
  /// - Returns: `nil` when no framework has such a control, for a result must review at least one.
  package init?(_ ledger: Ledger, _ judgement: Judgement, framework: String? = nil, gazetteVersion: String) {
    (self.ledger, self.judgement, self.gazetteVersion) = (ledger, judgement, gazetteVersion)
    frameworks = judgement.book.frameworks.filter { framework == nil || $0.id == framework }
      .filter { $0.controls.contains { !$0.answers.isEmpty } }
    var controls: [String: [JSON]] = [:]
    for framework in frameworks {
      for control in framework.controls {
        for answer in control.answers {
          controls[answer.rule.value, default: []].append(
            property("control", "\(framework.id) \(control.id.value)", class: answer.extent.rawValue))
        }
      }
    }
    self.controls = controls
    if frameworks.isEmpty { return nil }
  }

  package var document: StreamedJSON {
    .object([
      "assessment-results": .object([
        "uuid": .whole(
          id("document", ledger.head ?? "", ledger.asOf.iso, frameworks.map(\.id).joined(separator: " "))),
        "metadata": .whole(metadata),
        "import-ap": .whole(
          .object([
            "href": .text("#" + policyID.text),
            "remarks": .text("There is no assessment plan; the policy takes its place."),
          ])),
        "results": .only(result),
        "back-matter": .object(["resources": .list(resources)]),
      ])
    ])
  }

  private var metadata: JSON {
    .object([
      "title": .text(line("\(ledger.site.title): outcomes of the rules for releases")),
      "last-modified": .text(ledger.asOf.iso),
      "version": .text(ledger.head ?? ledger.asOf.iso),
      "oscal-version": .text(AssessmentResults.version),
      "remarks": .text(
        """
        Written by Gazette \(gazetteVersion) out of the release records of one commit. It observes what the \
        records and their evidence show. It does not say whether a control is satisfied: that is for the assessor.
        """),
    ])
  }

  /// Each release, without all of them copied.
  private func eachRelease(_ body: (Release) -> Void) {
    for shelf in ledger.shelves { for release in shelf.releases { body(release) } }
  }

  private var policyID: NamedUUID { NamedUUID("policy", judgement.policyDigest ?? "") }

  /// What tells this site from others that have a product of the same name.
  private var place: String { ledger.site.url ?? ledger.site.title }

  private func releaseID(_ release: ReleaseID) -> NamedUUID {
    NamedUUID("release", place, release.product.text, release.version)
  }

  private var result: StreamedJSON {
    var members: [String: JSON] = [
      "uuid": id("result", ledger.head ?? "", ledger.asOf.iso, frameworks.map(\.id).joined(separator: " ")),
      "title": .text("Outcomes as of \(ledger.asOf.iso)"),
      "description": .text("Every rule of the policy for every release, judged at the moment that it was due."),
      "start": .text(ledger.asOf.iso), "end": .text(ledger.asOf.iso),
      "reviewed-controls": .object(["control-selections": .list(frameworks.compactMap(selection))]),
    ]
    var (releases, outcomes, observations) = (0, 0, 0)
    eachRelease { release in
      let own = judgement.outcomes(of: release.id)
      releases += 1
      outcomes += own.count
      observations += own.count { $0.result != .notApplicable }
    }
    let rest = outcomes - observations
    members["props"] = .list([
      property("releases", String(releases)), property("rules", String(judgement.rules.count)),
      property("not-applicable", String(rest)),
    ])
    members["remarks"] = .text(
      """
      Of \(outcomes) outcomes, one for each rule and release, \(observations) are observations here. The \
      other \(rest) are of rules that do not apply to the release, and are left out.
      """)
    var streamed = members.mapValues(StreamedJSON.whole)
    // A list that is there must not be empty.
    if releases > 0 {
      streamed["local-definitions"] = .object([
        "components": .list { element in eachRelease { element(component($0)) } }
      ])
    }
    if observations > 0 {
      streamed["observations"] = .list { element in
        eachRelease { release in
          for outcome in judgement.outcomes(of: release.id) where outcome.result != .notApplicable {
            element(observation(outcome))
          }
        }
      }
    }
    return .object(streamed)
  }

  /// The controls of a framework that rules answer.
  private func selection(_ framework: Framework) -> JSON? {
    let controls = framework.controls.filter { !$0.answers.isEmpty }
    guard !controls.isEmpty else { return nil }
    return .object([
      "description": .text(framework.title), "props": .list([property("framework", framework.id)]),
      "include-controls": .list(controls.map { .object(["control-id": .text(token($0.id.value))]) }),
    ])
  }

  private func component(_ release: Release) -> JSON {
    let state: String
    switch release.status {
    case .released, .rollingOut: state = "operational"
    case .planned, .candidate, .approved: state = "under-development"
    case .withdrawn, .rolledBack: state = "disposition"
    case .cancelled: state = "other"
    }
    var members: [String: JSON] = [
      "uuid": .text(releaseID(release.id).text), "type": .text("software"),
      "title": .text(line(release.id.description)),
      "description": .text(line(release.title ?? release.id.description)), "status": .object(["state": .text(state)]),
      "props": .list([
        property("product", release.product.text), property("version", release.version.text),
        property("status", release.status.rawValue),
      ]),
    ]
    let links = files(of: release).map {
      JSON.object(["href": .text("#" + resourceID($0).text), "rel": .text("evidence")])
    }
    if !links.isEmpty { members["links"] = .list(links) }
    return .object(members)
  }

  private func observation(_ outcome: Outcome) -> JSON {
    let title = "\(outcome.rule) on \(outcome.release): \(outcome.result.rawValue)"
    let reasons = outcome.reasons.map(\.text).joined(separator: "; ")
    var properties = [
      property("rule", outcome.rule), property("result", outcome.result.rawValue),
      property("severity", outcome.severity.rawValue),
    ]
    if let waiver = outcome.waiver { properties.append(property("waiver", waiver)) }
    if let judged = outcome.judgedAt { properties.append(property("judged-at", judged.iso)) }
    properties += controls[outcome.rule] ?? []
    var members: [String: JSON] = [
      "uuid": id(
        "outcome", ledger.head ?? "", ledger.asOf.iso, outcome.release.product.text, outcome.release.version,
        outcome.rule),
      "title": .text(line(title)), "description": .text(reasons.isEmpty ? title : reasons), "props": .list(properties),
      "methods": .list([.text("EXAMINE")]), "collected": .text(ledger.asOf.iso),
      "subjects": .list([
        .object(["subject-uuid": .text(releaseID(outcome.release).text), "type": .text("component")])
      ]),
    ]
    let places = outcome.reasons.compactMap(\.location)
    if !places.isEmpty {
      members["relevant-evidence"] = .list(
        places.map { place in
          .object([
            "href": .text(escapedForURI(place.file, keeping: "/")),
            "description": .text("line \(place.line), column \(place.column)"),
          ])
        })
    }
    return .object(members)
  }

  private var policyResource: JSON {
    var members: [String: JSON] = ["uuid": .text(policyID.text), "title": .text("The policy that judged")]
    if let digest = judgement.policyDigest { members["props"] = .list([property("sha256", digest)]) }
    let links = ledger.policy.files.filter { $0.pack == nil }.map { file in
      JSON.object(["href": .text(escapedForURI(file.path, keeping: "/"))])
    }
    if !links.isEmpty { members["rlinks"] = .list(links) }
    return .object(members)
  }

  private func files(of release: Release) -> [EvidenceFile] {
    release.evidence.compactMap { ledger.evidence[release.id, $0.id.value]?.file }
  }

  private func resourceID(_ file: EvidenceFile) -> NamedUUID { NamedUUID("evidence", file.path, file.sha256) }

  /// The policy, then each file of evidence once.
  private func resources(_ element: (JSON) -> Void) {
    element(policyResource)
    var known = Set<NamedUUID>()
    eachRelease { release in
      for file in files(of: release) where known.insert(resourceID(file)).inserted { element(resource(file)) }
    }
  }

  private func resource(_ file: EvidenceFile) -> JSON {
    .object([
      "uuid": .text(resourceID(file).text), "title": .text(line(file.path)),
      "props": .list([property("format", file.format.rawValue)]),
      "rlinks": .list([
        .object([
          "href": .text(escapedForURI(file.path, keeping: "/")),
          "hashes": .list([.object(["algorithm": .text("SHA-256"), "value": .text(file.sha256)])]),
        ])
      ]),
    ])
  }

  private func id(_ parts: String...) -> JSON {
    .text(NamedUUID(([place] + parts).joined(separator: "\u{0}")).text)
  }
}

private func property(_ name: String, _ value: String, class kind: String? = nil) -> JSON {
  var members: [String: JSON] = [
    "name": .text(name), "ns": .text(Vocabulary.properties), "value": .text(line(value)),
  ]
  if let kind { members["class"] = .text(kind) }
  return .object(members)
}

/// OSCAL has texts of one line without blanks around them, and none that are empty.
private func line(_ text: String) -> String {
  let words = text.split(whereSeparator: \.isWhitespace)
  return words.isEmpty ? "—" : words.joined(separator: " ")
}

/// A control's id as a token, which begins with a letter or `_`; the id itself stands in the properties.
private func token(_ id: String) -> String {
  var token = id.unicodeScalars.first.map(isLetter) ?? false ? "" : "_"
  for scalar in id.unicodeScalars {
    let isKept = isLetter(scalar) || isNumber(scalar) || ".-_".unicodeScalars.contains(scalar)
    token.unicodeScalars.append(isKept ? scalar : "_")
  }
  return token
}

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
  default: false
  }
}

private func isNumber(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .decimalNumber, .letterNumber, .otherNumber: true
  default: false
  }
}
