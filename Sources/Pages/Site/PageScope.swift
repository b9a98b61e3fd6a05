import Model
import Templates

/// A page's place in the site: makes links, texts and the layout's names as they are to be from there.
struct PageScope: Sendable {
  private let shared: SharedEdition
  let route: Route

  init(_ edition: SharedEdition, route: Route) { (shared, self.route) = (edition, route) }

  var edition: Edition { _read { yield shared.edition } }

  var dates: Dates { edition.dates }

  func link(to target: Route, fragment: String? = nil) -> Value { .text(route.link(to: target, fragment: fragment)) }

  func link(to target: Route?) -> Value { target.map { link(to: $0) } ?? .null }

  /// An address for those who take this file elsewhere: whole where the site knows its own, else from this file.
  func address(of target: Route, fragment: String? = nil) -> String {
    edition.absolute(target).map { $0 + (fragment.map { "#" + $0 } ?? "") }
      ?? route.link(to: target, fragment: fragment)
  }

  // MARK: Texts

  /// A text as Markdown with the addresses of what it leads to.
  func markdown(_ prose: Prose) -> String {
    prose.whole.markdown { destination, fragment in
      edition.route(of: destination).map { address(of: $0, fragment: fragment) }
    }
  }

  /// A text as markup, with its links as they are to be from this page.
  func markup(_ text: RichText) -> String {
    if text.pieces.count == 1, case .html(let html) = text.pieces[0] { return html }
    let known = text.unlinked { edition.route(of: $0) == nil }
    var markup = ""
    for piece in known.pieces {
      switch piece {
      case .html(let html): markup += html
      case .address(let destination, let fragment):
        guard let target = edition.route(of: destination) else { continue }
        markup += escaped(route.link(to: target, fragment: fragment))
      }
    }
    return markup
  }

  func block(_ prose: Prose?) -> Value { prose.map { .html(SafeHTML(trusted: markup($0.whole))) } ?? .null }

  /// A text of one paragraph without the paragraph's tags; of a longer one, the first paragraph.
  func inline(_ prose: Prose?) -> Value { prose.map { .html(split($0).first) } ?? .null }

  /// The first paragraph without its tags, and what follows it.
  func split(_ prose: Prose) -> (first: SafeHTML, rest: SafeHTML?) {
    let html = markup(prose.whole)
    guard let (first, rest) = firstParagraph(of: html) else { return (SafeHTML(trusted: html), nil) }
    return (SafeHTML(trusted: String(first)), rest.isEmpty ? nil : SafeHTML(trusted: String(rest)))
  }

  // MARK: Products and releases

  func reference(to facts: ProductFacts) -> Value {
    ["id": .text(facts.product.id.text), "name": .text(facts.product.name), "link": link(to: facts.route)]
  }

  /// A version with a link where its release is in this site.
  func reference(to version: String, of facts: ProductFacts) -> Value {
    let position = facts.positions[version]
    return ["version": .text(version), "link": position.map { link(to: facts.routes[$0]) } ?? .null]
  }

  /// The phase of a line, as an id and words.
  func support(of line: ReleaseLine, in facts: ProductFacts) -> Value {
    let phase = facts.phases[line.id] ?? .active
    return Wording.choice(Wording.id(for: phase), Wording.words(for: phase, of: line))
  }

  func support(ofLine id: String?, in facts: ProductFacts) -> Value {
    facts.line(id).map { support(of: $0, in: facts) } ?? .null
  }

  // MARK: The page

  /// A page with the layout's names and its own.
  func page(
    _ template: TemplateName, title: String, section: Edition.Section, description: String? = nil,
    feedsOf product: ProductFacts? = nil, trail: [(title: String, route: Route)] = [], published: When? = nil,
    isArticle: Bool = false, isIndexed: Bool = true, fields: Fields
  ) -> Page {
    var value = fields
    value["root"] = .text(route.root)
    value["site"] = edition.site(for: route, section: section)
    value["page"] = [
      "title": .text(title), "home": .flag(route == .home), "description": .text(description),
      "canonical": .text(edition.absolute(route)), "type": isArticle ? "article" : "website",
      "published": .text(published.map(dates.machine)), "indexed": .flag(isIndexed && !edition.isInternal),
      "feeds": feeds(of: product),
      "trail": trail.isEmpty
        ? .null : items(trail.map { ["title": .text($0.title), "link": link(to: $0.route)] }),
    ]
    return Page(route: route, body: .template(template, .record(value)))
  }

  private func feeds(of product: ProductFacts?) -> Value {
    var feeds: [Value] = []
    func add(_ title: String, atom: Route, json: Route) {
      for (route, type, label) in [
        (atom, "application/atom+xml", "Atom"), (json, "application/feed+json", "JSON Feed"),
      ] {
        feeds.append(["title": .text(title), "link": link(to: route), "type": .text(type), "label": .text(label)])
      }
    }
    if let product {
      let id = product.product.id.text
      add(product.product.name, atom: .product(id, file: "feed.atom"), json: .product(id, file: "feed.json"))
    }
    add(edition.site.title, atom: .atom, json: .jsonFeed)
    return ["items": .list(feeds)]
  }
}

/// A list as an optional section: a record with `items`, or null when there are none.
func items(_ elements: [Value]) -> Value { elements.isEmpty ? .null : ["items": .list(elements)] }

/// A text as part of markup or of an attribute's value.
package func escaped(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27 }) else {
    return text
  }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

extension Value {
  /// Plain words where the contract asks for markup.
  static func words(_ text: String) -> Value { .html(SafeHTML(trusted: escaped(text))) }
}

extension Wording {
  static func id(for phase: ReleaseLine.Phase) -> String { phase == .upcoming ? "future" : phase.rawValue }

  /// Such as `Security fixes until 30 Sep 2027`.
  static func words(for phase: ReleaseLine.Phase, of line: ReleaseLine) -> String {
    func until(_ words: String, _ date: CivilDate?) -> String {
      date.map { "\(words) until \(Dates.short($0))" } ?? words
    }
    switch phase {
    case .upcoming: return "Not yet released"
    case .active: return until("Active", line.activeUntil)
    case .security: return until("Security fixes", line.securityUntil)
    case .extended: return until("Extended support", line.extendedUntil)
    case .ended:
      let end = [line.activeUntil, line.securityUntil, line.extendedUntil].compactMap { $0 }.max()
      return end.map { "Ended on \(Dates.short($0))" } ?? "Ended"
    }
  }
}

/// What the first paragraph of some markup holds, and what follows it; `nil` when it does not begin with one.
func firstParagraph(of html: String) -> (inside: Substring, rest: Substring)? {
  guard html.utf8.starts(with: "<p>".utf8) else { return nil }
  var copy = html
  let end = copy.withUTF8 { bytes in
    (3..<max(3, bytes.count - 3)).first {
      bytes[$0] == UInt8(ascii: "<") && bytes[$0 + 1] == UInt8(ascii: "/") && bytes[$0 + 2] == UInt8(ascii: "p")
        && bytes[$0 + 3] == UInt8(ascii: ">")
    }
  }
  guard let end else { return nil }
  let start = html.utf8.index(html.startIndex, offsetBy: 3)
  let close = html.utf8.index(html.startIndex, offsetBy: end)
  return (html[start..<close], html[html.utf8.index(close, offsetBy: 4)...].drop { $0 == "\n" })
}
