/// What a kind of diagnostic means: the text behind `gazette explain` and the guide.
///
/// A code is a letter and three digits and is never used for anything else again: `C` content, `G` Git, `M` Markdown,
/// `E` evidence, `T` templates, `L` links and leaks, `S` site. Every code is a static member in `Codes/` and stands in
/// ``Code/all``.
package struct Code: Hashable, Sendable {
  /// Such as `C002`.
  package let id: String
  /// What is wrong, as a noun phrase.
  package let title: String
  /// Why Gazette minds.
  package let why: String
  /// Input that gives it, as it would stand in a file; empty where no file is at fault.
  package let example: String
  /// What to do, as imperatives.
  package let fix: String

  package init(_ id: String, _ title: String, why: String, example: String = "", fix: String) {
    self.id = id
    self.title = title
    self.why = why
    self.example = example
    self.fix = fix
  }

  /// Every code, in the order of their ids.
  package static let all: [Code] =
    content + ledger + policy + comparison + delivery + git + markdown + evidence + supplyChain + templates + links
    + site + seals + parts + imports

  /// The code with this id, in any case.
  package static func named(_ id: String) -> Code? {
    let id = id.uppercased()
    return all.first { $0.id == id }
  }
}
