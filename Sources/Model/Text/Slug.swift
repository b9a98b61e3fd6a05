/// A text as an anchor: its letters and digits in lower case, everything else as single hyphens; of long ones, the
/// words that fit into so many bytes.
package func slug(_ text: some StringProtocol, maxBytes: Int = 80) -> String {
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
