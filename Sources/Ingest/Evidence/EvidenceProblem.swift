import Diagnostics

/// Why a file of evidence cannot be read, or what is odd in it.
struct EvidenceProblem: Error, Hashable, Sendable {
  /// A place in the file, counted in lines and scalars from 1.
  struct Place: Hashable, Sendable {
    var line: Int
    var column: Int
  }

  var code: Code
  /// One line, lower case, that makes sense behind the name of the file.
  var reason: String
  /// `nil` where the whole file is meant.
  var place: Place?
  var help: String?

  init(_ code: Code, _ reason: String, at place: Place? = nil, help: String? = nil) {
    (self.code, self.reason, self.place, self.help) = (code, reason, place, help)
  }
}

extension EvidenceProblem.Place {
  /// The place of a byte in a UTF-8 text.
  init(ofByte offset: Int, in bytes: some RandomAccessCollection<UInt8>) {
    (line, column) = (1, 1)
    var wasReturn = false
    for byte in bytes.prefix(offset) {
      if byte == 0x0A || byte == 0x0D {
        if !(byte == 0x0A && wasReturn) { line += 1 }
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      wasReturn = byte == 0x0D
    }
  }
}
