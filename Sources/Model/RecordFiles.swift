/// Gives the files that the record of a release is made of, as they stand, to a page that shows them.
package struct RecordFiles: Sendable {
  package struct File: Hashable, Sendable {
    /// Relative to the checkout.
    package var path: String
    package var text: String

    package init(path: String, text: String) {
      (self.path, self.text) = (path, text)
    }
  }

  private let read: @Sendable (ReleaseID) -> [File]

  /// - Parameter read: Gives the record, then its parts in the order in which they are read.
  package init(_ read: @escaping @Sendable (ReleaseID) -> [File]) {
    self.read = read
  }

  package func callAsFunction(_ release: ReleaseID) -> [File] { read(release) }
}
