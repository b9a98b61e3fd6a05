import Diagnostics
import Model

/// The files of a content folder, told apart by where they are; nothing is read yet.
struct ContentInventory: Sendable {
  /// The files of one release by their paths; either the record or only notes or parts of one that is missing.
  struct ReleaseEntry: Hashable, Sendable {
    var product: String
    var version: String
    var record: String?
    var notes: String?
    var parts: [String] = []
  }

  /// A file with the id that its name gives it.
  struct Named: Hashable, Sendable {
    var id: String
    var path: String
    /// The folder above it, where that is a product's.
    var product = ""
  }

  var site: String?
  var calendar: String?
  var flags: String?
  var products: [Named] = []
  /// By product, then the bytes of the version.
  var releases: [ReleaseEntry] = []
  var fragments: [Named] = []
  var incidents: [Named] = []
  var postmortems: [Named] = []
  var exercises: [Named] = []
  var endsOfLife: [Named] = []
  var policies: [Named] = []
  var waivers: [Named] = []
  var pages: [Named] = []
  /// Files of `events/`, in whatever folder below.
  var events: [String] = []
  var metrics: [Named] = []
  private(set) var findings: [Diagnostic] = []

  private var releaseIndex: [String: Int] = [:]

  /// - Parameters:
  ///   - files: Paths relative to the checkout, sorted.
  ///   - folder: The content folder.
  init(of files: [String], in folder: String) {
    for path in files {
      guard path.hasPrefix(folder + "/") else { continue }
      let steps = path.dropFirst(folder.count + 1).split(separator: "/").map(String.init)
      guard !steps.contains(where: { $0.hasPrefix(".") }) else { continue }
      if !warnOfCapitals(path, steps) { sort(path, steps) }
    }
    releases.sort {
      $0.product == $1.product
        ? precedesInBytes($0.version, $1.version)
        : precedesInBytes($0.product, $1.product)
    }
  }

