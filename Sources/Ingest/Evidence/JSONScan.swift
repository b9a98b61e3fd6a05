import Diagnostics

/// One strict pass over the bytes of a JSON text, before anything is decoded.
///
/// Many readers take a trailing comma, and of two equal keys some let the first win and some the last; this refuses both,
/// and invalid UTF-8 in members that nobody reads, and names the place.
/// - Source: RFC 8259.
struct JSONScan {
  /// What was wrong, at which byte.
  struct Failure: Error, Hashable {
    var offset: Int
    var code: Code
    var reason: String
  }

  /// Each text of the file: one, or one a line.
  private(set) var texts: [Range<Int>] = []
  /// Where each of them begins in ``nodes``.
  private var roots: [Int] = []
  private(set) var outline = JSONOutline()
  /// Every value of all texts, for the tape.
  private var nodes: [JSONTape.Node] = []

  /// Decoding deeper ones would take more stack than a thread has.
  static let deepest = 512
  static let mostTexts = 1_000_000
  /// Keys and values.
  static let mostNodes = 20_000_000

  private struct Frame {
    var isObject: Bool
    /// Where its keys begin in ``keys``.
    var firstKey: Int
    /// Where it stands in ``nodes``.
    var node: Int
    /// How many elements a list has so far.
    var count: UInt32 = 0
  }

  private struct Key {
    var hash: UInt64
    var start: Int
    var end: Int
    var hasEscapes: Bool
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  private var frames: [Frame] = []
  private var keys: [Key] = []
  /// The key of the outermost object that we are behind, for the outline.
  private var outer: String?
  /// The key, as the outline names it, whose value comes next.
  private var pending: String?
  /// Whether the first element of an outermost array is over.
  private var isOutlined = false

  private init(_ bytes: UnsafeBufferPointer<UInt8>, outlines: Bool) {
    self.bytes = bytes
    isOutlined = !outlines
    frames.reserveCapacity(16)
    keys.reserveCapacity(64)
    nodes.reserveCapacity(bytes.count / 12)
  }

