import Crypto
import Diagnostics
import Foundation
import Model

/// What files of evidence said when they were read before, by what their bytes hash to.
///
/// It saves time and nothing else: a cache that is broken, of another version or not there is as an empty one, and what
/// it has is decoded only when a file with that very digest is at hand.
struct EvidenceCache: Sendable {
  /// What a file must be for an entry to be about it.
  struct Key: Hashable, Sendable {
    var sha256: String
    /// What the record says that it is; `nil` where the content tells.
    var format: EvidenceFormat?
  }

  private let bytes: [UInt8]
  /// Where the entry of a key stands, and what its bytes hash to.
  private let places: [Key: (range: Range<Int>, digest: [UInt8])]

  var count: Int { places.count }

  /// - Parameter version: Of the program; what another one wrote does not count.
  init(_ bytes: [UInt8] = [], version: String) {
    self.bytes = bytes
    places = bytes.withUnsafeBytes { (try? EvidenceCache.places(in: $0, version: version)) ?? [:] }
  }

  private static func places(
    in bytes: UnsafeRawBufferPointer, version: String
  ) throws(DamagedBytes) -> [Key: (range: Range<Int>, digest: [UInt8])] {
    var reader = PackedReader(bytes)
    guard try reader.text() == heading(version) else { throw DamagedBytes() }
    var places: [Key: (range: Range<Int>, digest: [UInt8])] = [:]
    while !reader.isAtEnd {
      let sha256 = try reader.text()
      let format = try reader.optional { reader throws(DamagedBytes) in try reader.choice(EvidenceFormat.self) }
      let digest = Array(try reader.piece(32))
      let length = try reader.number()
      let start = reader.position
      _ = try reader.piece(length)
      places[Key(sha256: sha256, format: format)] = (start..<start + length, digest)
    }
    return places
  }

  private static func heading(_ version: String) -> String { "gazette evidence \(EvidenceCoding.form) \(version)\n" }

  /// The file, as it was read when it had these bytes; `nil` when it was not, or when the entry is damaged.
  func file(_ key: Key, path: String) -> EvidenceFile? {
    guard let entry = entry(key) else { return nil }
    return entry.withUnsafeBytes { try? EvidenceCoding.file(in: $0, path: path, sha256: key.sha256) }
  }

  private func entry(_ key: Key) -> [UInt8]? {
    guard let place = places[key] else { return nil }
    let entry = Array(bytes[place.range])
    return Array(SHA256.hash(data: entry)) == place.digest ? entry : nil
  }

  /// A cache of these entries of this one, and of others that are new.
  func bytes(keeping kept: Set<Key>, adding new: [Key: [UInt8]], version: String) -> [UInt8] {
    var entries = new
    for key in kept where entries[key] == nil { entries[key] = entry(key) }
    var writer = PackedWriter()
    writer.write(EvidenceCache.heading(version))
    let order = entries.keys.sorted { ($0.sha256, $0.format?.rawValue ?? "") < ($1.sha256, $1.format?.rawValue ?? "") }
    for key in order {
      let entry = entries[key] ?? []
      writer.write(key.sha256)
      writer.write(key.format?.rawValue)
      writer.append(Array(SHA256.hash(data: entry)))
      writer.write(entry.count)
      writer.append(entry)
    }
    return writer.bytes
  }
}

/// The folder of a cache: one file, and one that tells Git to leave both alone.
struct EvidenceCacheFolder: Sendable {
  let path: String
  let version: String

  private var file: URL { URL(fileURLWithPath: path).appendingPathComponent("evidence") }

  var cache: EvidenceCache {
    // One that is not there is an empty one, and so is one that cannot be read.
    EvidenceCache((try? Data(contentsOf: file)).map(Array.init) ?? [], version: version)
  }

  /// Keeps what was read, whole or not at all. That it cannot be kept costs time at the next build, and nothing else.
  func keep(_ outcomes: [EvidenceOutcome], after cache: EvidenceCache) {
    var (kept, new): (Set<EvidenceCache.Key>, [EvidenceCache.Key: [UInt8]]) = ([], [:])
    for outcome in outcomes {
      switch outcome.memory {
      case .known(let key): kept.insert(key)
      case .new(let key, let bytes): new[key] = bytes
      case nil: break
      }
    }
    guard !new.isEmpty || kept.count < cache.count else { return }
    let bytes = cache.bytes(keeping: kept, adding: new, version: version)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data("*\n".utf8).write(to: URL(fileURLWithPath: path).appendingPathComponent(".gitignore"))
      try Data(bytes).write(to: file, options: .atomic)
    } catch {
      return
    }
  }
}
