package import Diagnostics
import Ingest
import Model

/// Puts a site on disk so that whoever looks sees the old one or the new one.
///
/// A first build is staged as a whole and renamed into place. A later one compares with what is there, stages only what
/// differs, writes a journal of what is left to do, and does that in one burst. A process that is killed leaves the old
/// site, or a journal that the next writer finishes before it does anything else. Files that Gazette did not write are
/// kept. That holds for the end of a process; the end of the machine's power may lose what the system had not yet
/// written.
///
/// Whoever makes one holds an ``OutputLock``.
package struct SiteWriter: Sendable {
  /// What one slice of the work has staged.
  package struct Staged: Sendable {
    fileprivate(set) var paths: [String] = []
    /// Those that are new or differ from what is there.
    fileprivate(set) var changed: [String] = []
    /// Those that stand in the way and are not ours.
    fileprivate(set) var foreign: [String] = []
    /// Folders already made for staging, the last first.
    fileprivate var folders: Set<String> = []

    package init() {}

    /// Puts the paths in order, by bytes.
    mutating func sort() { paths.sort(by: precedesInBytes) }
  }

  /// What was written.
  package struct Written: Hashable, Sendable {
    package var folder: String
    /// How many files the site has.
    package var files: Int
    /// How many of them are new or were changed.
    package var changed: Int
    package var removed: Int
  }

  /// One thing to do at the end, in order; the steps between make and drop may be taken twice.
  enum Step: Hashable, Sendable {
    case keep(Journal)
    case take(Journal.Step)
    case putInPlace
    case dropWork
  }

  private let place: OutputPlace
  private let isFirst: Bool
  private let isForced: Bool
  private let old: SiteManifest
  private let isOurs: Set<String>

  /// Finishes or drops what a killed writer left, then makes ready to stage.
  ///
  /// - Parameter isForced: Whether files that Gazette did not write may be replaced.
  package init(to place: OutputPlace, isForced: Bool = false) throws(FileError) {
    self.place = place
    self.isForced = isForced
    try SiteWriter.recover(place)
    isFirst = try place.isVacant()
    old = try SiteWriter.manifest(of: place) ?? SiteManifest([])
    isOurs = Set(old.paths)
    try FileSystem.makeFolders(place.staging)
  }

  /// The manifest in an output; `nil` when it has none, and so is not known to be ours.
  static func manifest(of place: OutputPlace) throws(FileError) -> SiteManifest? {
    guard try FileSystem.kind(of: place.manifest) == .file else { return nil }
    return try FileSystem.contents(of: place.manifest).flatMap(SiteManifest.init(bytes:))
  }

  private static func recover(_ place: OutputPlace) throws(FileError) {
    guard try FileSystem.kind(of: place.work) != nil else { return }
    if let bytes = try FileSystem.contents(of: place.journal), let journal = Journal(bytes: bytes),
      try FileSystem.kind(of: place.folder) == .folder
    {
      for step in journal.steps { try journal.take(step, in: place) }
    }
    try FileSystem.removeTree(place.work)
  }

  /// Stages one file, unless the site has it already.
  ///
  /// - Parameter path: Relative to the site.
  package func stage(_ bytes: [UInt8], at path: String, into staged: inout Staged) throws(FileError) {
    guard SiteManifest.isInside(path), path != SiteManifest.name else {
      throw FileError(path, "is no name for a file of a site")
    }
    staged.paths.append(path)
    if !isFirst, let isSame = try FileSystem.holds(bytes, at: place.folder + "/" + path) {
      if isSame { return }
      if !isOurs.contains(path) { staged.foreign.append(path) }
    }
    staged.changed.append(path)
    try makeStagingFolder(for: path, into: &staged)
    try FileSystem.write(bytes, to: place.staging + "/" + path)
  }

  private func makeStagingFolder(for path: String, into staged: inout Staged) throws(FileError) {
    guard let folder = FileSystem.parent(of: path), staged.folders.insert(folder).inserted else { return }
    try makeStagingFolder(for: folder, into: &staged)
    try FileSystem.makeFolder(place.staging + "/" + folder)
  }

  /// Puts the site in place, if nothing speaks against it; otherwise the report says what, and nothing changes.
  package func finish(_ slices: [Staged], into report: inout Report) throws(FileError) -> Written? {
    guard let (steps, written) = try steps(for: slices, into: &report) else {
      try discard()
      return nil
    }
    for step in steps { try take(step) }
    return written
  }

  /// Drops all that is staged; the site stays as it is.
  package func discard() throws(FileError) {
    try FileSystem.removeTree(place.work)
  }

  /// What is left to do when everything is staged.
  func steps(
    for slices: [Staged], into report: inout Report
  ) throws(FileError) -> (steps: [Step], written: Written)? {
    let manifest = SiteManifest(slices.flatMap(\.paths))
    var changed = slices.flatMap(\.changed)
    for (path, next) in zip(manifest.paths, manifest.paths.dropFirst()) where path == next {
      report.error(
        .sameAddress, "two files of the site have the address `\(path)`",
        help: "rename one of the two, or leave one out")
    }
    guard !report.hasErrors else { return nil }

    let new = Set(manifest.paths)
    let removed = old.paths.filter { !new.contains($0) }
    try check(foreign: slices.flatMap(\.foreign), touched: changed + removed, into: &report)
    guard !report.hasErrors else { return nil }

    let written = Written(
      folder: place.folder, files: manifest.paths.count, changed: changed.count, removed: isFirst ? 0 : removed.count)
    if isFirst || manifest != old {
      try FileSystem.write(manifest.bytes, to: place.staging + "/" + SiteManifest.name)
      changed.append(SiteManifest.name)
    }
    if isFirst { return ([.putInPlace, .dropWork], written) }
    let journal = Journal(
      removed.map(Journal.Step.remove)
        + foldersToPrune(without: removed, keeping: manifest.paths).map(Journal.Step.prune)
        + folders(of: changed).map(Journal.Step.makeFolder)
        + changed.sorted().map(Journal.Step.place))
    guard !journal.steps.isEmpty else { return ([.dropWork], written) }
    return ([.keep(journal)] + journal.steps.map(Step.take) + [.dropWork], written)
  }

  func take(_ step: Step) throws(FileError) {
    switch step {
    case .keep(let journal):
      try FileSystem.write(journal.bytes, to: place.journal + ".new", synced: true)
      _ = try FileSystem.move(place.journal + ".new", to: place.journal)
    case .take(let step):
      try Journal([step]).take(step, in: place)
    case .putInPlace:
      _ = try FileSystem.move(place.staging, to: place.folder)
    case .dropWork:
      // The journal goes first: without it the rest is only litter.
      try FileSystem.removeFile(place.journal)
      try FileSystem.removeTree(place.work)
    }
  }

  /// Refuses to write over files that are not ours, and through links that lead elsewhere.
  private func check(foreign: [String], touched: [String], into report: inout Report) throws(FileError) {
    if !isForced {
      for path in foreign.sorted() {
        report.error(
          .foreignFileInTheWay, "`\(path)` is in the output already, and Gazette did not write it",
          help: "move it away, or build with --force to replace it")
      }
    }
    guard !isFirst else { return }
    for folder in folders(of: touched) {
      switch try FileSystem.kind(of: place.folder + "/" + folder) {
      case nil, .folder: continue
      case .file where isOurs.contains(folder): continue
      default:
        report.error(
          .foreignFileInTheWay, "`\(folder)` in the output is not a folder, but the site needs one there",
          help: "move it away, or name another folder with --output")
      }
    }
    for path in touched where try FileSystem.kind(of: place.folder + "/" + path) == .folder {
      report.error(
        .foreignFileInTheWay, "`\(path)` in the output is a folder, but the site has a file there",
        help: "move it away, or name another folder with --output")
    }
  }

  /// All folders above the paths, each after the one it is in.
  private func folders(of paths: [String]) -> [String] {
    var folders = Set<String>()
    for path in paths {
      var path = path
      while let folder = FileSystem.parent(of: path), folders.insert(folder).inserted { path = folder }
    }
    return folders.sorted()
  }

  /// The folders that the removal of these files may leave empty, each before the one it is in.
  private func foldersToPrune(without removed: [String], keeping paths: [String]) -> [String] {
    guard !removed.isEmpty else { return [] }
    let kept = Set(folders(of: paths))
    return folders(of: removed).filter { !kept.contains($0) }.reversed()
  }
}
