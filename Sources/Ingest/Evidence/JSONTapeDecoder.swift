/// Decodes one value of a tape.
///
/// Foundation's decoder looks through the text once more and makes a dictionary of each object, which for bills of
/// materials was most of a build's work.
struct JSONTapeDecoder: Decoder {
  let tape: JSONTape
  let place: Int

  var codingPath: [any CodingKey] { tape.path(to: place) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try expect(.object, as: [String: Any].self)
    return KeyedDecodingContainer(JSONTapeObject<Key>(tape: tape, place: place))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try expect(.list, as: [Any].self)
    return JSONTapeList(tape: tape, place: place)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  private func expect(_ kind: JSONTape.Kind, as type: Any.Type) throws {
    guard tape[place].kind == kind else { throw mismatch(type) }
  }

  private func mismatch(_ type: Any.Type) -> DecodingError {
    let context = DecodingError.Context(codingPath: codingPath, debugDescription: "")
    return tape[place].kind == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  private func whole<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    guard tape[place].kind == .number else { throw mismatch(type) }
    guard let number = tape.integer(at: place).flatMap(Number.init(exactly:)) else { throw unusable }
    return number
  }

  private var unusable: DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: ""))
  }
}

extension JSONTapeDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { tape[place].kind == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    switch tape[place].kind {
    case .yes: return true
    case .no: return false
    default: throw mismatch(type)
    }
  }

  func decode(_ type: String.Type) throws -> String {
    switch tape[place].kind {
    case .text, .escapedText: return tape.text(at: place)
    default: throw mismatch(type)
    }
  }

  func decode(_ type: Double.Type) throws -> Double {
    guard tape[place].kind == .number else { throw mismatch(type) }
    guard let number = tape.double(at: place) else { throw unusable }
    return number
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try whole(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try whole(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try whole(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try whole(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}

/// The members of an object.
private struct JSONTapeObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let tape: JSONTape
  private let place: Int
  /// The values by their keys where going through them each time would take too long.
  private let members: [String: Int]?

  /// As many members are looked through.
  private static var few: Int { 32 }

  init(tape: JSONTape, place: Int) {
    (self.tape, self.place) = (tape, place)
    members =
      tape.hasMembers(of: place, beyond: JSONTapeObject.few)
      ? Dictionary(
        JSONTapeObject.keys(of: place, in: tape).map { (tape.text(at: $0), $0 + 1) },
        uniquingKeysWith: { first, _ in first }) : nil
  }

  private static func keys(of place: Int, in tape: JSONTape) -> [Int] {
    var keys: [Int] = []
    var key = place + 1
    let end = tape.next(after: place)
    while key < end {
      keys.append(key)
      key = tape.next(after: key + 1)
    }
    return keys
  }

  var codingPath: [any CodingKey] { tape.path(to: place) }

  var allKeys: [Key] {
    JSONTapeObject.keys(of: place, in: tape).compactMap { Key(stringValue: tape.text(at: $0)) }
  }

  func contains(_ key: Key) -> Bool { member(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).decode(type) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).decode(type) }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try Value(from: try value(key))
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key)?.decode(type) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key)?.decode(type) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try present(key)?.decode(type) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key)?.decode(type) }
  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    try present(key).map { try Value(from: $0) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try value(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try value(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { JSONTapeDecoder(tape: tape, place: place) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }

  private func member(_ key: Key) -> Int? {
    members.map { $0[key.stringValue] } ?? tape.member(key.stringValue, of: place)
  }

  private func value(_ key: Key) throws -> JSONTapeDecoder {
    guard let member = member(key) else {
      throw DecodingError.keyNotFound(key, DecodingError.Context(codingPath: codingPath, debugDescription: ""))
    }
    return JSONTapeDecoder(tape: tape, place: member)
  }

  /// The value, where there is one that is not null.
  private func present(_ key: Key) -> JSONTapeDecoder? {
    guard let member = member(key), tape[member].kind != .null else { return nil }
    return JSONTapeDecoder(tape: tape, place: member)
  }
}

/// The elements of a list.
private struct JSONTapeList: UnkeyedDecodingContainer {
  private let tape: JSONTape
  private let place: Int
  private var element: Int
  private(set) var currentIndex = 0

  init(tape: JSONTape, place: Int) {
    (self.tape, self.place, element) = (tape, place, place + 1)
  }

  var codingPath: [any CodingKey] { tape.path(to: place) }
  /// Unknown, for they are not counted.
  var count: Int? { nil }
  var isAtEnd: Bool { element >= tape.next(after: place) }

  mutating func decodeNil() throws -> Bool {
    guard try current().decodeNil() else { return false }
    advance()
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try Value(from: try current())
    advance()
    return value
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let container = try current().container(keyedBy: type)
    advance()
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try current().unkeyedContainer()
    advance()
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try current()
    advance()
    return decoder
  }

  private func current() throws -> JSONTapeDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Any.self, DecodingError.Context(codingPath: codingPath, debugDescription: ""))
    }
    return JSONTapeDecoder(tape: tape, place: element)
  }

  private mutating func advance() {
    element = tape.next(after: element)
    currentIndex += 1
  }
}
