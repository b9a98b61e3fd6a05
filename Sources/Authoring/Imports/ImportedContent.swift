package import Diagnostics
import Ingest
import Model

/// What an import would write into a content folder, and what it left out.
package struct ImportedContent: Sendable {
  package struct File: Hashable, Sendable {
    /// Relative to the content folder.
    package var path: String
    package var text: String
  }

  /// In the order in which they were made.
  package private(set) var files: [File] = []
  /// Errors keep all of it from being written.
  package var report = Report()
  /// Where each file comes from.
  private var origins: [String: SourceLocation] = [:]

  package init() {}

  package func count(in folder: String, ending: String) -> Int {
    files.count { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(ending) }
  }

  /// Whether something is written already under the path, letters of either case being the same.
  func has(_ path: String) -> Bool { origins[path.lowercased()] != nil }

  /// Adds a file; a second one under the path is an error, for neither may win.
  mutating func add(_ path: String, _ text: String, from origin: SourceLocation) {
    if let first = origins.updateValue(origin, forKey: path.lowercased()) {
      report.error(
        .importClash, "two inputs become `\(path)`", at: origin, notes: [Diagnostic.Note("the other is", at: first)],
        help: "import them one after the other, under different names with --product")
      return
    }
    files.append(File(path: path, text: text))
  }

  mutating func add(_ record: RecordDraft, from origin: SourceLocation) {
    let path = "releases/\(record.product)/\(record.version)"
    add(path + ".yml", record.text, from: origin)
    if let notes = record.notes { add(path + ".md", notes, from: origin) }
  }

  /// Says that a part of the input becomes nothing, and why.
  mutating func leaveOut(
    _ message: String, at location: SourceLocation?, help: String? = nil, severity: Diagnostic.Severity = .info
  ) {
    report.add(Diagnostic(severity, .importLeftOut, message, at: location, help: help))
  }

  mutating func refuse(_ message: String, at location: SourceLocation?, help: String? = nil) {
    report.error(.importUnreadable, message, at: location, help: help)
  }

  /// Keeps only what is not there yet: a record with its notes counts as one.
  package mutating func drop(where isThere: (String) -> Bool) {
    var kept: [String: Bool] = [:]
    files.removeAll { file in
      let isRecord = file.path.hasPrefix("releases/")
      let whole = isRecord ? String(file.path.withoutEnding) : file.path
      if let known = kept[whole] { return known }
      let found = (isRecord ? [".yml", ".md"] : [""]).contains { isThere(whole + $0) }
      kept[whole] = found
      return found
    }
  }
}

extension String {
  fileprivate var withoutEnding: Substring { lastIndex(of: ".").map { self[..<$0] } ?? self[...] }
}

/// A release record as an import writes it.
struct RecordDraft: Sendable {
  var product: String
  var version: String
  var status = Release.Status.released
  var type: Release.Kind?
  var title: String?
  /// A day or a moment.
  var released: String?
  var commit: String?
  var tag: String?
  var commits: [[YAMLField]] = []
  var changes: [[YAMLField]] = []
  var artifacts: [[YAMLField]] = []
  /// The text of the file beside it.
  var notes: String?

  init(product: String, version: String) { (self.product, self.version) = (product, version) }

  var text: String {
    YAMLText.document(
      [
        YAMLField(word: "status", status.rawValue), YAMLField(word: "type", type?.rawValue),
        YAMLField(text: "title", title), YAMLField(word: "released", released), YAMLField(text: "commit", commit),
        YAMLField(text: "tag", tag), field("commits", commits), field("changes", changes),
        field("artifacts", artifacts),
      ].compactMap(\.self))
  }

  private func field(_ key: String, _ entries: [[YAMLField]]) -> YAMLField? {
    entries.isEmpty ? nil : YAMLField(key, .list(entries.map(YAMLValue.mapping)))
  }
}

/// A product's file as an import writes it.
struct ProductText: Sendable {
  var name: String
  var kind: Product.Kind?
  var versioning = VersionScheme.semver
  var sources: [Source] = []
  var lines: [Line] = []

  struct Source: Hashable, Sendable {
    var id = "main"
    /// `nil` for the checkout.
    var repository: String?
    var tags: String?
    var branches: [String] = []

    fileprivate func fields(isAlone: Bool) -> [YAMLField] {
      [
        YAMLField(text: "id", isAlone ? nil : id), YAMLField(text: "repository", repository),
        YAMLField(text: "tags", tags), YAMLField(texts: "branches", branches),
      ].compactMap(\.self)
    }
  }

  struct Line: Hashable, Sendable {
    var id: String
    var match: String
    var released: CivilDate?
    var activeUntil: CivilDate?
    var securityUntil: CivilDate?
    var extendedUntil: CivilDate?
    var isLongTerm = false

    fileprivate var fields: [YAMLField] {
      [
        YAMLField(text: "id", id), YAMLField(text: "match", match), YAMLField(word: "released", released?.iso),
        YAMLField(word: "active_until", activeUntil?.iso), YAMLField(word: "security_until", securityUntil?.iso),
        YAMLField(word: "extended_until", extendedUntil?.iso), YAMLField(word: "lts", isLongTerm ? "true" : nil),
      ].compactMap(\.self)
    }
  }

  var text: String {
    var fields = [
      YAMLField(text: "name", name), YAMLField(word: "kind", kind?.rawValue),
      YAMLField(word: "versioning", versioning.rawValue),
    ].compactMap(\.self)
    if sources.count == 1 {
      fields.append(YAMLField("source", .mapping(sources[0].fields(isAlone: true))))
    } else if sources.count > 1 {
      fields.append(YAMLField("sources", .list(sources.map { .mapping($0.fields(isAlone: false)) })))
    }
    if !lines.isEmpty { fields.append(YAMLField("lines", .list(lines.map { .mapping($0.fields) }))) }
    return YAMLText.document(fields)
  }
}
