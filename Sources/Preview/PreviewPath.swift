/// The path of a request, decoded once: the names of folders and of a file below the site, and nothing that leads out.
struct PreviewPath: Hashable, Sendable {
  enum Refusal: Error, Hashable, Sendable {
    /// It is no path: not decodable, or with what no name of a file has.
    case malformed
    /// It is well formed and names what no site has.
    case outside
  }

  /// Each a name: not empty, neither `.` nor `..`, without slashes and NUL.
  let steps: [String]
  /// Whether it ends in a slash, or is the top.
  let isFolder: Bool

  /// - Parameter target: As it stands in the request, still encoded and without its query.
  init(_ target: String) throws(Refusal) {
    guard target.utf8.first == UInt8(ascii: "/") else { throw .malformed }
    var steps: [String] = []
    for part in target.utf8.split(separator: UInt8(ascii: "/")) {
      let name = try PreviewPath.decoded(part)
      // What is written encoded to get past a look at the path is not what a browser sends.
      guard !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0), name != ".", name != ".." else {
        throw .malformed
      }
      // What the writer keeps for itself is no page.
      guard !name.hasPrefix(".gazette") else { throw .outside }
      steps.append(name)
    }
    self.steps = steps
    isFolder = target.utf8.last == UInt8(ascii: "/")
  }

  /// The last step's letters behind its last dot, in lower case; for a folder that of its index.
  var name: String { isFolder ? "index.html" : steps.last ?? "index.html" }

  private static func decoded(_ part: Substring.UTF8View) throws(Refusal) -> String {
    var bytes: [UInt8] = []
    var rest = part[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        guard byte > 0x20, byte != 0x7F else { throw .malformed }
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
        throw .malformed
      }
      bytes.append(high << 4 | low)
    }
    guard let name = String(validating: bytes, as: UTF8.self) else { throw .malformed }
    return name
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// The type of a file by its name, as a server of the site should send it.
///
/// - Source: the IANA registry of media types; `application/vnd.dsse…` has none, so a signature is JSON.
func mediaType(of name: String) -> String {
  let ending = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[$0...].dropFirst().lowercased() } ?? ""
  return types[ending] ?? "application/octet-stream"
}

private let types: [String: String] = [
  "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
  "json": "application/json", "atom": "application/atom+xml; charset=utf-8", "xml": "application/xml; charset=utf-8",
  "ics": "text/calendar; charset=utf-8", "txt": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8",
  "csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson", "jsonl": "application/jsonl",
  "sarif": "application/sarif+json", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
  "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon",
  "woff2": "font/woff2", "pdf": "application/pdf", "zip": "application/zip", "gz": "application/gzip",
  "webmanifest": "application/manifest+json", "yml": "text/yaml; charset=utf-8", "yaml": "text/yaml; charset=utf-8",
  "pem": "application/x-pem-file", "pub": "text/plain; charset=utf-8", "asc": "text/plain; charset=utf-8",
]
