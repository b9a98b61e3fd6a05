package import Diagnostics

/// One entry of a release's notes.
package struct Change: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case breaking, security, feature, improvement, fix, deprecation, removal, performance, documentation, dependency
    case `internal`
  }

  /// Where it was written.
  package enum Origin: Hashable, Sendable {
    /// In the record or one of its parts.
    case record
    /// In notes or a changelog that consist of nothing but changes, so that the page shows the entries instead.
    case notes
    /// Read out of notes that the page shows as they are; the anchor of the heading above it, if any.
    case prose(anchor: String?)
    /// The subject of a commit.
    case commit
    /// A fragment that waits for its release.
    case fragment
  }

  /// Stable, and its anchor on the page.
  package var id: String
  /// Whether somebody gave it its id; otherwise the id was made of its first words.
  package var isNamed = false
  /// `nil` where nothing says what it is, as with most commits.
  package var kind: Kind?
  package var text: Prose
  package var component: String?
  package var references: [String] = []
  /// What the reader must do.
  package var action: Prose?
  /// What happens if they do not.
  package var impact: Prose?
  /// The change on another line that this one repeats, by its id.
  package var backportOf: String?
  package var audience = Audience.public
  package var embargoUntil: Moment?
  package var origin: Origin
  package var location: SourceLocation

  package init(id: String, kind: Kind?, text: Prose, origin: Origin, at location: SourceLocation) {
    (self.id, self.kind, self.text, self.origin, self.location) = (id, kind, text, origin, location)
  }

  /// What makes it the same change on every line it is on: the id that somebody gave it, else all of its words, for two
  /// changes may begin with the same ones.
  package var identity: String { backportOf ?? (isNamed ? id : text.whole.plainText) }
}

/// A change that waits for its release.
package struct Fragment: Sendable {
  package var product: ProductID
  /// Also these, when one text serves several products.
  package var products: [ProductID]
  package var change: Change

  package init(product: ProductID, products: [ProductID], change: Change) {
    (self.product, self.products, self.change) = (product, products, change)
  }
}
