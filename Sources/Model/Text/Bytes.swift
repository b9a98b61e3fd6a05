/// Whether the byte is an ASCII letter or digit.
@inlinable package func isWordByte(_ byte: UInt8) -> Bool {
  let letter = (byte | 0x20) &- 0x61
  return letter < 26 || byte &- 0x30 < 10
}

@inlinable package func asciiLowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

/// Where the byte stands first at or behind `start`; eight bytes are looked at at once.
@inlinable package func firstIndex(
  of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0
) -> Int? {
  let raw = UnsafeRawBufferPointer(bytes)
  let ones: UInt64 = 0x0101_0101_0101_0101
  let wanted = ones &* UInt64(byte)
  var index = start
  while index + 8 <= raw.count {
    let block = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ wanted
    // The lowest bit that stays is in the first byte that is zero now.
    let zeros = (block &- ones) & ~block & (ones << 7)
    if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
    index += 8
  }
  while index < raw.count {
    if raw[index] == byte { return index }
    index += 1
  }
  return nil
}

/// Whether a text stands before another in the order of their bytes, the one order that is the same everywhere.
package func precedesInBytes(_ a: String, _ b: String) -> Bool {
  let precedes = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in isBefore(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) }
  }
  return (precedes ?? nil) ?? a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// Eight bytes at a time, for what is sorted are mostly paths that begin alike.
private func isBefore(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  let shared = min(a.count, b.count)
  var index = 0
  while index + 8 <= shared {
    let x = UInt64(bigEndian: a.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let y = UInt64(bigEndian: b.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    if x != y { return x < y }
    index += 8
  }
  while index < shared {
    if a[index] != b[index] { return a[index] < b[index] }
    index += 1
  }
  return a.count < b.count
}
