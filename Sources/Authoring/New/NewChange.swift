import Diagnostics
import Ingest
package import Model

extension NewFile {
  package struct ChangeWords: Sendable {
    package var product: String
    package var kind: Change.Kind
    package var text: String
    package var id: String?
    package var component: String?
    package var refs: [String] = []
    package var action: String?
    package var impact: String?
    package var audience: Audience?
    package var embargoUntil: Moment?
    /// Others that the same text is for.
    package var products: [String] = []

    package init(for product: String, kind: Change.Kind, text: String) {
      (self.product, self.kind, self.text) = (product, kind, text)
    }
  }

  /// A change that waits for the next release, in a file that no other branch writes.
  package static func change(_ words: ChangeWords, in content: OpenContent) throws(Refusal) -> NewFile {
    for product in [words.product] + words.products { _ = try content.product(product) }
    guard words.text.utf8.contains(where: { $0 > 0x20 }) else {
      throw Refusal("the change has no text", help: "say in a sentence what changed, for the reader of the notes")
    }
    if words.kind == .breaking || words.kind == .removal, words.action == nil {
      throw Refusal(
        "a \(words.kind.rawValue) change says nothing of what its reader must do", help: "give `--action`")
    }
    let folder = "changes/\(words.product)"
    let name = try name(words.id, like: words.text, as: "change")
    if let twin = content.records.fragments.first(where: { fragment in
      fragment.entry.id?.value == name
        && (fragment.product.text == words.product || fragment.products.contains { $0.value == words.product })
    }) {
      throw Refusal(
        "a change `\(name)` of `\(words.product)` waits already, in \(twin.body.location.file)",
        help: "give another name with `--id`, or edit that file")
    }
    let others = words.products.filter { $0 != words.product }
    let text = markdown(
      [
        YAMLField("kind", .word(words.kind.rawValue)), YAMLField(text: "component", words.component),
        YAMLField(texts: "refs", words.refs), YAMLField(text: "action", words.action),
        YAMLField(text: "impact", words.impact), YAMLField(word: "audience", words.audience?.rawValue),
        YAMLField(word: "embargo_until", words.embargoUntil?.iso),
        others.isEmpty ? nil : YAMLField(texts: "products", [words.product] + others),
      ], words.text)
    return NewFile(
      path: "\(folder)/\(name).md", text: text,
      next: "commit it with what it tells of; `gazette release \(words.product) VERSION` takes it into a record")
  }
}
