package import Diagnostics
package import Model

/// Everything that the content folder says, read and checked for form; nothing joined, rendered or derived yet.
package struct Records: Sendable {
  package var site: Site
  /// The path of every file below the content folder, also of those that are no records.
  package var files: [String] = []
  /// The SHA-256 of those that were read, by path.
  package var digests: [String: [UInt8]] = [:]
  /// Which readings the records of a product came from, where the load has a memory.
  var readings: [ProductID: [Int]] = [:]
  /// The pinned as-of of gazette.yml.
  package var asOf: Located<Moment>?
  /// By id. Summaries are not rendered yet: ``productSummaries`` has their texts.
  package var products: [Product] = []
  package var productSummaries: [ProductID: Located<String>] = [:]
  /// By product, then the bytes of the version.
  package var releases: [ReleaseRecord] = []
  package var fragments: [FragmentRecord] = []
  /// Without their postmortems, which ``postmortems`` has by id.
  package var incidents: [Incident] = []
  package var postmortems: [String: MarkdownSource] = [:]
  package var exercises: [Exercise] = []
  package var flags: [Flag] = []
  package var calendar = CalendarEntries()
  package var endsOfLife: [EndOfLife] = []
  /// The site's own files, the packs that they extend, waivers and frameworks.
  package var policy = Policy()
  package var pages: [PageRecord] = []
  /// The paths of the files of events, and the files of measurements by product; read once releases are known.
  var eventFiles: [String] = []
  var metricFiles: [ContentInventory.Named] = []
  /// Notes without a record, which may belong to a tag.
  package var orphanNotes: [OrphanNotes] = []
  /// Versions that something names; whether they exist is known once tags are joined.
  package var versionMentions: [Mention] = []
  /// The former ids of products with their places.
  package var formerProducts: [ProductID: [Located<String>]] = [:]

  package init(site: Site) {
    self.site = site
  }

  /// The files that records and gazette.yml name as evidence and keys, which may lie anywhere in the checkout.
  var namedFiles: Set<String> {
    var files = Set(releases.lazy.flatMap(\.evidence).compactMap { $0.path?.value })
    files.formUnion(site.signing.keys.values.map(\.value))
    if let signers = site.signing.allowedSigners { files.insert(signers.value) }
    return files
  }

  /// The changelogs that products name, which may lie anywhere in the checkout.
  var changelogs: Set<String> { Set(products.flatMap(\.sources).compactMap { $0.changelog?.value }) }
}

/// The text of `<version>.md` where there is no `<version>.yml`.
package struct OrphanNotes: Sendable {
  package var product: ProductID
  package var version: String
  package var notes: MarkdownSource

  package init(product: ProductID, version: String, notes: MarkdownSource) {
    (self.product, self.version, self.notes) = (product, version, notes)
  }
}

package struct FragmentRecord: Sendable {
  package var product: ProductID
  /// Other products that the same text is for.
  package var products: [Located<String>] = []
  package var entry: ChangeEntry
  package var body: MarkdownSource

  package init(product: ProductID, entry: ChangeEntry, body: MarkdownSource) {
    (self.product, self.entry, self.body) = (product, entry, body)
  }
}

/// A page of `pages/`: front matter and text.
package struct PageRecord: Sendable {
  /// Its path below `pages/` without `.md`.
  package var id: String
  package var title: Located<String>?
  package var summary: Located<String>?
  package var audience = Audience.public
  package var products: [Located<String>] = []
  package var order: Int?
  package var reviewed: CivilDate?
  package var owner: Located<String>?
  package var formerly: [Located<String>] = []
  package var body: MarkdownSource

  package init(id: String, body: MarkdownSource) {
    (self.id, self.body) = (id, body)
  }
}
