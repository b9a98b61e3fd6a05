/// A package URL: which package of which ecosystem, at which version.
///
/// Qualifiers and the subpath are read past: they say where a package comes from or which part is meant, not which
/// package it is.
/// - Source: package-url/purl-spec, "A purl is a URL composed of seven components".
package struct PackageURL: Hashable, Sendable {
  /// The ecosystem, in lower case, such as `npm`.
  package var type: String
  package var namespace: String?
  package var name: String
  package var version: String?

  /// - Returns: `nil` when the text is no package URL: another scheme, no type or no name.
  package init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    guard bytes.count > 4, bytes[..<4].map(lowered) == Array("pkg:".utf8) else { return nil }
    bytes = bytes.dropFirst(4)
    while bytes.first == UInt8(ascii: "/") { bytes = bytes.dropFirst() }
    if let hash = bytes.firstIndex(of: UInt8(ascii: "#")) { bytes = bytes[..<hash] }
    if let question = bytes.firstIndex(of: UInt8(ascii: "?")) { bytes = bytes[..<question] }
    guard let typeEnd = bytes.firstIndex(of: UInt8(ascii: "/")), typeEnd > bytes.startIndex,
      bytes[..<typeEnd].allSatisfy(isOfType)
    else { return nil }
    type = String(decoding: bytes[..<typeEnd].map(lowered), as: UTF8.self)
    bytes = bytes[(typeEnd + 1)...]

    // An `@` that begins a scope (`pkg:npm/@angular/core`) stands before the last slash; that of the version after it.
    let lastSlash = bytes.lastIndex(of: UInt8(ascii: "/")) ?? bytes.startIndex
    var version: String?
    if let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > lastSlash {
      version = decoded(bytes[(at + 1)...])
      bytes = bytes[..<at]
    } else if let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > bytes.startIndex,
      bytes[at - 1] != UInt8(ascii: "/"), bytes[at...].contains(UInt8(ascii: "/"))
    {
      // A version with slashes that were not escaped.
      version = decoded(bytes[(at + 1)...])
      bytes = bytes[..<at]
    }
    guard let segments = decodedSegments(of: bytes), let last = segments.last else { return nil }
    let namespace = segments.count > 1 ? segments.dropLast().joined(separator: "/") : nil
    (name, self.namespace) = PackageURL.normalised(name: last, namespace: namespace, type: type)
    self.version = version?.isEmpty == true ? nil : version
  }

  /// Which package it is, whatever the version: `pkg:npm/@angular/core`.
  package var coordinate: String {
    if let namespace { "pkg:\(type)/\(namespace)/\(name)" } else { "pkg:\(type)/\(name)" }
  }

  /// The coordinate of a package URL; `nil` where the text is none.
  ///
  /// Most are plain, and of them it is the part before the version; thousands are asked for theirs.
  package static func coordinate(_ text: String) -> String? {
    var text = text
    let end = text.withUTF8(lengthOfPlainCoordinate)
    return end.map { String(decoding: text.utf8.prefix($0), as: UTF8.self) } ?? PackageURL(text)?.coordinate
  }

  /// How long the coordinate is where nothing in it has to be decoded, lowered or left out; `nil` where something may.
  private static func lengthOfPlainCoordinate(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.starts(with: "pkg:".utf8), let slash = bytes.firstIndex(of: UInt8(ascii: "/")), slash > 4 else {
      return nil
    }
    let type = bytes[4..<slash]
    guard type.allSatisfy({ isOfType($0) && lowered($0) == $0 }), !normalisedTypes.contains(where: type.elementsEqual)
    else { return nil }
    var version: Int?
    for place in slash + 1..<bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "@"):
        guard version == nil, bytes[place - 1] != UInt8(ascii: "/") else { return nil }
        version = place
      case UInt8(ascii: "/"):
        guard version == nil, bytes[place - 1] != UInt8(ascii: "/") else { return nil }
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0x80...: return nil
      default: break
      }
    }
    let end = version ?? bytes.count
    return end > slash + 1 && bytes[end - 1] != UInt8(ascii: "/") ? end : nil
  }

  /// The types whose names are changed by ``normalised(name:namespace:type:)``.
  private static let normalisedTypes = [
    "pypi", "github", "bitbucket", "gitlab", "composer", "hex", "deb", "apk", "rpm", "alpm", "oci",
  ].map { $0.utf8 }

  /// - Source: package-url/purl-spec, PURL-TYPES: names that do not distinguish cases.
  private static func normalised(name: String, namespace: String?, type: String) -> (String, String?) {
    switch type {
    case "pypi":
      let plain = name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : lowered($0) }
      return (String(decoding: plain, as: UTF8.self), namespace)
    case "github", "bitbucket", "gitlab", "composer", "hex": return (name.lowercased(), namespace?.lowercased())
    case "deb", "apk", "rpm", "alpm": return (name.lowercased(), namespace?.lowercased())
    case "oci": return (name.lowercased(), nil)
    default: return (name, namespace)
    }
  }
}

private func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

private func isOfType(_ byte: UInt8) -> Bool {
  switch lowered(byte) {
  case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"): true
  default: false
  }
}

private func decodedSegments(of bytes: ArraySlice<UInt8>) -> [String]? {
  var segments: [String] = []
  for segment in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
    guard let text = decoded(segment) else { return nil }
    segments.append(text)
  }
  return segments
}

/// The text with its `%41` resolved, or `nil` when that gives no UTF-8.
private func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
  guard bytes.contains(UInt8(ascii: "%")) else { return String(validating: bytes, as: UTF8.self) }
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var place = bytes.startIndex
  while place < bytes.endIndex {
    if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.endIndex, let high = hexValue(bytes[place + 1]),
      let low = hexValue(bytes[place + 2])
    {
      result.append(high << 4 | low)
      place += 3
    } else {
      result.append(bytes[place])
      place += 1
    }
  }
  return String(validating: result, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
