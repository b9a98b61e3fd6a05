import Diagnostics
import Model

/// When releases that were out became withdrawn or rolled back, as the history of their records tells it: whoever
/// follows a feed must hear of it, also where no amendment says so.
struct Withdrawals: Hashable, Sendable {
  /// By the path of the file that states the status.
  private let moments: [String: Moment]

  /// Asks Git only when there is such a release. A shallow clone does not know.
  static func read(
    for products: [ProductDraft], in checkout: Checkout, asOf: Moment
  ) async throws(FileError) -> Withdrawals {
    let statuses = products.flatMap { product in
      product.drafts.indices.compactMap { place -> Located<Release.Status>? in
        guard [.withdrawn, .rolledBack].contains(product.drafts[place].status),
          let record = product.drafts[place].record
        else { return nil }
        return record.amendments.contains { $0.fields.contains { $0.value == "status" } } ? nil : record.status
      }
    }
    guard !statuses.isEmpty, let repository = checkout.repository, !repository.isShallow else {
      return Withdrawals(moments: [:])
    }
    // Git goes through a long list of paths for every file of every commit.
    let paths = statuses.map(\.location.file)
    let history = try await repository.contentHistory(of: paths.count < 32 ? paths : [checkout.content])
    let blobs = try await repository.blobs(Set(paths.flatMap { history.touches(of: $0).compactMap(\.after) }))
    var moments: [String: Moment] = [:]
    for status in statuses {
      let path = status.location.file
      let since = history.touches(of: path).prefix { touch in
        touch.after.flatMap { blobs[$0] }.flatMap { self.status(in: $0, path: path) } == status.value.rawValue
      }
      guard let committed = since.last.map({ history.revisions[$0.revision].committed }), committed <= asOf else {
        continue
      }
      moments[path] = committed
    }
    return Withdrawals(moments: moments)
  }

  /// Whatever else is wrong with an old state of a record is no business of today.
  private static func status(in bytes: [UInt8], path: String) -> String? {
    var unreported = Report()
    let node = YAMLNode.read(String(decoding: bytes, as: UTF8.self), file: path, into: &unreported)
    guard case .mapping(let entries)? = node?.content else { return nil }
    return entries.first { $0.key == "status" }?.value.text
  }

  func moment(of record: ReleaseRecord) -> Moment? { moments[record.status.location.file] }
}
