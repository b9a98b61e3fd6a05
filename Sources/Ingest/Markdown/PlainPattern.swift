/// A regular expression of the simple kind that names tickets, such as `#(\d+)` or `HARB-\d+`, matched over bytes.
///
/// `Regex` costs microseconds for each text, and nearly all patterns of nearly all sites need none of what it can do.
struct PlainPattern: Sendable {
  /// Bytes, each of a set, so many times.
  private struct Atom {
    var set: ByteSet
    var least: Int
    var most: Int
  }

  private enum Step {
    case atom(Atom)
    case begin(group: Int)
    case end(group: Int)
  }

  private var steps: [Step] = []
  /// The first group is the whole match.
  private var groups = 1
  /// The bytes that can begin a match.
  private var first = ByteSet()

  /// - Returns: `nil` when the pattern needs more: alternatives, assertions, lazy or nested repetition, anything beyond
  ///   ASCII, or going back to a shorter run of bytes to match at all.
  init?(_ pattern: String) {
    var parser = Parser(rest: Array(pattern.utf8)[...])
    while !parser.rest.isEmpty {
      guard let step = parser.step() else { return nil }
      steps.append(step)
    }
    guard parser.open.isEmpty else { return nil }
    groups = parser.groups
    guard let leading = atoms.first, leading.least > 0, needsNoBacktracking else { return nil }
    first = leading.set
  }

  private var atoms: [Atom] { steps.compactMap { if case .atom(let atom) = $0 { atom } else { nil } } }

  /// Whether no run that is as long as it can be takes a byte that what follows wants.
  private var needsNoBacktracking: Bool {
    let atoms = atoms
    return atoms.indices.allSatisfy { index in
      guard atoms[index].least != atoms[index].most else { return true }
      for follower in atoms[(index + 1)...] {
        if !follower.set.isDisjoint(with: atoms[index].set) { return false }
        if follower.least > 0 { break }
      }
      return true
    }
  }

  /// The groups of the first match at or after a place: the whole, then each group in parentheses.
  /// - Parameter bytes: ASCII.
  func firstMatch(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Range<Int>]? {
    var index = start
    while index < bytes.count {
      if first.contains(bytes[index]), let match = match(in: bytes, at: index) { return match }
      index += 1
    }
    return nil
  }

  private func match(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> [Range<Int>]? {
    var ranges = Array(repeating: start..<start, count: groups)
    var index = start
    for step in steps {
      switch step {
      case .atom(let atom):
        var count = 0
        while count < atom.most, index < bytes.count, atom.set.contains(bytes[index]) {
          count += 1
          index += 1
        }
        if count < atom.least { return nil }
      case .begin(let group): ranges[group] = index..<index
      case .end(let group): ranges[group] = ranges[group].lowerBound..<index
      }
    }
    ranges[0] = start..<index
    return ranges
  }
}

/// A set of ASCII bytes.
private struct ByteSet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
  }

  func contains(_ byte: UInt8) -> Bool {
    byte < 128 && (byte < 64 ? low : high) & (1 << UInt64(byte & 63)) != 0
  }

  func isDisjoint(with other: ByteSet) -> Bool { low & other.low == 0 && high & other.high == 0 }

  static let digits = ByteSet(0x30...0x39)
  static let words: ByteSet = {
    var set = digits
    for byte in [UInt8](0x41...0x5A) + [UInt8](0x61...0x7A) + [0x5F] { set.insert(byte) }
    return set
  }()

  init() {}

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  mutating func formUnion(_ other: ByteSet) {
    low |= other.low
    high |= other.high
  }
}

extension PlainPattern {
  private struct Parser {
    var rest: ArraySlice<UInt8>
    var groups = 1
    var open: [Int] = []

    mutating func step() -> Step? {
      guard let byte = rest.popFirst() else { return nil }
      switch byte {
      case UInt8(ascii: "("):
        guard rest.first != UInt8(ascii: "?") else { return nil }
        open.append(groups)
        groups += 1
        return .begin(group: groups - 1)
      case UInt8(ascii: ")"):
        guard let group = open.popLast(), !"?*+{".utf8.contains(rest.first ?? 0) else { return nil }
        return .end(group: group)
      case UInt8(ascii: "["): return bracket().flatMap { atom($0) }
      case UInt8(ascii: "\\"): return escape().flatMap { atom($0) }
      case UInt8(ascii: "|"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "?"),
        UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "]"), ..<0x21, 0x7F...:
        return nil
      default: return atom(ByteSet([byte]))
      }
    }

    /// The set as often as what follows says.
    private mutating func atom(_ set: ByteSet) -> Step? {
      var atom = Atom(set: set, least: 1, most: 1)
      switch rest.first {
      case UInt8(ascii: "+"): atom.most = .max
      case UInt8(ascii: "*"): (atom.least, atom.most) = (0, .max)
      case UInt8(ascii: "?"): atom.least = 0
      case UInt8(ascii: "{"): return nil
      default: return .atom(atom)
      }
      rest.removeFirst()
      // `+?` and `++` are others.
      return "?*+{".utf8.contains(rest.first ?? 0) ? nil : .atom(atom)
    }

    private mutating func escape() -> ByteSet? {
      switch rest.popFirst() {
      case UInt8(ascii: "d"): .digits
      case UInt8(ascii: "w"): .words
      case let byte? where byte > 0x20 && byte < 0x7F && !ByteSet.words.contains(byte): ByteSet([byte])
      default: nil
      }
    }

    private mutating func bracket() -> ByteSet? {
      var set = ByteSet()
      guard rest.first != UInt8(ascii: "^"), rest.first != UInt8(ascii: "]") else { return nil }
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "]"): return set
        case UInt8(ascii: "\\"):
          guard let escaped = escape() else { return nil }
          set.formUnion(escaped)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          guard rest.first == UInt8(ascii: "-"), let last = rest.dropFirst().first, last != UInt8(ascii: "]") else {
            set.insert(byte)
            continue
          }
          guard ByteSet.words.contains(last), byte <= last else { return nil }
          set.formUnion(ByteSet(byte...last))
          rest.removeFirst(2)
        case UInt8(ascii: "_"), UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: "."): set.insert(byte)
        case UInt8(ascii: "-") where rest.first == UInt8(ascii: "]"): set.insert(byte)
        default: return nil
        }
      }
      return nil
    }
  }
}
