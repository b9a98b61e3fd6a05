import Diagnostics
import Model

/// What makes an entry the same in two states of the content, wherever it stands and however it is laid out: all that it
/// says but `ref`. Whoever changes anything else writes another entry.
struct EntryKey: Hashable, Sendable {
  private enum Kind: Hashable { case approval, amendment, waiver, exception }

  private let kind: Kind
  private let texts: [String?]
  private let times: [When?]

  init(_ approval: Approval) {
    kind = .approval
    texts = [
      approval.by.value, approval.role?.value, approval.decision.value.rawValue, approval.conditions,
      approval.onBehalfOf?.value, approval.comment,
    ]
    times = [approval.asked?.value, approval.at?.value]
  }

  init(_ amendment: Amendment) {
    kind = .amendment
    texts = [amendment.by?.value, amendment.reason] + amendment.fields.map(\.value)
    times = [amendment.at.value]
  }

  /// - Parameter file: The path of the file, which names a waiver that does not name itself.
  init(_ waiver: Waiver, in file: String) {
    let name = file.split(separator: "/").last.map { String($0.dropLast(".yml".count)) } ?? file
    kind = .waiver
    texts = [
      waiver.id.value.isEmpty ? name : waiver.id.value, waiver.rule.value, waiver.product.value, waiver.versions?.text,
      waiver.reason, waiver.requestedBy?.value, waiver.approvedBy.value, waiver.role?.value,
      waiver.mostUses.map(String.init), waiver.compensating,
    ]
    times = [waiver.approvedAt.value, waiver.from?.value, waiver.expires.value]
  }

  init(_ exception: CalendarEntries.Freeze.Exception) {
    kind = .exception
    texts = [exception.product.value, exception.version.value, exception.reason, exception.approvedBy?.value]
    times = []
  }
}

extension EntryKey {
  /// The approvals and amendments in an old state of a record or a part.
  static func keys(inRelease entries: [YAMLNode.Entry], at place: SourceLocation) -> Set<EntryKey> {
    let fields = Fields(entries, at: place)
    return Set(
      fields.values(ReleaseFields.approvals).map { EntryKey($0) }
        + fields.values(ReleaseFields.amendments).map { EntryKey($0) })
  }

  static func keys(inWaiver node: YAMLNode, path: String) -> Set<EntryKey> {
    Form.shape(WaiverFields.shape).read(node).map { [EntryKey($0, in: path)] } ?? []
  }

  static func keys(inCalendar node: YAMLNode) -> Set<EntryKey> {
    let calendar = Form.shape(CalendarFields.shape).read(node)
    return Set(calendar?.freezes.flatMap(\.exceptions).map { EntryKey($0) } ?? [])
  }
}

extension ContentStates {
  /// An old state of a file; `nil` for what is not YAML, for whatever else is wrong with it is no business of today.
  func node(_ blob: String, path: String) -> YAMLNode? {
    if let known = nodes[path]?[blob] { return known }
    var unreported = Report()
    return blobs[blob].flatMap {
      YAMLNode.read(String(decoding: $0, as: UTF8.self), file: path, into: &unreported)
    }
  }

  /// The keys of each state of some files, each state read once.
  func entries(of paths: [String]) -> [String: [YAMLNode.Entry]] {
    var entries: [String: [YAMLNode.Entry]] = [:]
    for path in paths where path.hasSuffix(".yml") {
      for blob in blobIDs(of: [path]) where entries[blob] == nil {
        if case .mapping(let found)? = node(blob, path: path)?.content { entries[blob] = found }
      }
    }
    return entries
  }
}
