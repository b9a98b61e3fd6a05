import Diagnostics
import Model

/// Decides where the links and images of one text lead, and what is wrong with those that lead nowhere.
struct LinkResolver {
  enum Resolution {
    /// To the address as written.
    case web
    /// To a heading of the text, by its anchor.
    case heading(String)
    case site(Destination, fragment: String?)
    case nowhere(Finding?)
  }

  enum Picture {
    case asset(path: String, address: String, size: ImageSize?)
    /// An image somewhere else: shown as a link to it.
    case remote(Finding)
    case nowhere(Finding)
  }

  struct Finding {
    var severity = Diagnostic.Severity.warning
    var code: Code
    var message: String
    var help: String
  }

  let links: LinkMap
  /// The file that the text stands in.
  let file: String

  func resolution(of url: UnsafeBufferPointer<UInt8>, outline: Outline) -> Resolution {
    let written = String(decoding: url, as: UTF8.self)
    switch LinkTarget(url, from: file) {
    case .web: return .web
    case .nothing:
      return .nowhere(
        Finding(
          code: .unsafeLink, message: "a link leads nowhere", help: "give it an address, or take the brackets away"))
    case .unsafe(let scheme):
      return .nowhere(
        Finding(
          code: .unsafeLink, message: "a link has the scheme `\(oneLine(scheme))`, which no page may have",
          help: "link with `https:`, `http:`, `mailto:` or a path in the checkout"))
    case .heading(let name): return heading(name, of: outline)
    case .outside: return .nowhere(links.isContent(file) ? outside(written) : nil)
    case .file(file, let fragment?) where links.isContent(file): return heading(fragment, of: outline)
    case .file(let path, let fragment):
      if let destination = links.destination(of: path) {
        // Of a file beside the content, such as a changelog, the page shows a part or none of the headings.
        return .site(destination, fragment: links.isContent(path) ? fragment : nil)
      }
      // A changelog is written for readers of its repository; that the site does not carry their files is no mistake.
      guard links.isContent(file) else { return .nowhere(nil) }
      if links.hasFile(path) {
        return .nowhere(
          Finding(
            code: .unpublishedFile, message: "`\(path)` is not part of the site",
            help: "link to a page, or to the file where it is published"))
      }
      return .nowhere(missing(path, as: "a link"))
    }
  }

  private func heading(_ name: String, of outline: Outline) -> Resolution {
    if name.isEmpty || name == "top" { return .nowhere(nil) }
    if let anchor = outline.anchor(named: name) { return .heading(anchor) }
    // The heading may stand in a section of another release.
    guard links.isContent(file) else { return .nowhere(nil) }
    let near = Diagnostics.nearest(to: name, among: outline.anchorNames)
    return .nowhere(
      Finding(
        code: .missingHeading, message: "this text has no heading `#\(oneLine(name))`",
        help: near.map { "did you mean `#\($0)`?" } ?? "link to a heading of this text, or take the link away"))
  }

  func picture(at url: UnsafeBufferPointer<UInt8>) -> Picture {
    let written = String(decoding: url, as: UTF8.self)
    switch LinkTarget(url, from: file) {
    case .web:
      return .remote(
        Finding(
          code: .remoteImage, message: "an image lies outside the checkout, at `\(oneLine(written))`",
          help: "put it beside the text; until then a link to it is shown"))
    case .unsafe(let scheme):
      return .nowhere(
        Finding(
          code: .unsafeLink, message: "an image has the scheme `\(oneLine(scheme))`, which no page may have",
          help: "put the image into a file beside the text"))
    case .outside: return .nowhere(outside(written))
    case .nothing, .heading:
      return .nowhere(
        Finding(
          code: .missingImage, message: "an image names no file", help: "give it the path of a file"))
    case .file(let path, _):
      guard LinkResolver.isImage(path) else {
        return .nowhere(
          Finding(
            code: .missingImage, message: "`\(path)` is no image that pages can show",
            help: "use PNG, JPEG, GIF, WebP, AVIF or SVG"))
      }
      guard links.hasFile(path) else { return .nowhere(missing(path, as: "an image")) }
      return .asset(path: path, address: links.assetAddress(of: path), size: links.size(of: path))
    }
  }

  /// An error in content, which is written for the site; a changelog may show images beside its repository.
  private func outside(_ written: String) -> Finding {
    Finding(
      severity: links.isContent(file) ? .error : .warning, code: .missingLinkedFile,
      message: "`\(oneLine(written))` leads out of the checkout",
      help: "link to a file of the checkout, or to an address with `https:`")
  }

  private func missing(_ path: String, as what: String) -> Finding {
    Finding(
      code: what == "a link" ? .missingLinkedFile : .missingImage,
      message: "\(what) names `\(oneLine(path))`, which does not exist",
      help: links.nearest(to: path).map { "did you mean `\($0)`?" } ?? "mend the path; it is relative to this file")
  }

  static func isImage(_ path: String) -> Bool {
    guard let dot = path.lastIndex(of: ".") else { return false }
    return ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(path[dot...].dropFirst().lowercased())
  }
}

/// The text without line ends and other control characters, cut to what a message can hold.
func oneLine(_ text: some StringProtocol) -> String {
  let clean = String(String.UnicodeScalarView(text.unicodeScalars.prefix(120).map { $0.value < 0x20 ? " " : $0 }))
  return text.unicodeScalars.count > 120 ? clean + "…" : clean
}