  private mutating func sort(_ path: String, _ steps: [String]) {
    switch (steps[0], steps.count) {
    case ("gazette.yml", 1): site = path
    case ("calendar.yml", 1): calendar = path
    case ("flags.yml", 1): flags = path
    case ("products", 2): if let file = named(path, steps[1], "yml") { products.append(file) }
    case ("releases", 3...): sortRelease(path, steps)
    case ("changes", 3): if let file = named(path, steps[2], "md", product: steps[1]) { fragments.append(file) }
    case ("incidents", 2) where path.hasSuffix(".md"):
      if let file = named(path, steps[1], "md") { postmortems.append(file) }
    case ("incidents", 2): if let file = named(path, steps[1], "yml") { incidents.append(file) }
    case ("exercises", 2): if let file = named(path, steps[1], "yml") { exercises.append(file) }
    case ("eol", 2): if let file = named(path, steps[1], "json") { endsOfLife.append(file) }
    case ("policy", 2): if let file = named(path, steps[1], "yml") { policies.append(file) }
    case ("waivers", 2): if let file = named(path, steps[1], "yml") { waivers.append(file) }
    case ("pages", 2...): takePage(path, steps)
    case ("events", 2...): takeEvents(path, steps)
    case ("metrics", 2): if let file = named(path, steps[1], "csv") { metrics.append(file) }
    case ("products", _), ("changes", _), ("incidents", _), ("exercises", _), ("eol", _), ("policy", _), ("waivers", _):
      // Only what looks like a record in the wrong folder; pictures and the like may lie anywhere.
      if path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
        findings.append(
          .warning(
            .unknownFile, "`\(steps.joined(separator: "/"))` is not read", at: SourceLocation(file: path),
            help: "files of `\(steps[0])/` lie "
              + (steps[0] == "changes" ? "in a folder for each product" : "directly in it")))
      }
    default: sortUnknown(path, steps)
    }
  }

  private mutating func sortRelease(_ path: String, _ steps: [String]) {
    let name = steps[2]
    if steps.count == 3, let version = name.withoutExtension("yml") {
      update(steps[1], version) { $0.record = path }
    } else if steps.count == 3, let version = name.withoutExtension("md") {
      update(steps[1], version) { $0.notes = path }
    } else if steps.count == 4, let version = name.withoutExtension("d"), steps[3].withoutExtension("yml") != nil {
      update(steps[1], version) { $0.parts.append(path) }
    } else if name.hasSuffix(".yaml") || steps.last?.hasSuffix(".yaml") == true {
      warnOfExtension(path, steps.last ?? name, wanted: "yml")
    } else if steps.last?.hasSuffix(".yml") == true {
      findings.append(
        .warning(
          .unknownFile, "`\(steps.joined(separator: "/"))` is not read", at: SourceLocation(file: path),
          help: "parts of a record lie in `<version>.d/` beside it"))
    }
  }

  private mutating func takePage(_ path: String, _ steps: [String]) {
    guard let last = steps.last, let name = last.withoutExtension("md") else {
      if let last = steps.last, last.hasSuffix(".markdown") || last.hasSuffix(".mdx") {
        warnOfExtension(path, last, wanted: "md")
      }
      return
    }
    pages.append(Named(id: (steps.dropFirst().dropLast() + [name]).joined(separator: "/"), path: path))
  }

  private mutating func takeEvents(_ path: String, _ steps: [String]) {
    guard let last = steps.last else { return }
    if last.withoutExtension("ndjson") != nil {
      events.append(path)
    } else if last.hasSuffix(".json") || last.hasSuffix(".jsonl") {
      warnOfExtension(path, last, wanted: "ndjson")
    }
  }

  /// The file with its id; `nil` when it has another extension, which is reported if it looks like a slip.
  private mutating func named(_ path: String, _ name: String, _ wanted: String, product: String = "") -> Named? {
    if let id = name.withoutExtension(wanted) { return Named(id: id, path: path, product: product) }
    if wanted == "yml", name.hasSuffix(".yaml") || name.hasSuffix(".json") {
      warnOfExtension(path, name, wanted: wanted)
    } else if wanted == "md", name.hasSuffix(".yml") || name.hasSuffix(".yaml") || name.hasSuffix(".markdown") {
      warnOfExtension(path, name, wanted: wanted)
    } else if wanted == "csv", [".tsv", ".txt", ".yml", ".json"].contains(where: name.hasSuffix) {
      warnOfExtension(path, name, wanted: wanted)
    }
    return nil
  }

  private mutating func warnOfExtension(_ path: String, _ name: String, wanted: String) {
    let stem = name.split(separator: ".").dropLast().joined(separator: ".")
    findings.append(
      .warning(
        .unknownFile, "`\(name)` is not read", at: SourceLocation(file: path), help: "rename it to `\(stem).\(wanted)`")
    )
  }

  /// Whether the name ends in `.YML` or the like, which is a slip in the folders of records.
  private mutating func warnOfCapitals(_ path: String, _ steps: [String]) -> Bool {
    guard steps.count > 1, ContentInventory.foldersOfRecords.contains(steps[0]), let name = steps.last,
      let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
    else { return false }
    let ending = name[dot...].dropFirst()
    let plain = ending.lowercased()
    guard ending != plain, ["yml", "yaml", "md", "json"].contains(plain) else { return false }
    warnOfExtension(path, name, wanted: plain == "yaml" ? "yml" : plain)
    return true
  }

  private mutating func update(_ product: String, _ version: String, _ change: (inout ReleaseEntry) -> Void) {
    let key = product + "/" + version
    let index = releaseIndex[key] ?? releases.count
    if index == releases.count {
      releases.append(ReleaseEntry(product: product, version: version))
      releaseIndex[key] = index
    }
    change(&releases[index])
  }

  /// What is not Gazette's is left alone unless it looks like a slip.
  private mutating func sortUnknown(_ path: String, _ steps: [String]) {
    let isFolder = steps.count > 1
    guard [".yml", ".yaml", ".md", ".json"].contains(where: path.hasSuffix) else { return }
    let known = isFolder ? ContentInventory.folders : ContentInventory.files
    guard !known.contains(steps[0]), let near = nearest(to: steps[0], among: known) else { return }
    let place = path.dropLast(steps.dropFirst().reduce(0) { $0 + $1.count + 1 })
    let finding = Diagnostic.warning(
      .unknownFile, "the \(isFolder ? "folder" : "file") `\(steps[0])` is not read",
      at: SourceLocation(file: String(place)),
      help: "did you mean `\(near)`?")
    if findings.last != finding { findings.append(finding) }
  }

  private static let files = ["gazette.yml", "calendar.yml", "flags.yml"]
  private static let foldersOfRecords = [
    "products", "releases", "changes", "incidents", "exercises", "policy", "waivers", "eol", "pages",
  ]
  private static let folders = [
    "products", "releases", "changes", "evidence", "events", "incidents", "exercises", "metrics", "policy", "waivers",
    "eol",
    "pages", "keys",
  ]
}

extension String {
  /// The text before `.` and the extension; `nil` when it has another, or nothing before it.
  fileprivate func withoutExtension(_ wanted: String) -> String? {
    hasSuffix("." + wanted) && utf8.count > wanted.utf8.count + 1 ? String(dropLast(wanted.count + 1)) : nil
  }
}
