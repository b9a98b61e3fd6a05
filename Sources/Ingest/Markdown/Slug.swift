/// A text as an anchor: its letters and digits in lower case, everything else as single hyphens; of long ones, the
/// words that fit into so many bytes.
func slug(_ text: some StringProtocol, maxBytes: Int = 80) -> String {
  var slug = String.UnicodeScalarView()
  var bytes = 0
  var owesHyphen = false
  for scalar in text.unicodeScalars {
    let isWord = scalar.isASCII
      ? isWordByte(UInt8(truncatingIfNeeded: scalar.value))
      : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    guard isWord else {
      owesHyphen = !slug.isEmpty
      continue
    }
    let lower = scalar.isASCII
      ? String(Unicode.Scalar(asciiLowercase(UInt8(truncatingIfNeeded: scalar.value))))
      : scalar.properties.lowercaseMapping
    guard bytes + lower.utf8.count + (owesHyphen ? 1 : 0) <= maxBytes else {
      // Not half a word, unless it is the only one.
      if !owesHyphen, let hyphen = slug.lastIndex(of: "-") { slug.removeSubrange(hyphen...) }
      break
    }
    if owesHyphen {
      slug.append("-")
      bytes += 1
      owesHyphen = false
    }
    slug.append(contentsOf: lower.unicodeScalars)
    bytes += lower.utf8.count
  }
  return String(slug)
}

/// Whether the byte is an ASCII letter or digit.
func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
  default: false
  }
}

func asciiLowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

/// Names that are given out once; who asks for one that is taken gets a number behind it.
struct UniqueNames {
  private var taken: Set<String>
  private var next: [String: Int] = [:]

  init(reserved: Set<String> = []) {
    taken = reserved
  }

  mutating func name(_ wanted: String) -> String {
    if taken.insert(wanted).inserted { return wanted }
    var number = next[wanted] ?? 2
    while !taken.insert("\(wanted)-\(number)").inserted { number += 1 }
    next[wanted] = number + 1
    return "\(wanted)-\(number)"
  }
}
