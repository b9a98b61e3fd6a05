import Diagnostics
import Model

extension LinkMap {
  /// Where the files of the content are to be found in the site.
  init(_ records: Records, products: [ProductDraft], in checkout: Checkout) throws(FileError) {
    var destinations: [String: Destination] = [:]
    for product in products {
      let id = product.product.id
      destinations[product.product.location.file] = .product(id)
      for changelog in product.product.sources.compactMap(\.changelog) { destinations[changelog.value] = .product(id) }
      for draft in product.drafts {
        let destination = Destination.release(ReleaseID(product: id, version: draft.version.text))
        if let record = draft.record { destinations[record.location.file] = destination }
        if let notes = draft.notes { destinations[notes.location.file] = destination }
      }
    }
    for incident in records.incidents {
      destinations[incident.location.file] = .incident(incident.id)
      if let postmortem = records.postmortems[incident.id] {
        destinations[postmortem.location.file] = .incident(incident.id)
      }
    }
    for page in records.pages { destinations[page.body.location.file] = .guide(page: page.id) }
    var sizes: [String: ImageSize] = [:]
    // No text may show this image, so one that is too large is nothing to report: it only has no size.
    var unreported = Report()
    for path in records.files where LinkResolver.isImage(path) {
      guard let bytes = try checkout.bytes(of: path, into: &unreported) else { continue }
      sizes[path] = ImageHeader.size(of: bytes)
    }
    self.init(destinations: destinations, exists: Set(records.files), content: checkout.content, sizes: sizes)
  }
}
