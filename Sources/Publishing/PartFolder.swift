import Diagnostics
import Export
import Ingest
import Model

/// A part of a site, in the folder where a build has put it.
struct PartFolder: Sendable {
  /// As somebody typed it.
  let name: String
  /// Absolute.
  let folder: String
  let part: SitePart

  /// - Returns: `nil` when the report says why the folder is no part.
  init?(_ name: String, at folder: String, into report: inout Report) throws(FileError) {
    let isFolder = try FileSystem.kind(of: OutputPlace.withoutLinks(folder)) == .folder
    let bytes = isFolder ? try FileSystem.contents(of: folder + "/" + SitePart.name) : nil
    guard let bytes, let part = SitePart(bytes: bytes) else {
      let reason =
        !isFolder
        ? "there is no such folder"
        : bytes == nil ? "it has no `\(SitePart.name)`" : "its `\(SitePart.name)` is not as Gazette wrote it"
      report.error(
        .noPart, "`\(name)` is no part of a site: \(reason)",
        help: "name a folder that `gazette build --shard I/N` wrote, copied whole")
      return nil
    }
    (self.name, self.folder, self.part) = (name, folder, part)
  }

  /// Where a file of the part is.
  func path(of file: String) -> String { folder + "/" + file }

  /// What speaks against joining these parts.
  static func findings(in parts: [PartFolder], gazetteVersion: String) -> [Diagnostic] {
    guard let first = parts.first else { return [] }
    let others = parts.compactMap { $0.difference(from: first, gazetteVersion: gazetteVersion) }
    return others.isEmpty ? incompleteness(of: parts) : others
  }

  private func difference(from first: PartFolder, gazetteVersion: String) -> Diagnostic? {
    for version in part.sites.map(\.seal.gazetteVersion) where version != gazetteVersion {
      return .error(
        .otherBuild, "`\(name)` was built by Gazette \(version), and this is Gazette \(gazetteVersion)",
        help: "join parts with the version that built them")
    }
    for (own, other) in zip(part.facts, first.part.facts) where own != other {
      return .error(
        .otherBuild, "`\(name)` is \(own), and `\(first.name)` is \(other)",
        help: "build all parts from one commit, with the same options and the same `--as-of`")
    }
    if part.heads != first.part.heads {
      return .error(
        .otherBuild, "`\(name)` was made from other files or tags than `\(first.name)`",
        help: "commit everything, fetch the same tags for every part, and build all of them again")
    }
    guard part.build == first.part.build, part.url == first.part.url else {
      return .error(
        .otherBuild, "`\(name)` was built with other options, or from a clone with less history, than `\(first.name)`",
        help: "build all parts with the same options, from clones with the whole history")
    }
    return nil
  }

  private static func incompleteness(of parts: [PartFolder]) -> [Diagnostic] {
    var known: [Int: String] = [:]
    var findings: [Diagnostic] = []
    for folder in parts {
      if let twin = known.updateValue(folder.name, forKey: folder.part.shard.number) {
        findings.append(
          .error(
            .incompleteParts, "`\(folder.name)` is part \(folder.part.shard), and so is `\(twin)`",
            help: "name each part once"))
      }
    }
    let count = parts.first?.part.shard.count ?? 0
    let missing = (1...max(count, 1)).filter { known[$0] == nil }
    if !missing.isEmpty {
      let words = missing.count == 1 ? "part \(missing[0]) of \(count) is" : "\(missing.count) of \(count) parts are"
      let list = missing.count == 1 ? "" : ": " + missing.map(String.init).joined(separator: ", ")
      findings.append(
        .error(
          .incompleteParts, "\(words) missing\(list)",
          help: "build with `--shard \(missing[0])/\(count)`, and name that folder too"))
    }
    return findings
  }
}

extension SitePart {
  /// What people can tell two builds by, in words of one kind for each.
  fileprivate var facts: [String] {
    let seal = sites.first?.seal
    return [
      "one of \(shard.count) part\(shard.count == 1 ? "" : "s")",
      "of the " + sites.map(\.seal.audience.rawValue).joined(separator: " and the ") + " site",
      seal?.commit.map { "of the commit \($0.prefix(12))" } ?? "of no commit",
      "true for " + (seal?.asOf.iso ?? ""),
    ]
  }

  /// The seals without files: what all parts must say alike.
  fileprivate var heads: [Seal] {
    sites.map { site in
      var seal = site.seal
      seal.files = []
      return seal
    }
  }
}
