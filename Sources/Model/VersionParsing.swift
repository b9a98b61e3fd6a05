extension Precedence {
  init?(_ text: String, scheme: VersionScheme) {
    switch scheme {
    case .semver: self.init(semver: text)
    case .calver: self.init(calver: text)
    case .dated: self.init(dated: text)
    case .pep440: self.init(pep440: text)
    case .numeric: self.init(numeric: text)
    }
  }

  /// - Source: Semantic Versioning 2.0.0 §2, §9, §10, §11.
  private init?(semver text: String) {
    let withoutBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    if withoutBuild.count == 2, Precedence.identifiers(of: withoutBuild[1], numbersMayStartWithZero: true) == nil {
      return nil
    }
    let parts = withoutBuild[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let numbers = Precedence.numbers(of: parts[0], zeroPadding: false), numbers.count == 3 else { return nil }
    self.init(numbers: numbers)
    if parts.count == 2 {
      guard let identifiers = Precedence.identifiers(of: parts[1], numbersMayStartWithZero: false) else { return nil }
      stage = -1
      self.identifiers = identifiers
    }
  }

  private init?(calver text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let numbers = Precedence.numbers(of: parts[0], zeroPadding: true), (2...4).contains(numbers.count),
      (2000...2199).contains(numbers[0]) || (6...99).contains(numbers[0]), (1...53).contains(numbers[1])
    else { return nil }
    self.init(numbers: numbers)
    if parts.count == 2 {
      guard let identifiers = Precedence.identifiers(of: parts[1], numbersMayStartWithZero: true) else { return nil }
      stage = -1
      self.identifiers = Precedence.split(identifiers)
    }
  }

  private init?(dated text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var day = String(parts[0])
    if day.utf8.count == 8 {
      let digits = Array(day.utf8)
      day = [digits[0..<4], digits[4..<6], digits[6..<8]].map { String(decoding: $0, as: UTF8.self) }.joined(
        separator: "-")
    }
    guard let date = CivilDate(day) else { return nil }
    self.init(numbers: [UInt64(max(0, date.dayNumber))])
    if parts.count == 2 {
      guard let counts = Precedence.numbers(of: parts[1], zeroPadding: true), counts.count == 1 else { return nil }
      numbers += counts
    }
  }

  private init?(numeric text: String) {
    guard let numbers = Precedence.numbers(of: text[...], zeroPadding: true), numbers.count <= 8 else { return nil }
    self.init(numbers: numbers)
  }

  /// - Source: PEP 440, "Appendix B" and "Normalization".
  private init?(pep440 text: String) {
    var scanner = PEP440Scanner(text)
    guard let precedence = scanner.precedence() else { return nil }
    self = precedence
  }

  private static func numbers(of text: Substring, zeroPadding: Bool) -> [UInt64]? {
    var numbers: [UInt64] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      guard let number = number(of: part), zeroPadding || !hasLeadingZero(part) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private static func number(of text: Substring) -> UInt64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return UInt64(text)
  }

  private static func hasLeadingZero(_ text: Substring) -> Bool { text.utf8.count > 1 && text.utf8.first == 0x30 }

  private static func identifiers(of text: Substring, numbersMayStartWithZero: Bool) -> [Identifier]? {
    var identifiers: [Identifier] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      guard !part.isEmpty, part.utf8.allSatisfy(isIdentifierByte) else { return nil }
      if let number = number(of: part) {
        guard numbersMayStartWithZero || !hasLeadingZero(part) else { return nil }
        identifiers.append(.number(number))
      } else {
        identifiers.append(.word(String(part)))
      }
    }
    return identifiers
  }

  private static func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// `rc10` as `rc`, 10, so that it comes after `rc9`.
  private static func split(_ identifiers: [Identifier]) -> [Identifier] {
    identifiers.flatMap { identifier -> [Identifier] in
      guard case .word(let word) = identifier else { return [identifier] }
      let digits = word.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      guard digits > 0, let number = UInt64(word.suffix(digits)) else { return [identifier] }
      return [.word(String(word.dropLast(digits))), .number(number)]
    }
  }
}

