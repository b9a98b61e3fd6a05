/// What somebody states about artifacts that digests name.
///
/// - Source: in-toto Attestation Framework, Statement v1.
package struct Statement: Hashable, Sendable {
  package struct Subject: Hashable, Sendable {
    package var name: String
    /// Hexadecimal, by algorithm.
    package var digests: [String: String]

    package init(name: String, digests: [String: String]) {
      (self.name, self.digests) = (name, digests)
    }
  }

  package var subjects: [Subject]
  package var predicateType: String
  package var predicate: JSON

  package init(_ subjects: [Subject], predicateType: String, predicate: JSON) {
    (self.subjects, self.predicateType, self.predicate) = (subjects, predicateType, predicate)
  }

  package var bytes: [UInt8] {
    JSON.object([
      "_type": .text("https://in-toto.io/Statement/v1"),
      "subject": .list(
        subjects.map { .object(["name": .text($0.name), "digest": .object($0.digests.mapValues(JSON.text))]) }),
      "predicateType": .text(predicateType), "predicate": predicate,
    ]).bytes
  }
}

/// The names that Gazette gives to what only it states. They are names and lead nowhere.
enum Vocabulary {
  static let verifier = "urn:gazette:verifier"
  static let seal = "urn:gazette:seal:1"
  static let policy = "urn:gazette:policy"
  /// The member of a verdict that says more than SLSA asks for.
  static let gate = "urn:gazette:gate"
  /// Of properties in OSCAL.
  static let properties = "urn:gazette:oscal"
}
