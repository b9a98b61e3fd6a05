/// Cuts what a process writes into fields that end in NUL or another byte, and hands them over in records of a fixed count.
///
/// Holds one incomplete record at a time, so its memory does not grow with the output.
struct FieldStream {
  private let count: Int
  private let terminator: UInt8
  private var pending: [UInt8] = []

  /// - Parameter count: How many fields make a record.
  init(fieldsPerRecord count: Int, terminator: UInt8 = 0) {
    self.count = count
    self.terminator = terminator
  }

  /// Takes the next piece; `record` is called for each record that it completes.
  mutating func append(_ piece: UnsafeRawBufferPointer, record: ([UnsafeRawBufferPointer]) -> Void) {
    pending.append(contentsOf: piece)
    let consumed = pending.withUnsafeBytes { bytes -> Int in
      var fields: [UnsafeRawBufferPointer] = []
      fields.reserveCapacity(count)
      var (recordStart, fieldStart) = (0, 0)
      for index in bytes.indices where bytes[index] == terminator {
        fields.append(UnsafeRawBufferPointer(rebasing: bytes[fieldStart..<index]))
        fieldStart = index + 1
        guard fields.count == count else { continue }
        record(fields)
        fields.removeAll(keepingCapacity: true)
        recordStart = fieldStart
      }
      return recordStart
    }
    pending.removeSubrange(..<consumed)
  }
}

/// The text of bytes that should be UTF-8. Bytes that are not are taken for ISO 8859-1, as Git itself does when it
/// mends a commit message.
func repairedText(_ bytes: some Collection<UInt8>) -> String {
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  var scalars = String.UnicodeScalarView()
  var rest = bytes[...]
  while let byte = rest.first {
    let length = rest.validSequenceLength
    if length > 0 {
      scalars.append(contentsOf: String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars)
    } else {
      scalars.append(Unicode.Scalar(byte))
    }
    rest = rest.dropFirst(max(1, length))
  }
  return String(scalars)
}

extension Collection<UInt8> {
  /// The length of the well-formed UTF-8 sequence at the front, or 0 when there is none.
  ///
  /// - Source: The Unicode Standard 16.0, table 3-7.
  var validSequenceLength: Int {
    guard let first else { return 0 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    var index = self.index(after: startIndex)
    for offset in 1..<length {
      guard index < endIndex, (offset == 1 ? second : 0x80...0xBF).contains(self[index]) else { return 0 }
      index = self.index(after: index)
    }
    return length
  }
}
