/// Values one behind the other, without names: what is written must be read in the same order.
struct PackedWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: UInt8) { bytes.append(value) }

  /// As they are, without their number.
  mutating func append(_ piece: [UInt8]) { bytes += piece }

  mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Seven bits a byte, the lowest first; small numbers are short, negative ones too.
  mutating func write(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value << 1 ^ value >> (Int.bitWidth - 1)))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ value: Double) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func write<Element>(_ elements: [Element], _ element: (inout PackedWriter, Element) -> Void) {
    write(elements.count)
    for each in elements { element(&self, each) }
  }

  mutating func write<Value>(_ value: Value?, _ some: (inout PackedWriter, Value) -> Void) {
    write(value != nil)
    if let value { some(&self, value) }
  }

  mutating func write(_ text: String?) { write(text) { $0.write($1) } }
}

/// What was read is not what was written: a damaged file, or one of another form.
struct DamagedBytes: Error {}

/// Reads what ``PackedWriter`` wrote; trusts nothing.
struct PackedReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() throws(DamagedBytes) -> UInt8 {
    guard position < bytes.count else { throw DamagedBytes() }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func flag() throws(DamagedBytes) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw DamagedBytes()
    }
  }

  mutating func number() throws(DamagedBytes) -> Int {
    var (value, shift) = (UInt64(0), UInt64(0))
    while true {
      let next = try byte()
      guard shift < 63 || (shift == 63 && next <= 1) else { throw DamagedBytes() }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
    }
    return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  mutating func double() throws(DamagedBytes) -> Double {
    Double(bitPattern: UInt64(littleEndian: try piece(8).loadUnaligned(as: UInt64.self)))
  }

  mutating func text() throws(DamagedBytes) -> String {
    let piece = try piece(try number())
    guard let text = String(validating: piece, as: UTF8.self) else { throw DamagedBytes() }
    return text
  }

  mutating func piece(_ count: Int) throws(DamagedBytes) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw DamagedBytes() }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  mutating func list<Element>(
    _ element: (inout PackedReader) throws(DamagedBytes) -> Element
  ) throws(DamagedBytes) -> [Element] {
    let count = try number()
    // Each element takes a byte at least, so that no damage asks for endless memory.
    guard count >= 0, count <= bytes.count - position else { throw DamagedBytes() }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }

  mutating func optional<Value>(
    _ some: (inout PackedReader) throws(DamagedBytes) -> Value
  ) throws(DamagedBytes) -> Value? {
    try flag() ? try some(&self) : nil
  }

  mutating func optionalText() throws(DamagedBytes) -> String? {
    try flag() ? try text() : nil
  }

  mutating func choice<Choice: RawRepresentable>(
    _ type: Choice.Type
  ) throws(DamagedBytes) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text()) else { throw DamagedBytes() }
    return choice
  }
}
