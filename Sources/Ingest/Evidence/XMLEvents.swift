import CExpat
import Diagnostics

/// What a format does with the elements of an XML file, as they come.
protocol XMLHandler: AnyObject {
  func begin(_ tag: XMLTag) throws(EvidenceProblem)
  func end(_ name: String)
  /// Some of the text of the element that is open; it comes in pieces.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The begin of an element; of use only while the handler is told of it.
struct XMLTag {
  /// Without a prefix.
  let name: String
  private let attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

  fileprivate init(name: String, attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
    (self.name, self.attributes) = (name, attributes)
  }

  /// The value of an attribute.
  subscript(_ key: StaticString) -> String? {
    pointer(key).map { String(cString: $0) }
  }

  /// The value of an attribute as a whole number, ≥ 0.
  func count(_ key: StaticString) -> Int? {
    guard let text = pointer(key), text[0] != 0 else { return nil }
    var value = 0
    var index = 0
    while text[index] != 0 {
      guard text[index] >= 0x30, text[index] <= 0x39, index < 18 else { return nil }
      value = value * 10 + Int(text[index] - 0x30)
      index += 1
    }
    return value
  }

  private func pointer(_ key: StaticString) -> UnsafePointer<XML_Char>? {
    guard let attributes else { return nil }
    var index = 0
    while let name = attributes[index] {
      if XMLTag.isEqual(name, key) { return attributes[index + 1] }
      index += 2
    }
    return nil
  }

  private static func isEqual(_ name: UnsafePointer<XML_Char>, _ key: StaticString) -> Bool {
    let expected = key.utf8Start
    for index in 0..<key.utf8CodeUnitCount where UInt8(bitPattern: name[index]) != expected[index] { return false }
    return name[key.utf8CodeUnitCount] == 0
  }
}

/// Reads XML through Expat: a document type is skipped, entities are refused, nothing is ever fetched.
enum XMLEvents {
  static let deepest = 512

  /// Tells a handler of every element to the end of the file.
  /// - Throws: What the handler throws, or where the file is not well-formed.
  static func read(_ bytes: [UInt8], into handler: some XMLHandler) throws(EvidenceProblem) {
    // Blanks before `<?xml` are common and not allowed.
    let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard let parser = XML_ParserCreate(nil) else {
      throw EvidenceProblem(.evidenceOverLimit, "needs more memory than there is")
    }
    defer { XML_ParserFree(parser) }
    let walk = XMLWalk(parser: parser, handler: handler, linesBefore: blanks.count { $0 == 0x0A })
    // In one piece, for Expat begins a long token anew with every piece.
    let status = bytes.withUnsafeBytes { buffer in
      let rest = buffer[blanks.count...]
      let start = UnsafeRawBufferPointer(rebasing: rest).bindMemory(to: CChar.self).baseAddress
      return withExtendedLifetime(walk) {
        walk.listen()
        return XML_Parse(parser, start, Int32(clamping: rest.count), Int32(XML_TRUE))
      }
    }
    if let problem = walk.problem { throw problem }
    guard status != XML_STATUS_OK else { return }
    throw walk.complaint
  }
}

/// One reading, as the callbacks of C see it.
private final class XMLWalk {
  let parser: XML_Parser
  let handler: any XMLHandler
  let linesBefore: Int
  var depth = 0
  var problem: EvidenceProblem?

  init(parser: XML_Parser, handler: any XMLHandler, linesBefore: Int) {
    (self.parser, self.handler, self.linesBefore) = (parser, handler, linesBefore)
  }

  func listen() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data, let name else { return }
        XMLWalk.of(data).begin(name, attributes)
      },
      { data, name in
        guard let data, let name else { return }
        XMLWalk.of(data).end(name)
      })
    XML_SetCharacterDataHandler(parser) { data, text, length in
      guard let data, let text, length > 0 else { return }
      XMLWalk.of(data).text(text, Int(length))
    }
    XML_SetEntityDeclHandler(parser) { data, name, _, _, _, _, _, _, _ in
      guard let data else { return }
      XMLWalk.of(data).refuseEntity(name, "declares")
    }
    // With a document type that was not read, Expat passes over names that it does not know.
    XML_SetSkippedEntityHandler(parser) { data, name, _ in
      guard let data else { return }
      XMLWalk.of(data).refuseEntity(name, "uses")
    }
    XML_SetUnknownEncodingHandler(
      parser,
      { _, name, info in
        guard let name, let info, isWindows1252(String(cString: name)) else { return Int32(XML_STATUS_ERROR.rawValue) }
        fillWindows1252(info)
        return Int32(XML_STATUS_OK.rawValue)
      }, nil)
  }

  private static func of(_ data: UnsafeMutableRawPointer) -> XMLWalk {
    Unmanaged<XMLWalk>.fromOpaque(data).takeUnretainedValue()
  }

  private func begin(_ name: UnsafePointer<XML_Char>, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
    guard problem == nil else { return }
    depth += 1
    guard depth <= XMLEvents.deepest else {
      stop(EvidenceProblem(.evidenceOverLimit, "is nested deeper than \(XMLEvents.deepest) levels", at: place))
      return
    }
    do throws(EvidenceProblem) {
      try handler.begin(XMLTag(name: XMLWalk.localName(name), attributes: attributes))
    } catch {
      var error = error
      error.place = error.place ?? place
      stop(error)
    }
  }

  private func end(_ name: UnsafePointer<XML_Char>) {
    guard problem == nil else { return }
    depth -= 1
    handler.end(XMLWalk.localName(name))
  }

  private func text(_ text: UnsafePointer<XML_Char>, _ length: Int) {
    guard problem == nil else { return }
    text.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      handler.text(UnsafeBufferPointer(start: bytes, count: length))
    }
  }

  private func refuseEntity(_ name: UnsafePointer<XML_Char>?, _ does: String) {
    guard problem == nil else { return }
    let name = name.map { quoted(String(cString: $0)) } ?? "one"
    stop(
      EvidenceProblem(
        .evidenceEntity, "\(does) the entity \(name), and entities are not read", at: place,
        help: "let the tool write the text itself"))
  }

  private func stop(_ problem: EvidenceProblem) {
    self.problem = problem
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  /// What stands behind the prefix.
  private static func localName(_ name: UnsafePointer<XML_Char>) -> String {
    var start = name
    var index = 0
    while name[index] != 0 {
      if name[index] == 0x3A { start = name + index + 1 }
      index += 1
    }
    return String(cString: start)
  }

  private var place: EvidenceProblem.Place {
    EvidenceProblem.Place(
      line: Int(XML_GetCurrentLineNumber(parser)) + linesBefore, column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
  }

  /// Why Expat stopped.
  var complaint: EvidenceProblem {
    let code = XML_GetErrorCode(parser)
    let words = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    if code == XML_ERROR_UNKNOWN_ENCODING || code == XML_ERROR_INCORRECT_ENCODING {
      return EvidenceProblem(
        .evidenceEncoding, "is in an encoding that is not read", at: place,
        help: "write it as UTF-8; UTF-16, ISO-8859-1 and Windows-1252 are read too")
    }
    if code == XML_ERROR_UNDEFINED_ENTITY {
      return EvidenceProblem(
        .evidenceEntity, "uses an entity that XML does not know", at: place, help: "let the tool write the text itself")
    }
    return EvidenceProblem(.malformedEvidence, "is not well-formed XML: \(words)", at: place)
  }
}
