import Diagnostics
import Model

extension LinkMap {
  /// What a map of the content is made of: equal files make equal maps.
  struct Files: Hashable, Sendable {
    struct Shown: Hashable, Sendable {
      var path: String
      var destination: Destination
    }

    fileprivate var content: String
    /// Every file of the content, by its path.
    fileprivate var paths: [String]
    fileprivate var shown: [Shown] = []
    /// The measures of images, by their paths in the checkout.
    fileprivate var sizes: [String: ImageSize] = [:]

    init(_ records: Records, products: [ProductDraft], in checkout: Checkout) throws(FileError) {
      (content, paths) = (checkout.content, records.files)
      shown.reserveCapacity(records.files.count)
      for product in products { add(product) }
      for incident in records.incidents {
        add(incident.location.file, .incident(incident.id))
        if let postmortem = records.postmortems[incident.id] {
          add(postmortem.location.file, .incident(incident.id))
        }
      }
      for page in records.pages { add(page.body.location.file, .guide(page: page.id)) }
      // No text may show this image, so one that is too large is nothing to report: it only has no size.
      var unreported = Report()
      for path in records.files where LinkResolver.isImage(path) {
        guard let bytes = try checkout.bytes(of: path, into: &unreported) else { continue }
        sizes[path] = ImageHeader.size(of: bytes)
      }
    }

    private mutating func add(_ path: String, _ destination: Destination) {
      shown.append(Shown(path: path, destination: destination))
    }

    private mutating func add(_ product: ProductDraft) {
      let id = product.product.id
      add(product.product.location.file, .product(id))
      for changelog in product.product.sources.compactMap(\.changelog) { add(changelog.value, .product(id)) }
      let drafts = product.drafts.span
      for place in drafts.indices {
        let destination = Destination.release(ReleaseID(product: id, version: drafts[place].version.text))
        if let file = drafts[place].record?.location.file { add(file, destination) }
        if let file = drafts[place].notes?.location.file { add(file, destination) }
      }
    }
  }

  /// Where the files of the content are to be found in the site.
  init(_ files: Files) {
    self.init(
      destinations: Dictionary(
        files.shown.map { ($0.path, $0.destination) }, uniquingKeysWith: { _, last in last }),
      exists: Set(files.paths), content: files.content, sizes: files.sizes)
  }
}
