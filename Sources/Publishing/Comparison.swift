package import Diagnostics
package import Model
import Pages
package import Templates

/// A name that the ledger does not know.
package struct UnknownName: Error, Sendable {
  package var name: String
  package var message: String
  /// What there is instead.
  package var known: [String]
  /// What to do where none of these is near.
  package var cure: String?

  package var help: String? {
    guard let cure else { return suggestion(for: name, among: known) }
    return nearest(to: name, among: known).map { "did you mean `\($0)`?" } ?? cure
  }
}

extension Ledger {
  /// What lies between two releases of a product; the product may go by a name it had once.
  package func upgradeNotes(product name: String, from: String, to: String) throws(UnknownName) -> UpgradeNotes {
    let shelf = try shelf(named: name)
    guard let notes = UpgradeNotes(from: from, to: to, in: shelf) else {
      throw shelf.unknownRelease(shelf.position(of: from) == nil ? from : to)
    }
    return notes
  }

  /// The shelf of a product, which may go by a name it had once.
  func shelf(named name: String) throws(UnknownName) -> Shelf {
    guard let shelf = shelves.first(where: { $0.product.id.text == name || $0.product.formerly.contains(name) }) else {
      throw UnknownName(name: name, message: "there is no product `\(name)`", known: shelves.map(\.product.id.text))
    }
    return shelf
  }
}

extension Ledger.Shelf {
  func unknownRelease(_ version: String) -> UnknownName {
    UnknownName(
      name: version, message: "there is no release `\(version)` of `\(product.id)`", known: releases.map(\.version.text)
    )
  }
}

/// What lies between two releases, and what is needed to show it.
package struct Comparison: Sendable {
  package var notes: UpgradeNotes
  /// What changed in what the product is made of.
  package var supply: SupplyDifference
  /// The address of the site, where it states one.
  package var address: String?
  package var templates: TemplateLibrary
}

/// Reads the ledger and compares two releases of a product.
///
/// - Returns: What lies between them as the audience may see it; a failure when a name is unknown; `nil` when the
///   report says why nothing could be read.
package func compare(
  _ request: SourceRequest, product: String, from: String, to: String, audience: Audience
) async throws(FileError) -> (build: SiteBuild, result: Result<Comparison, UnknownName>?) {
  var build = SiteBuild(report: Report())
  guard let source = try await load(request, into: &build) else { return (build, nil) }
  let facts = source.ledger.facts(for: audience)
  let result = Result { () throws(UnknownName) in
    let notes = try facts.upgradeNotes(product: product, from: from, to: to)
    return Comparison(
      notes: notes, supply: SupplyDifference(from: facts.supply(of: notes.from), to: facts.supply(of: notes.to)),
      address: facts.site.url, templates: source.templates)
  }
  return (build, result)
}

extension Comparison {
  /// Changes, components, licences and vulnerabilities for a terminal.
  package var text: String { notes.text + supply.text }

  /// The same for programs: the members of the notes and those of what the product is made of in one object.
  package var json: String {
    guard case .record(let members) = notes.data, case .record(let more) = supply.data else { return notes.json }
    return String(decoding: JSONWriter.bytes(of: .record(members.merging(more))), as: UTF8.self)
  }
}
