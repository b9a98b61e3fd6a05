package import Model

/// What one load has read and set, so that the next of the same checkout does anew only what has changed.
///
/// It changes nothing but the time: a load with it gives what one without it gives. A file counts as unchanged when
/// size, times and inode agree and nobody wrote to it shortly before it was read.
package struct LoadMemory: Sendable {
  var records = RecordMemory()
  var shelves = ShelfMemory()

  package init() {}

  /// Which making of a product's shelf the last load gave; equal numbers mean the same shelf.
  package func making(of product: ProductID) -> Int? { shelves.making(of: product) }
}
