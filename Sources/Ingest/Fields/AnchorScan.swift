/// Finds YAML that is small as a file and huge once its aliases are followed, before anything follows them.
enum AnchorScan {
  /// The byte of the first anchor when aliases that name an anchor stand more than eight times in the text.
  ///
  /// Up to eight can multiply to nothing worth the name; they are refused one by one where they stand.
  static func firstAnchorOfBomb(in text: String) -> Int? {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return nil }
    let bytes = Array(text.utf8)
    var anchors: Set<ArraySlice<UInt8>> = []
    var first: Int?
    var aliases = 0
    var mayBegin = true
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if mayBegin, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
        let name = bytes[(index + 1)...].prefix(while: isNameByte)
        if !name.isEmpty {
          if byte == UInt8(ascii: "&") {
            anchors.insert(name)
            first = first ?? index
          } else if anchors.contains(name) {
            aliases += 1
            if aliases > 8 { return first }
          }
          index = name.endIndex
          mayBegin = false
          continue
        }
      }
      mayBegin = byte <= 0x20 || isIndicator(byte)
      index += 1
    }
    return nil
  }

  private static func isIndicator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
