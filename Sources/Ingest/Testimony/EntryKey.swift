import Diagnostics
import Model

/// What makes an entry the same in two states of the content, wherever it stands and however it is written.
enum EntryKey: Hashable, Sendable {
  case approval(by: String, role: String?, decision: Approval.Decision, at: When?)
  case amendment(by: String?, fields: [String], at: When)
  case waiver(
    id: String, rule: String, product: String, versions: String?, by: String, role: String?, at: When, expires: When)
  case exception(product: String, version: String, by: String?)

  init(_ approval: Approval) {
    self = .approval(
      by: approval.by.value, role: approval.role?.value, decision: approval.decision.value, at: approval.at?.value)
  }

  init(_ amendment: Amendment) {
    self = .amendment(by: amendment.by?.value, fields: amendment.fields.map(\.value), at: amendment.at.value)
  }

  /// - Parameter file: The path of the file, which names a waiver that does not name itself.
  init(_ waiver: Waiver, in file: String) {
    let name = file.split(separator: "/").last.map { String($0.dropLast(".yml".count)) } ?? file
    self = .waiver(
      id: waiver.id.value.isEmpty ? name : waiver.id.value, rule: waiver.rule.value, product: waiver.product.value,
      versions: waiver.versions?.text, by: waiver.approvedBy.value, role: waiver.role?.value,
      at: waiver.approvedAt.value, expires: waiver.expires.value)
  }

  init(_ exception: CalendarEntries.Freeze.Exception) {
    self = .exception(
      product: exception.product.value, version: exception.version.value, by: exception.approvedBy?.value)
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
