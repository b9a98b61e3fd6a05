import Diagnostics
import Ingest
import Model

/// A text rendered as a test needs it.
struct MarkdownFixture {
  let rendered: RenderedProse
  let report: Report

  init(
    _ text: String, as form: MarkdownReader.Form = .block(headingBase: 2, anchorPrefix: ""),
    file: String = "content/releases/gateway/2.4.0.md", line: Int = 1, references: [Site.Reference] = [],
    destinations: [String: Destination] = [:], files: Set<String> = [], sizes: [String: ImageSize] = [:],
    embargoed: [String] = []
  ) {
    var report = Report()
    let links = LinkMap(destinations: destinations, exists: files, sizes: sizes)
    let reader = MarkdownReader(references: references, links: links, embargoed: embargoed, into: &report)
    rendered = reader.prose(
      MarkdownSource(text, at: SourceLocation(file: file, line: line)), as: form, into: &report)
    self.report = report
  }

  var html: String { rendered.prose.whole.html }
  var openHTML: String? { rendered.prose.open?.html }
  var plain: String { rendered.prose.whole.plainText }
  /// Such as `3:7 M003`.
  var findings: [String] {
    report.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.code)" }
  }
}

extension RichText {
  /// The pieces as one text, addresses as `{destination}`.
  var html: String {
    pieces.map { piece in
      switch piece {
      case .html(let html): html
      case .address(let destination, let fragment):
        "{\(destination)\(fragment.map { "#" + $0 } ?? "")}".replacing("\"", with: "'")
      }
    }.joined()
  }
}

extension Site.Reference {
  init(_ pattern: String, _ url: String) {
    self.init(match: Located(pattern, at: SourceLocation(file: "content/gazette.yml")), url: url)
  }
}
