import Ingest
package import Model

/// An entry that a machine adds to a record, as a file of its own that no other job touches.
package struct Part: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case evidence, approval, deployment, environment, acceptance, communication, validation, review, gate
  }

  package var kind: Kind
  /// When what it says came to be.
  package var at: When
  /// The keys of a record that it adds to.
  package var fields: [YAMLField]

  package init(_ kind: Kind, at: When, _ fields: [YAMLField]) {
    (self.kind, self.at, self.fields) = (kind, at, fields)
  }

  package var text: String { YAMLText.document(fields) }

  /// Says its kind, its time and a digest of its text: the parts of a release are read in the order of their names, so
  /// that entries of one kind follow each other as they came to be, and jobs that know nothing of each other never
  /// take the same name unless they say the same.
  package var name: String {
    let time = at.iso.replacing("-", with: "").replacing(":", with: "")
    return "\(kind.rawValue)-\(time)-\(TextFile(path: "", text: text).sha256.prefix(12)).yml"
  }
}

extension YAMLField {
  /// A record's list with one entry.
  static func entry(of key: String, _ fields: [YAMLField?]) -> YAMLField {
    YAMLField(key, .list([.mapping(fields.compactMap { $0 })]))
  }

  static func mapping(_ key: String, _ fields: [YAMLField?]) -> YAMLField {
    YAMLField(key, .mapping(fields.compactMap { $0 }))
  }
}
