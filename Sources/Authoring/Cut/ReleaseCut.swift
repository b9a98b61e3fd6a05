import Diagnostics
package import Ingest
package import Model

/// The waiting changes of a product on their way into the record of a release.
package struct ReleaseCut: Sendable {
  /// What a new record says besides its changes.
  package struct Words: Sendable {
    package var status = Release.Status.candidate
    package var title: String?
    package var owner: String?
    package var scheduled: When?
    package var released: When?
    package var hotfixOf: String?
    package var incident: String?

    package init() {}
  }

  /// A change that moves.
  package struct Move: Sendable {
    package var id: String
    package var kind: Change.Kind
    /// The first line of its text.
    package var words: String
    /// The fragment that it comes from.
    package var path: String
    /// Nothing of it is public before.
    package var embargoUntil: Moment?
    /// Where its fragment waits on, and for which products; `nil` when it waits for nobody else.
    package var rest: (path: String, products: [String])?
  }

  package let release: ReleaseID
  /// The new file: the record or, where the record is there, a part of it.
  package let path: String
  package private(set) var moves: [Move] = []
  package private(set) var attachments: [Attachment] = []
  package private(set) var edit: ContentEdit

  /// The bytes of the new files that are no texts.
  package var copies: [String: [UInt8]] {
    Dictionary(
      attachments.compactMap { file in file.bytes.map { (file.place, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter joins: Whether changes go into a part of a record that is there and has not shipped.
  package init(_ release: ReleaseID, _ words: Words, joins: Bool, in content: OpenContent) throws {
    self.release = release
    let product = try content.product(release.product.text)
    let version = try content.version(release.version, of: product)
    let waiting = ReleaseCut.waiting(for: release.product, in: content.records)
    let record = content.records.releases.first { $0.version == release.version }
    let place = "releases/\(release.product)/\(release.version)" + (record == nil ? ".yml" : ".d/changes.yml")
    let attached = try AttachedFiles(of: waiting, into: content.path(place), of: release, in: content)
    let changes = try waiting.map { fragment in try ReleaseCut.yaml(of: fragment, with: attached) }
    let list = changes.isEmpty ? nil : YAMLField("changes", .list(changes))
    if let record {
      try ReleaseCut.require(record, joins: joins, hasChanges: !changes.isEmpty, wanted: words.status)
      let text = YAMLText.document([list].compactMap { $0 })
      let name = "changes-\(TextFile(path: "", text: text).sha256.prefix(12)).yml"
      path = content.path("releases/\(release.product)/\(release.version).d/\(name)")
      edit = ContentEdit(created: [path: text])
    } else {
      try ReleaseCut.requireFree(version, of: product, in: content)
      path = content.path("releases/\(release.product)/\(release.version).yml")
      edit = ContentEdit(created: [path: YAMLText.document(words.fields + [list].compactMap { $0 })])
    }
    for fragment in waiting { try take(fragment, in: content) }
    let taken = Set(waiting.map(\.place))
    attachments = try attached.result(
      staying: content.records.fragments.filter { !taken.contains($0.place) },
      rests: zip(waiting, moves).compactMap { fragment, move in move.rest.map { (fragment, $0.path) } })
    edit.removed.formUnion(attachments.filter { !$0.stays }.map(\.path))
  }

  /// Those that wait in the product's folder, and those that wait elsewhere for it too: what readers must act on first.
  private static func waiting(for product: ProductID, in records: Records) -> [FragmentRecord] {
    let order = Change.Kind.allCases
    return records.fragments.filter { fragment in
      fragment.product == product || fragment.products.contains { $0.value == product.text }
    }.sorted { a, b in
      let (x, y) = (order.firstIndex(of: a.entry.kind.value) ?? 0, order.firstIndex(of: b.entry.kind.value) ?? 0)
      return x == y ? precedesInBytes(a.id, b.id) : x < y
    }
  }

  private static func require(
    _ record: ReleaseRecord, joins: Bool, hasChanges: Bool, wanted: Release.Status
  ) throws(Refusal) {
    let (version, status) = (record.version, record.status.value)
    let place = record.location.file
    guard !status.hasShipped, status != .cancelled else {
      throw Refusal(
        "`\(version)` is \(status.rawValue) already, as \(place) says",
        help: "choose another version; what has shipped gets no more changes")
    }
    guard joins else {
      throw Refusal(
        "`\(version)` has a record already and is \(status.rawValue): \(place)",
        help: wanted.hasShipped
          ? "write `status: \(wanted.rawValue)` and `released` into it"
          : "add `--join` to put the waiting changes into a part beside it")
    }
    guard hasChanges else {
      throw Refusal("no changes wait for `\(record.product)`", help: "write one with `gazette new change`")
    }
  }

  /// Two versions that differ only in case would have one address.
  private static func requireFree(_ version: Version, of product: Product, in content: OpenContent) throws {
    let twin = try content.recordedVersions(of: product.id).first { $0.lowercased() == version.text.lowercased() }
    guard let twin, twin != version.text else { return }
    throw Refusal("`\(twin)` is there already and differs only in case", help: "write it as `\(twin)`")
  }

  private mutating func take(_ fragment: FragmentRecord, in content: OpenContent) throws {
    let path = fragment.place
    let owner = fragment.product.text
    // Whoever the text is for besides this product, the folder's first.
    var others: [String] = []
    for product in [owner] + fragment.products.map(\.value)
    where product != release.product.text && !others.contains(product) { others.append(product) }
    var move = Move(
      id: fragment.id, kind: fragment.entry.kind.value, words: fragment.words, path: path,
      embargoUntil: fragment.entry.embargoUntil)
    if let next = others.first {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      let place = content.path("changes/\(next)/\(name)")
      var unreported = Report()
      guard let old = try content.checkout.text(of: path, into: &unreported),
        let text = FragmentText.text(old, products: others.count > 1 ? others : [])
      else {
        throw Refusal(
          "the front matter of \(path) cannot be changed line by line",
          help: "write `products: [\(others.joined(separator: ", "))]` on a line of its own")
      }
      move.rest = (place, others)
      if place == path {
        edit.replaced[path] = text
      } else {
        guard try !content.checkout.hasFile(place), edit.created[place] == nil else {
          throw Refusal("\(path) waits for `\(next)` too, and \(place) is another file", help: "rename one of them")
        }
        edit.created[place] = text
        edit.removed.insert(path)
      }
    } else {
      edit.removed.insert(path)
    }
    moves.append(move)
  }

  private static func yaml(of fragment: FragmentRecord, with attached: AttachedFiles) throws(Refusal) -> YAMLValue {
    let entry = fragment.entry
    func text(_ text: String) throws(Refusal) -> String { try attached.text(trimmed(text), of: fragment) }
    return .mapping(
      [
        YAMLField("id", .text(fragment.id)), YAMLField("kind", .word(entry.kind.value.rawValue)),
        YAMLField("text", .text(try text(entry.text.value))), YAMLField(text: "component", entry.component),
        YAMLField(texts: "refs", entry.references),
        YAMLField(text: "action", try entry.action.map { field throws(Refusal) in try text(field.value) }),
        YAMLField(text: "impact", try entry.impact.map { field throws(Refusal) in try text(field.value) }),
        YAMLField(text: "backport_of", entry.backportOf?.value), YAMLField(word: "audience", entry.audience?.rawValue),
        YAMLField(word: "embargo_until", entry.embargoUntil?.iso),
      ].compactMap { $0 })
  }

  /// Without line ends at its end.
  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  /// Whether what was read after the edit is what the edit meant: each fragment that waits on waits for the right ones.
  package func isUnderstood(in records: Records?) -> Bool {
    guard let records else { return false }
    return moves.allSatisfy { move in
      guard let rest = move.rest else { return true }
      let fragment = records.fragments.first { $0.place == rest.path }
      guard let fragment else { return false }
      return Set([fragment.product.text] + fragment.products.map(\.value)) == Set(rest.products)
    }
  }
}

extension FragmentRecord {
  /// The id of the change: its own, or the name of the file, which the reader gives it.
  fileprivate var id: String { entry.id?.value ?? "" }

  fileprivate var words: String { entry.text.value.split(separator: "\n").first.map(String.init) ?? "" }
}

extension ReleaseCut.Words {
  fileprivate var fields: [YAMLField] {
    [
      YAMLField("status", .word(status.rawValue)), YAMLField(text: "hotfix_of", hotfixOf),
      incident.map { YAMLField.mapping("because_of", [YAMLField("incident", .text($0))]) },
      incident.map { _ in YAMLField("unplanned", .word("true")) }, YAMLField(text: "title", title),
      YAMLField(text: "owner", owner), YAMLField(word: "scheduled", scheduled?.iso),
      YAMLField(word: "released", released?.iso),
    ].compactMap { $0 }
  }
}
