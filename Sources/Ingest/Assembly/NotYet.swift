package import Diagnostics
package import Model

// Stands in for the assembly, so that what calls it builds: delete this file when it lands.
extension Ledger {
  package static func load(
    from checkout: Checkout, options: LoadOptions, into report: inout Report
  ) async throws(FileError) -> Ledger? {
    throw FileError(checkout.content, "content cannot be read yet")
  }
}

package struct LoadOptions: Sendable {
  package var asOf: Moment?
  package var clock: Moment
  package var isPreview: Bool
  package var slices: Int

  package init(asOf: Moment? = nil, clock: Moment, isPreview: Bool = false, slices: Int = 8) {
    (self.asOf, self.clock, self.isPreview, self.slices) = (asOf, clock, isPreview, slices)
  }
}
