package import Model

/// A text made ready for the site, with the files that it shows.
package struct RenderedProse: Sendable {
  package var prose: Prose
  /// In the order of the text, each once.
  package var assets: [AssetUse]

  package init(_ prose: Prose, assets: [AssetUse] = []) {
    (self.prose, self.assets) = (prose, assets)
  }
}

/// A file of the checkout that a text shows.
package struct AssetUse: Hashable, Sendable {
  /// Relative to the checkout.
  package var path: String
  /// In the site.
  package var address: String
  /// Whether the public text shows it too, should the text be public at all.
  package var isPublic: Bool

  package init(path: String, address: String, isPublic: Bool) {
    (self.path, self.address, self.isPublic) = (path, address, isPublic)
  }
}

/// The width and height of an image, in CSS pixels.
package struct ImageSize: Hashable, Sendable {
  package var width: Int
  package var height: Int

  package init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
  }
}
