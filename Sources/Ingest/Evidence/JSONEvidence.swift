import Diagnostics

/// A file of JSON, or of one JSON text a line, looked through once and decoded as a format asks.
struct JSONEvidence: Sendable {
  /// UTF-8 without byte order mark.
  let bytes: [UInt8]
  /// Each text of the file.
  let texts: [Range<Int>]
  let outline: JSONOutline
  private let tape: JSONTape
  /// Where each text begins on the tape.
  private let roots: [Int]
  /// What is wrong with the file as JSON, of whatever format it is.
  let problem: EvidenceProblem?

  /// - Parameter outlines: Whether members are named in the outline, to tell a format that nobody has stated.
  init(_ bytes: [UInt8], outlines: Bool = true) {
    guard let text = utf8WithoutMark(bytes) else {
      (self.bytes, texts, outline, tape, roots) = (bytes, [], JSONOutline(), JSONTape([], []), [])
      problem = EvidenceProblem(.evidenceEncoding, "is neither UTF-8 nor UTF-16", help: "write it as UTF-8")
      return
    }
    self.bytes = text
    let result = JSONScan.scan(text, outlines: outlines)
    (texts, outline, tape, roots) = (result.texts, result.outline, result.tape, result.roots)
    problem = result.failure.map {
      EvidenceProblem($0.code, $0.reason, at: EvidenceProblem.Place(ofByte: $0.offset, in: text))
    }
  }

  /// The one text of the file.
  func decode<Value: Decodable>(_ type: Value.Type) throws(EvidenceProblem) -> Value {
    guard texts.count == 1 else {
      let second = texts.count > 1 ? EvidenceProblem.Place(ofByte: texts[1].lowerBound, in: bytes) : nil
      throw EvidenceProblem(.malformedEvidence, "goes on after the end of its JSON text", at: second)
    }
    return try decode(type, text: 0)
  }

  /// The one text, as a list also where it is a single element.
  func decodeList<Value: Decodable>(of type: Value.Type) throws(EvidenceProblem) -> [Value] {
    outline.isArray ? try decode([Value].self) : [try decode(type)]
  }

  /// Every text of the file, in order.
  func decodeEach<Value: Decodable>(_ type: Value.Type) throws(EvidenceProblem) -> [Value] {
    var values: [Value] = []
    for text in texts.indices { values.append(try decode(type, text: text)) }
    return values
  }

  /// The place of a value by its keys, for what is found wrong after decoding.
  func place(of path: [any CodingKey], in text: Int = 0) -> EvidenceProblem.Place? {
    guard texts.indices.contains(text) else { return nil }
    return EvidenceProblem.Place(ofByte: JSONPath.offset(of: path, in: bytes, text: texts[text]), in: bytes)
  }

  private func decode<Value: Decodable>(_ type: Value.Type, text: Int) throws(EvidenceProblem) -> Value {
    do {
      return try Value(from: JSONTapeDecoder(tape: tape, place: roots[text]))
    } catch let error as DecodingError {
      let (path, reason) = error.story
      throw EvidenceProblem(.unexpectedEvidence, reason, at: place(of: path, in: text))
    } catch let problem as EvidenceProblem {
      throw problem
    } catch {
      throw EvidenceProblem(.malformedEvidence, "cannot be decoded")
    }
  }
}

extension DecodingError {
  /// Where it happened, and what, in our words.
  fileprivate var story: (path: [any CodingKey], reason: String) {
    switch self {
    case .keyNotFound(let key, let context):
      (context.codingPath, "lacks the member `\(key.stringValue)`\(DecodingError.place(context.codingPath))")
    case .valueNotFound(let type, let context):
      (
        context.codingPath,
        "has `null`\(DecodingError.place(context.codingPath)) and not \(DecodingError.name(of: type))"
      )
    case .typeMismatch(let type, let context):
      (context.codingPath, "does not have \(DecodingError.name(of: type))\(DecodingError.place(context.codingPath))")
    case .dataCorrupted(let context):
      (context.codingPath, "has an unusable value\(DecodingError.place(context.codingPath))")
    @unknown default: ([], "cannot be decoded")
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    let name = path.last { $0.intValue == nil }
    return name.map { " in \(quoted($0.stringValue))" } ?? ""
  }

  private static func name(of type: Any.Type) -> String {
    if type == String.self { return "a text" }
    if type == Bool.self { return "`true` or `false`" }
    if type == Int.self || type == Double.self { return "a number" }
    return "\(type)".hasPrefix("Array") ? "a list" : "an object"
  }
}

/// The bytes as UTF-8 without byte order mark, out of UTF-8 or UTF-16; `nil` where it is neither.
private func utf8WithoutMark(_ bytes: [UInt8]) -> [UInt8]? {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
  guard bytes.count >= 2 else { return bytes }
  switch (bytes[0], bytes[1]) {
  case (0xFE, 0xFF): return utf8(ofUTF16: bytes.dropFirst(2), isBigEndian: true)
  case (0xFF, 0xFE): return utf8(ofUTF16: bytes.dropFirst(2), isBigEndian: false)
  // The first character of JSON is ASCII.
  case (0, 1...): return utf8(ofUTF16: bytes[...], isBigEndian: true)
  case (1..., 0): return utf8(ofUTF16: bytes[...], isBigEndian: false)
  default: return bytes
  }
}

private func utf8(ofUTF16 bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8]? {
  guard bytes.count.isMultiple(of: 2) else { return nil }
  let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
    let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
  return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
}