  /// - Parameters:
  ///   - bytes: UTF-8 without byte order mark.
  ///   - outlines: Whether members are named in the outline, to tell a format that nobody has stated.
  static func scan(_ bytes: [UInt8], outlines: Bool) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      var scan = JSONScan(buffer, outlines: outlines)
      var failure: Failure?
      do throws(Failure) {
        try scan.file()
      } catch {
        failure = error
      }
      return Result(
        texts: scan.texts, outline: scan.outline, tape: JSONTape(bytes, scan.nodes), roots: scan.roots,
        failure: failure)
    }
  }

  /// What the pass has found, as far as it came.
  struct Result {
    var texts: [Range<Int>]
    var outline: JSONOutline
    var tape: JSONTape
    /// Where each text begins on the tape.
    var roots: [Int]
    var failure: Failure?
  }

  /// Where the next node goes, in which list or object, and as which element.
  private mutating func add(_ kind: JSONTape.Kind, _ range: Range<Int>) {
    let place = UInt32(nodes.count)
    var (parent, position) = (place, UInt32(0))
    if let last = frames.indices.last {
      parent = UInt32(frames[last].node)
      position = frames[last].count
      frames[last].count += 1
    }
    nodes.append(
      JSONTape.Node(
        kind: kind, start: UInt32(range.lowerBound), end: UInt32(range.upperBound), next: place + 1, parent: parent,
        position: position))
  }

  /// Notes where the innermost list or object ends, which is not popped yet.
  private mutating func close(_ node: Int) {
    nodes[node].end = UInt32(position)
    nodes[node].next = UInt32(nodes.count)
  }

  func failure(_ reason: String, at offset: Int? = nil, code: Code = .malformedEvidence) -> Failure {
    Failure(offset: offset ?? position, code: code, reason: reason)
  }

  private mutating func file() throws(Failure) {
    guard bytes.count < Int(UInt32.max) else { throw failure("is too large to be read", code: .evidenceOverLimit) }
    skipBlanks()
    while true {
      let start = position
      roots.append(nodes.count)
      try text()
      texts.append(start..<position)
      var hasLineEnd = false
      while position < bytes.count, JSONScan.isBlank(bytes[position]) {
        if bytes[position] == 0x0A { hasLineEnd = true }
        position += 1
      }
      guard position < bytes.count else { return }
      guard hasLineEnd, bytes[position] == UInt8(ascii: "{") else {
        throw failure("goes on after the end of its JSON text")
      }
      guard texts.count < JSONScan.mostTexts else {
        throw failure("has more than \(JSONScan.mostTexts) JSON texts", code: .evidenceOverLimit)
      }
    }
  }

  /// One JSON text; afterwards the position is behind it.
  private mutating func text() throws(Failure) {
    frames.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    var isValue = true
    repeat {
      skipBlanks()
      guard position < bytes.count else {
        throw failure(frames.isEmpty ? "has no JSON text" : "breaks off within its JSON text")
      }
      if isValue {
        // An object that is not empty goes on with a key, an array with an element.
        if try beginValue() { continue }
        isValue = false
      }
      guard let frame = frames.last else { return }
      skipBlanks()
      guard position < bytes.count else { throw failure("breaks off within its JSON text") }
      switch bytes[position] {
      case UInt8(ascii: ","):
        position += 1
        if frame.isObject { try key() }
        isValue = true
      case UInt8(ascii: "}") where frame.isObject, UInt8(ascii: "]") where !frame.isObject:
        if frame.isObject { try endObject(frame) }
        frames.removeLast()
        position += 1
        close(frame.node)
      default:
        throw failure(frame.isObject ? "lacks a comma or `}` here" : "lacks a comma or `]` here")
      }
    } while !frames.isEmpty
  }

  /// - Returns: Whether a value comes next, for this was the beginning of a list or an object.
  private mutating func beginValue() throws(Failure) -> Bool {
    guard nodes.count < JSONScan.mostNodes else {
      throw failure("has more than \(JSONScan.mostNodes) values", code: .evidenceOverLimit)
    }
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = bytes[position] == UInt8(ascii: "{")
      guard frames.count < JSONScan.deepest else {
        throw failure("is nested deeper than \(JSONScan.deepest) levels", code: .evidenceOverLimit)
      }
      if frames.isEmpty, texts.isEmpty { outline.isArray = !isObject }
      let node = nodes.count
      add(isObject ? .object : .list, position..<position)
      frames.append(Frame(isObject: isObject, firstKey: keys.count, node: node))
      position += 1
      skipBlanks()
      guard position < bytes.count else { throw failure("breaks off within its JSON text") }
      if bytes[position] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        frames.removeLast()
        position += 1
        close(node)
        return false
      }
      if isObject { try key() }
      return true
    case UInt8(ascii: "\""):
      let start = position + 1
      let string = try string()
      note(text: start..<string.end, hasEscapes: string.hasEscapes)
      add(string.hasEscapes ? .escapedText : .text, start..<string.end)
    case UInt8(ascii: "-"), 0x30...0x39:
      let start = position
      try number()
      add(.number, start..<position)
    case UInt8(ascii: "t"): try literal("true", .yes)
    case UInt8(ascii: "f"): try literal("false", .no)
    case UInt8(ascii: "n"): try literal("null", .null)
    default: throw failure("has no value here")
    }
    return false
  }

  private mutating func literal(_ word: StaticString, _ kind: JSONTape.Kind) throws(Failure) {
    let start = position
    try literal(word)
    add(kind, start..<position)
  }

  private mutating func key() throws(Failure) {
    skipBlanks()
    guard position < bytes.count else { throw failure("breaks off within its JSON text") }
    guard bytes[position] == UInt8(ascii: "\"") else { throw failure("has no key here") }
    let start = position + 1
    let string = try string()
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<string.end { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    let key = Key(hash: hash, start: start, end: string.end, hasEscapes: string.hasEscapes)
    keys.append(key)
    add(string.hasEscapes ? .escapedText : .text, start..<string.end)
    if frames.count <= 3, texts.isEmpty { note(key) }
    skipBlanks()
    guard position < bytes.count else { throw failure("breaks off within its JSON text") }
    guard bytes[position] == UInt8(ascii: ":") else { throw failure("lacks a colon here") }
    position += 1
  }

  /// Refuses two equal keys.
  private mutating func endObject(_ frame: Frame) throws(Failure) {
    let own = keys[frame.firstKey...]
    if own.count > 1, let twice = duplicate(in: own) {
      throw failure("has the key \(quoted(text(of: twice))) twice in one object", at: twice.start - 1)
    }
    keys.removeSubrange(frame.firstKey...)
    pending = nil
    if frames.count <= 2, frames.count == 1 || !frames[0].isObject { isOutlined = true }
  }

  /// The first key that was there before, by what it means and not by how it is escaped.
  private func duplicate(in own: ArraySlice<Key>) -> Key? {
    if own.contains(where: \.hasEscapes) {
      var seen = Set<String>()
      return own.first { !seen.insert(text(of: $0)).inserted }
    }
    if own.count <= 12 {
      for index in own.indices.dropFirst() {
        for other in own.startIndex..<index where own[other].hash == own[index].hash && isSame(own[other], own[index]) {
          return own[index]
        }
      }
      return nil
    }
    let sorted = own.sorted { ($0.hash, $0.start) < ($1.hash, $1.start) }
    guard zip(sorted, sorted.dropFirst()).contains(where: { $0.hash == $1.hash }) else { return nil }
    var seen = Set<String>()
    return own.first { !seen.insert(text(of: $0)).inserted }
  }

  private func isSame(_ a: Key, _ b: Key) -> Bool { bytes[a.start..<a.end].elementsEqual(bytes[b.start..<b.end]) }

  private func text(of key: Key) -> String {
    key.hasEscapes
      ? JSONScan.unescaped(bytes[key.start..<key.end]) : String(decoding: bytes[key.start..<key.end], as: UTF8.self)
  }

  /// Notes a key for the outline if it stands high enough.
  private mutating func note(_ key: Key) {
    pending = nil
    let base = frames[0].isObject ? 0 : 1
    guard frames.count > base, frames[base].isObject, !isOutlined else { return }
    switch frames.count - base {
    case 1:
      let name = text(of: key)
      (outer, pending) = (name, name)
    case 2: pending = outer.map { $0 + "." + text(of: key) }
    default: return
    }
    if let pending { outline.add(pending) }
  }

  /// Notes the text that stands behind such a key.
  private mutating func note(text range: Range<Int>, hasEscapes: Bool) {
    guard let key = pending else { return }
    pending = nil
    guard !hasEscapes, range.count <= 256 else { return }
    outline.add(key, text: String(decoding: bytes[range], as: UTF8.self))
  }
}
