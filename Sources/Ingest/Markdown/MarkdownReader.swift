package import Diagnostics
package import Model

/// Makes texts ready for the site: safe HTML, plain words, anchors, links into the site.
///
/// A value without state, to be used from any thread.
package struct MarkdownReader: Sendable {
  /// What a page has room for.
  package enum Form: Hashable, Sendable {
    /// Paragraphs, lists, headings. The highest heading gets the level `headingBase`; every anchor begins with
    /// `anchorPrefix`.
    case block(headingBase: Int, anchorPrefix: String)
    /// Words in a line: no paragraphs, no headings.
    case inline
  }

  private let references: [ReferencePattern]
  private let links: LinkMap
  private let embargo: NameMatcher

  /// - Parameters:
  ///   - references: What in texts becomes links. Patterns that are no regular expressions are reported.
  ///   - links: What relative links may lead to.
  ///   - embargoed: Ids and aliases that the public must not read.
  package init(
    references: [Site.Reference], links: LinkMap, embargoed: [String] = [], into report: inout Report
  ) {
    var patterns: [ReferencePattern] = []
    for reference in references {
      if let pattern = ReferencePattern(reference, into: &report) { patterns.append(pattern) }
    }
    (self.references, self.links, embargo) = (patterns, links, NameMatcher(embargoed))
  }

  /// The addresses that references such as `#412` lead to, by their text: those that are addresses themselves, and
  /// those of which one of the site's patterns matches all.
  package func links(of references: some Sequence<String>) -> [String: String] {
    var links: [String: String] = [:]
    for reference in references {
      if reference.hasPrefix("https://") || reference.hasPrefix("http://") {
        links[reference] = reference
      } else if let link = link(of: reference) {
        links[reference] = link
      }
    }
    return links
  }

  private func link(of reference: String) -> String? {
    var reference = reference
    return reference.withUTF8 { bytes in
      let bytes = UnsafeBufferPointer(rebasing: bytes[...])
      for pattern in references {
        if let match = pattern.matches(in: bytes).first(where: { $0.range == 0..<bytes.count }) { return match.url }
      }
      return nil
    }
  }

  /// Renders a text once; a second time for the public where it may read less.
  ///
  /// What is wrong with links, images and HTML is reported at its place. A text that is nested too deeply is reported
  /// and rendered as nothing.
  package func prose(_ source: MarkdownSource, as form: Form, into report: inout Report) -> RenderedProse {
    let isBlock = form != .inline
    var empty: RenderedProse { RenderedProse(Prose(RichText(markdown: source.text, pieces: [], plainText: ""))) }
    if source.text.isEmpty { return empty }
    if embargo.isEmpty, let plain = isBlock ? plainBlocks(source, as: form) : plainLine(source) { return plain }
    if let line = NestingGuard.firstLineTooDeep(in: source.text) {
      reportNesting(line: line, of: source, into: &report)
      return RenderedProse(Prose(RichText(markdown: "", pieces: [], plainText: "")))
    }
    guard let tree = CommonMarkTree(parsing: source.text, footnotes: isBlock) else { return empty }
    let document = tree.root
    if document.depth(atMost: NestingGuard.limit) > NestingGuard.limit {
      reportNesting(line: 1, of: source, into: &report)
      return RenderedProse(Prose(RichText(markdown: "", pieces: [], plainText: "")))
    }
    let rendered = render(document, of: source, as: form, into: &report)
    withExtendedLifetime(document) {}
    return rendered
  }

  /// The rendering of a ``PlainLine``; its three forms are one string where it is words without a reference.
  private func plainLine(_ source: MarkdownSource) -> RenderedProse? {
    var text = source.text
    return text.withUTF8 { bytes -> RenderedProse? in
      let bytes = UnsafeBufferPointer(rebasing: bytes[...])
      guard let line = PlainLine(bytes) else { return nil }
      if line.parts.count == 1, case .words = line.parts[0], !references.contains(where: { $0.mayMatch(bytes) }) {
        return RenderedProse(
          Prose(RichText(markdown: source.text, pieces: [.html(source.text)], plainText: source.text)))
      }
      var writer = plainWriter(of: source, as: .inline)
      writer.write(line, of: bytes)
      return RenderedProse(Prose(writer.builder.finish(markdown: [.text(source.text)], headings: [])))
    }
  }

  /// The rendering of ``PlainBlocks``.
  private func plainBlocks(_ source: MarkdownSource, as form: Form) -> RenderedProse? {
    var text = source.text
    return text.withUTF8 { bytes -> RenderedProse? in
      let bytes = UnsafeBufferPointer(rebasing: bytes[...])
      guard let blocks = PlainBlocks(bytes) else { return nil }
      var writer = plainWriter(of: source, as: form)
      let headings = writer.write(blocks, of: bytes)
      return RenderedProse(Prose(writer.builder.finish(markdown: [.text(source.text)], headings: headings)))
    }
  }

  private func plainWriter(of source: MarkdownSource, as form: Form) -> ProseWriter {
    ProseWriter(
      form: form, outline: Outline(), removed: [], resolver: LinkResolver(links: links, file: source.location.file),
      references: references, capacity: source.text.utf8.count * 2)
  }

  private func render(
    _ document: MarkdownNode, of source: MarkdownSource, as form: Form, into report: inout Report
  ) -> RenderedProse {
    var prefix = ""
    if case .block(_, let anchorPrefix) = form { prefix = anchorPrefix }
    let outline = Outline(of: document, prefix: prefix)
    let redaction = Redaction(of: document, embargo: embargo)
    let resolver = LinkResolver(links: links, file: source.location.file)

    func writer(without removed: Set<MarkdownNode>) -> ProseWriter {
      var writer = ProseWriter(
        form: form, outline: outline, removed: removed, resolver: resolver, references: references,
        capacity: source.text.utf8.count * 2)
      writer.write(document)
      return writer
    }
    var whole = writer(without: [])
    TextFindings(source: source).add(whole, misplaced: redaction.misplaced, into: &report)
    let links = RelativeLinks(of: document, in: source.text, outline: outline, resolver: resolver)
    let shown = ShownHTML.places(of: whole.shownHTML, in: source.text)
    let wholeText = whole.builder.finish(
      markdown: links.pieces(of: source.text, escaping: shown), headings: outline.headings.map(\.heading))
    guard !redaction.isEmpty || PublicMarkdown.mayHide(source.text, embargo) else {
      return RenderedProse(Prose(wholeText), assets: uses(whole.assets, public: whole.assets))
    }

    let publicText = PublicMarkdown(source.text, redaction, embargo).text
    let markdown = links.pieces(of: publicText, escaping: shown.isEmpty ? [] : shownHTML(in: publicText, as: form))
    guard !redaction.removed.isEmpty else {
      let open = RichText(
        markdown: markdown, pieces: wholeText.pieces, plainText: wholeText.plainText, headings: wholeText.headings)
      return RenderedProse(
        Prose(wholeText, open: open == wholeText ? nil : open), assets: uses(whole.assets, public: whole.assets))
    }
    var open = writer(without: redaction.removed)
    let openText = open.builder.finish(
      markdown: markdown,
      headings: outline.headings.filter { !redaction.removed.contains($0.node) }.map(\.heading))
    return RenderedProse(Prose(wholeText, open: openText), assets: uses(whole.assets, public: open.assets))
  }

  /// The places of ``ShownHTML`` in a text of which lines have gone.
  private func shownHTML(in text: String, as form: Form) -> [Int] {
    guard let tree = CommonMarkTree(parsing: text, footnotes: form != .inline) else { return [] }
    let document = tree.root
    var writer = ProseWriter(
      form: form, outline: Outline(of: document, prefix: ""), removed: [],
      resolver: LinkResolver(links: links, file: ""), references: [], capacity: text.utf8.count * 2)
    writer.write(document)
    let places = ShownHTML.places(of: writer.shownHTML, in: text)
    withExtendedLifetime(document) {}
    return places
  }

  private func uses(_ paths: [String], public publicPaths: [String]) -> [AssetUse] {
    paths.map {
      AssetUse(path: $0, address: links.assetAddress(of: $0), isPublic: publicPaths.contains($0))
    }
  }

  private func reportNesting(line: Int, of source: MarkdownSource, into report: inout Report) {
    var place = source.location
    place.line += line - 1
    (place.column, place.length) = (1, 1)
    report.error(
      .nestedTooDeeply, "quotes, lists or brackets are nested more than \(NestingGuard.limit) levels deep", at: place,
      help: "take levels out; nobody reads that deep")
  }
}
