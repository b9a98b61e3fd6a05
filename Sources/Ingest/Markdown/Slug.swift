/// A text as an anchor: its letters and digits in lower case, everything else as single hyphens; of long ones, the
/// words that fit into so many bytes.
func slug(_ text: some StringProtocol, maxBytes: Int = 80) -> String {
  var slug: [UInt8] = []
  slug.reserveCapacity(maxBytes + 8)
  var owesHyphen = false
  for scalar in text.unicodeScalars {
    let before = slug.count
    let isFirstOfWord = owesHyphen
    if scalar.isASCII {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      guard isWordByte(byte) else {
        owesHyphen = !slug.isEmpty
        continue
      }
      if owesHyphen { slug.append(UInt8(ascii: "-")) }
      slug.append(asciiLowercase(byte))
    } else {
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        owesHyphen = !slug.isEmpty
        continue
      }
      if owesHyphen { slug.append(UInt8(ascii: "-")) }
      slug.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
    }
    owesHyphen = false
    guard slug.count > maxBytes else { continue }
    slug.removeSubrange(before...)
    // Not half a word, unless it is the only one.
    if !isFirstOfWord, let hyphen = slug.lastIndex(of: UInt8(ascii: "-")) { slug.removeSubrange(hyphen...) }
    break
  }
  return String(decoding: slug, as: UTF8.self)
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
