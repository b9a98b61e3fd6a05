/// A pattern in which `*` stands for anything, also for nothing; letters compare without case.
package struct Wildcard: Hashable, Sendable {
  private let pattern: [UInt8]

  package init(_ pattern: String) {
    self.pattern = Array(pattern.lowercased().utf8)
  }

  package func matches(_ text: String) -> Bool {
    // Goes back to the last `*` only, which is enough.
    var (pattern, text) = (pattern[...], Array(text.lowercased().utf8)[...])
    var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while let byte = text.first {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (pattern, text)
      } else if pattern.first == byte {
        (pattern, text) = (pattern.dropFirst(), text.dropFirst())
      } else if let last = retry {
        (pattern, text) = (last.pattern, last.text.dropFirst())
        retry = (pattern, text)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
