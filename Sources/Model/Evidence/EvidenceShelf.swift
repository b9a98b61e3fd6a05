/// What became of the file that an entry names.
package enum EvidenceReading: Sendable {
  case read(EvidenceFile)
  /// Known by its digest and not at hand, so that nothing can be said of its content.
  case referenced(reason: String)
  /// Not there, or not what it claims to be; a diagnostic says where.
  case unreadable(reason: String)

  /// The file, where it could be read.
  package var file: EvidenceFile? {
    if case .read(let file) = self { file } else { nil }
  }

  /// Why nothing is known of its content; `nil` where it could be read.
  package var reason: String? {
    switch self {
    case .read: nil
    case .referenced(let reason), .unreadable(let reason): reason
    }
  }
}

/// The files that the evidence entries of all releases name.
package struct EvidenceShelf: Sendable {
  private struct Key: Hashable {
    var release: ReleaseID
    var id: String
  }

  private var readings: [Key: EvidenceReading] = [:]

  package init() {}

  /// What became of the file of an entry; `nil` when the entry names none.
  package subscript(release: ReleaseID, id: String) -> EvidenceReading? {
    get { readings[Key(release: release, id: id)] }
    set { readings[Key(release: release, id: id)] = newValue }
  }
}
