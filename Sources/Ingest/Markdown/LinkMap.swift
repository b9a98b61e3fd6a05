import Diagnostics
package import Model

/// What links in texts may lead to: the files of the checkout, and where the site shows them.
package struct LinkMap: Hashable, Sendable {
  /// What shows a file, by its path in the checkout.
  private let destinations: [String: Destination]
  /// Every file of the checkout, by its path.
  private let exists: Set<String>
  /// The measures of images, by their paths in the checkout, so that pages do not jump while they load.
  private let sizes: [String: ImageSize]
  /// The content folder, with a `/` at its end.
  private let content: String

  /// - Parameters:
  ///   - destinations: What shows a file or folder, by its path in the checkout without a `/` at the end.
  ///   - exists: The paths of the files of the checkout.
  ///   - content: The content folder, relative to the checkout.
  package init(
    destinations: [String: Destination], exists: Set<String>, content: String = "content",
    sizes: [String: ImageSize] = [:]
  ) {
    (self.destinations, self.exists, self.sizes) = (destinations, exists, sizes)
    self.content = content.isEmpty || content.hasSuffix("/") ? content : content + "/"
  }

  func destination(of path: String) -> Destination? { destinations[path] }

  func hasFile(_ path: String) -> Bool { exists.contains(path) }

  func size(of path: String) -> ImageSize? { sizes[path] }

  /// Whether the file lies in the content folder.
  func isContent(_ path: String) -> Bool { path.hasPrefix(content) }

  /// Where the site carries a file: below `assets/` as it lies below the content folder, others below `assets/~/`.
  ///
  /// Its segments stand in every address and attribute as they are.
  package func assetAddress(of path: String) -> String {
    let (folder, rest) = path.hasPrefix(content) ? ("assets/", path.dropFirst(content.count)) : ("assets/~/", path[...])
    return folder + rest.split(separator: "/").map { addressSegment(String($0)) }.joined(separator: "/")
  }

  /// The file of the same folder, or of the same name in another, that was probably meant.
  func nearest(to path: String) -> String? {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path.dropFirst(folder.count)
    let candidates = exists.filter { candidate in
      guard candidate.hasSuffix(name) else {
        return candidate.hasPrefix(folder) && !candidate.dropFirst(folder.count).contains("/")
      }
      return candidate.utf8.count == name.utf8.count || candidate.dropLast(name.count).hasSuffix("/")
    }.sorted()
    return candidates.first { $0.hasSuffix("/" + name) || $0 == name }
      ?? Diagnostics.nearest(to: path, among: candidates)
  }
}

/// Where a relative link of a file leads.
enum LinkedPath: Equatable {
  case inside(String)
  case outside

  /// Resolves `..`, `.` and percent signs; a path that begins with `/` is relative to the checkout.
  init(_ link: some Sequence<UInt8>, from file: String) {
    let decoded = percentDecoded(link)
    var parts: [Substring] = []
    let text = String(decoding: decoded, as: UTF8.self)
    if !text.hasPrefix("/") { parts = file.split(separator: "/").dropLast() }
    for part in text.split(separator: "/") where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else {
        self = .outside
        return
      }
    }
    self = .inside(parts.joined(separator: "/"))
  }
}

/// The bytes with `%41` as `A`.
private func percentDecoded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  var decoded: [UInt8] = []
  var iterator = bytes.makeIterator()
  var pending: [UInt8] = []
  while let byte = iterator.next() {
    pending.append(byte)
    if pending[0] != UInt8(ascii: "%") {
      decoded += pending
      pending.removeAll(keepingCapacity: true)
    } else if pending.count == 3 {
      if let high = hexadecimal(pending[1]), let low = hexadecimal(pending[2]) {
        decoded.append(high << 4 | low)
      } else {
        decoded += pending
      }
      pending.removeAll(keepingCapacity: true)
    }
  }
  return decoded + pending
}

private func hexadecimal(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
