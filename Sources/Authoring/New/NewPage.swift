import Ingest
package import Model

extension NewFile {
  /// A page that only its makers see until they say otherwise.
  package static func page(
    _ title: String, id: String?, audience: Audience, owner: String?, in content: OpenContent
  ) throws(Refusal) -> NewFile {
    if let owner { _ = try content.person(owner) }
    guard title.utf8.contains(where: { $0 > 0x20 }) else {
      throw Refusal("the page has no title", help: "say what it is about")
    }
    // A page may lie in folders, each of which is an id too.
    var steps = id.map { $0.split(separator: "/", omittingEmptySubsequences: false).map(String.init) } ?? []
    for step in steps { _ = try name(step, like: step, as: "page") }
    if steps.isEmpty { steps = [try name(nil, like: title, as: "page")] }
    let text = markdown(
      [
        YAMLField("title", .text(title)), YAMLField("audience", .word(audience.rawValue)),
        YAMLField(text: "owner", owner),
      ], "")
    let hint = audience == .internal ? "; `audience: public` lets customers read it" : ""
    return NewFile(
      path: "pages/\(steps.joined(separator: "/")).md", text: text, next: "write it below the second `---`" + hint)
  }
}
