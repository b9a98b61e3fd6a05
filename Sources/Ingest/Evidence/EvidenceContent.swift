import Diagnostics

/// The bytes of a file of evidence and what shows at first sight.
struct EvidenceContent: Sendable {
  enum Form: Sendable {
    /// Something that begins as XML, with the name of its outermost element as far as one is there.
    case xml(root: XMLRoot?)
    /// Something that begins as JSON, one text or one a line; with what is wrong in it.
    case json(JSONEvidence)
    case other
  }

  let bytes: [UInt8]
  let form: Form

  /// The most bytes of a file that is read for what it says: 256 MiB.
  static let largest = 256 << 20

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    switch EvidenceContent.firstCharacter(of: bytes) {
    case UInt8(ascii: "<"): form = .xml(root: XMLRoot(in: bytes))
    case UInt8(ascii: "{"), UInt8(ascii: "["): form = .json(JSONEvidence(bytes))
    default: form = .other
    }
  }

  /// The first byte that is neither blank nor mark, also of UTF-16.
  private static func firstCharacter(of bytes: [UInt8]) -> UInt8? {
    bytes.prefix(1024).first { ![0x20, 0x09, 0x0A, 0x0D, 0x00, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }
  }

  /// The outermost element of XML.
  var root: XMLRoot? {
    if case .xml(let root) = form { root } else { nil }
  }

  /// The outline of JSON, also of one that breaks off later.
  var outline: JSONOutline? {
    if case .json(let json) = form { json.outline } else { nil }
  }

  /// The JSON text, sound to its end.
  func json() throws(EvidenceProblem) -> JSONEvidence {
    guard case .json(let json) = form else {
      throw EvidenceProblem(.malformedEvidence, "is not JSON", at: EvidenceProblem.Place(line: 1, column: 1))
    }
    if let problem = json.problem { throw problem }
    return json
  }
}