/// Reads a version of PEP 440 in any of the spellings that it normalises.
private struct PEP440Scanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) {
    rest = Array(text.lowercased().utf8)[...]
  }

  /// Where a version stands: development before pre-release before final before post-release.
  private enum Mark {
    static let none: UInt64 = UInt64.max
  }

  mutating func precedence() -> Precedence? {
    _ = skip("v")
    guard var first = number() else { return nil }
    var epoch: UInt64 = 0
    if skip("!") {
      epoch = first
      guard let number = number() else { return nil }
      first = number
    }
    var numbers = [first]
    while rest.first == UInt8(ascii: "."), let next = rest.dropFirst().first, isDigit(next) {
      _ = skip(".")
      guard let number = number() else { return nil }
      numbers.append(number)
    }
    guard let pre = preRelease(), let post = postRelease(), let dev = developmental(), local() else { return nil }
    // The key of PEP 440's reference ordering, with absent parts at the end where they sort last.
    var precedence = Precedence(epoch: epoch, numbers: numbers)
    let phase: Int
    switch pre {
    case .some(let (letter, _)): phase = letter
    case .none: phase = post == nil && dev != nil ? -9 : 0
    }
    precedence.stage = phase == 0 && post != nil ? 1 : phase
    precedence.identifiers = [
      .number(pre?.1 ?? 0), .number(post.map { $0 + 1 } ?? 0), .number(dev ?? Mark.none),
    ]
    if phase == 0, post == nil, dev == nil { precedence.identifiers = [] }
    return precedence
  }

  private mutating func preRelease() -> (Int, UInt64)?? {
    let saved = rest
    skipSeparator()
    for (spelling, phase) in [
      ("alpha", -3), ("a", -3), ("beta", -2), ("b", -2), ("preview", -1), ("pre", -1), ("rc", -1), ("c", -1),
    ]
    where skip(spelling) {
      skipSeparator(ifBeforeDigit: true)
      return .some((phase, number() ?? 0))
    }
    rest = saved
    return .some(nil)
  }

  private mutating func postRelease() -> UInt64?? {
    let saved = rest
    if skip("-"), let implicit = number() { return .some(implicit) }
    rest = saved
    skipSeparator()
    for spelling in ["post", "rev", "r"] where skip(spelling) {
      skipSeparator(ifBeforeDigit: true)
      return .some(number() ?? 0)
    }
    rest = saved
    return .some(nil)
  }

  private mutating func developmental() -> UInt64?? {
    let saved = rest
    skipSeparator()
    if skip("dev") {
      skipSeparator(ifBeforeDigit: true)
      return .some(number() ?? 0)
    }
    rest = saved
    return .some(nil)
  }

  /// Consumes a local label; whether the text ends there.
  private mutating func local() -> Bool {
    if skip("+") {
      guard !rest.isEmpty else { return false }
      var wasSeparator = true
      for byte in rest {
        let isSeparator = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        guard isSeparator != wasSeparator || !isSeparator else { return false }
        guard isSeparator || isDigit(byte) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) else {
          return false
        }
        wasSeparator = isSeparator
      }
      rest = []
      return !wasSeparator
    }
    return rest.isEmpty
  }

  private mutating func number() -> UInt64? {
    let digits = rest.prefix(while: isDigit)
    guard !digits.isEmpty, let number = UInt64(String(decoding: digits, as: UTF8.self)), number < UInt64.max else {
      return nil
    }
    rest = rest.dropFirst(digits.count)
    return number
  }

  private mutating func skip(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private mutating func skipSeparator(ifBeforeDigit: Bool = false) {
    guard let byte = rest.first, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    else { return }
    if ifBeforeDigit {
      guard let next = rest.dropFirst().first, isDigit(next) else { return }
    }
    rest = rest.dropFirst()
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
