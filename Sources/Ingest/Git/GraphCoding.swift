import Crypto
import Model

/// The commits of a graph as bytes: what was said of them, in the memory's own form, and a checksum behind it.
///
/// Raise ``form`` when the columns, or what is read into them, change.
enum GraphCoding {
  static let form = 1

  private static var heading: String {
    "gazette graph \(form) \(Int.bitWidth) \(Int(1).littleEndian == 1 ? "little" : "big")\n"
  }

  static func bytes(of known: GraphCache.Known, circumstances: [UInt8]) async -> [UInt8] {
    let columns = known.table.columns
    var writer = PackedWriter()
    writer.write(heading)
    writer.append(circumstances)
    writer.write(known.tips) { $0.write($1) }
    writer.write(columns.identities) { writer, identity in
      writer.write(identity.name)
      writer.write(identity.email)
    }
    writer.write(columns.texts) { $0.write($1) }
    writer.write(columns.idWidth)
    var bytes = writer.bytes
    bytes.reserveCapacity(bytes.count + columns.ids.count + columns.subjects.count + columns.count * 48)
    append(columns.ids, to: &bytes)
    append(columns.parents, to: &bytes)
    append(columns.parentStarts, to: &bytes)
    append(columns.authors, to: &bytes)
    append(columns.committers, to: &bytes)
    append(columns.authored, to: &bytes)
    append(columns.committed, to: &bytes)
    append(columns.subjects, to: &bytes)
    append(columns.subjectStarts, to: &bytes)
    append(columns.trailers, to: &bytes)
    append(columns.trailerStarts, to: &bytes)
    return bytes + (await digest(of: bytes, count: bytes.count))
  }

  /// - Returns: `nil` for what is damaged, or was written of other circumstances.
  static func known(in bytes: [UInt8], circumstances: [UInt8]) async -> GraphCache.Known? {
    let count = bytes.count - SHA256.byteCount
    // Looked at before all is summed up, for another version's is of no use.
    guard count > 0, bytes.withUnsafeBytes({ isOf(circumstances, $0) }),
      await digest(of: bytes, count: count).elementsEqual(bytes[count...])
    else { return nil }
    return bytes.withUnsafeBytes { try? known(in: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  private static func isOf(_ circumstances: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Bool {
    var reader = PackedReader(bytes)
    do throws(DamagedBytes) {
      guard try reader.text() == heading else { return false }
      return try reader.piece(circumstances.count).elementsEqual(circumstances)
    } catch {
      return false
    }
  }

  private static func known(in bytes: UnsafeRawBufferPointer) throws(DamagedBytes) -> GraphCache.Known {
    var reader = PackedReader(bytes)
    _ = try reader.text()
    _ = try reader.piece(SHA256.byteCount)
    let tips = try reader.list { reader throws(DamagedBytes) in try reader.text() }
    let identities = try reader.list { reader throws(DamagedBytes) in
      Commit.Identity(name: try reader.text(), email: try reader.text())
    }
    let texts = try reader.list { reader throws(DamagedBytes) in try reader.text() }
    let width = try reader.number()
    guard 1...64 ~= width else { throw DamagedBytes() }
    var columns = CommitColumns(idsOfUpTo: width)
    (columns.identities, columns.texts) = (identities, texts)
    columns.ids = try reader.column()
    columns.parents = try reader.column()
    columns.parentStarts = try reader.column()
    columns.authors = try reader.column()
    columns.committers = try reader.column()
    columns.authored = try reader.column()
    columns.committed = try reader.column()
    columns.subjects = try reader.column()
    columns.subjectStarts = try reader.column()
    columns.trailers = try reader.column()
    columns.trailerStarts = try reader.column()
    guard reader.isAtEnd, let table = CommitTable(columns) else { throw DamagedBytes() }
    return GraphCache.Known(tips: tips, table: table)
  }

  /// The number of elements, and these as they lie in memory.
  private static func append(_ column: [some FixedWidthInteger & BitwiseCopyable], to bytes: inout [UInt8]) {
    var writer = PackedWriter()
    writer.write(column.count)
    bytes += writer.bytes
    column.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// A digest of the digests of pieces, which are made side by side.
  private static func digest(of bytes: [UInt8], count: Int) async -> [UInt8] {
    let size = 1 << 22
    let digests = await inSlices(of: (count + size - 1) / size, slices: 32) { range in
      bytes.withUnsafeBytes { bytes in
        range.flatMap { piece in
          var hash = SHA256()
          hash.update(
            bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[piece * size..<min(count, (piece + 1) * size)]))
          return Array(hash.finalize())
        }
      }
    }
    return Array(SHA256.hash(data: digests.flatMap(\.self)))
  }
}

extension PackedReader {
  fileprivate mutating func column<Element: FixedWidthInteger & BitwiseCopyable>() throws(DamagedBytes) -> [Element] {
    let (count, size) = (try number(), MemoryLayout<Element>.size)
    guard count >= 0, count <= Int.max / size else { throw DamagedBytes() }
    let piece = try piece(count * size)
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: piece)
      initialized = count
    }
  }
}
