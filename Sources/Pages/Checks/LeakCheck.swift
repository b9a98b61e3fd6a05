package import Diagnostics
package import Model

/// Finds what must not be public in the files of the public site, reading each as its reader would.
///
/// Private links and patterns, people's addresses, names under embargo, and eight words in a row of any internal text.
/// One file at a time, from any thread.
package struct LeakCheck: Sendable {
  private enum Secret: Sendable {
    case link(String)
    /// The literal part of a pattern: the pattern itself decides.
    case pattern(Int)
    case address(String)
    case embargo(String)
  }

  private let secrets: [Secret]
  private let matcher: WordMatcher
  private let patterns: [Located<String>]
  /// Patterns in which nothing is literal: tried on every file.
  private let openPatterns: [Int]
  private let internalRuns: [UInt64: SourceLocation]
  /// One bit for each run, by its last digits, so that most words of a file need no look-up.
  private let runFilter: [UInt64]

  /// - Parameters:
  ///   - full: Everything that was read.
  ///   - open: The public ledger that was made of it.
  ///   - paths: Every file of the public site, as for ``LinkCheck``.
  ///   - slices: How many slices of work to make at most.
  package init(full: Ledger, public open: Ledger, paths: [String], slices: Int) async {
    let matter = full.site.privateMatter
    patterns = matter.patterns
    var words: [(word: String, secret: Secret)] = []
    for link in matter.links {
      let host = link.firstRange(of: "://").map { link[$0.upperBound...] } ?? link[...]
      let word = host.hasSuffix("/") ? host.dropLast() : host
      if !word.isEmpty { words.append((String(word), .link(link))) }
    }
    var openPatterns: [Int] = []
    for (index, pattern) in matter.patterns.enumerated() {
      let literal = literalPart(of: pattern.value)
      if literal.utf8.count >= 2 {
        words.append((literal, .pattern(index)))
      } else {
        openPatterns.append(index)
      }
    }
    self.openPatterns = openPatterns
    for person in full.site.people { for email in person.emails { words.append((email, .address(email))) } }
    for name in Embargo(full, at: full.embargoesHeldAt).names { words.append((name, .embargo(name))) }
    secrets = words.map(\.secret)
    matcher = WordMatcher(words.map(\.word))
    internalRuns = await runs(of: full, without: open, at: paths, slices: slices)
    var size = 64
    while size * 4 < internalRuns.count { size *= 2 }
    var filter = [UInt64](repeating: 0, count: size)
    for run in internalRuns.keys { filter[Int(truncatingIfNeeded: run >> 6) & (size - 1)] |= 1 << (run & 63) }
    runFilter = filter
  }

  /// Whether there is nothing to look for, so that files need not be read.
  package var isTrivial: Bool { matcher.isEmpty && openPatterns.isEmpty && internalRuns.isEmpty }

  /// What a file gives away.
  package func leaks(in bytes: [UInt8], path: String) -> [Diagnostic] {
    var leaks: [Diagnostic] = isTrivial ? [] : self.leaks(in: ReaderText(of: bytes, path: path).bytes, of: path)
    if !isTrivial { leaks += self.leaks(in: ReaderText(of: path).bytes, of: path) }
    if path.lowercased().hasSuffix(".png"), hasCompressedText(bytes) {
      leaks.append(.warning(.unreadableMetadata, "the image `\(path)` carries compressed text"))
    }
    return leaks
  }

  private func leaks(in text: [UInt8], of path: String) -> [Diagnostic] {
    var found = Set<Int>()
    text.withUnsafeBufferPointer { bytes in
      matcher.forEachWord(in: bytes) { word, end in
        if case .embargo = secrets[word], !NameMatcher.isWhole(endingAt: end, in: bytes) { return true }
        found.insert(word)
        return true
      }
    }
    var leaks: [Diagnostic] = []
    var tried = Set(openPatterns)
    for word in found.sorted() {
      switch secrets[word] {
      case .link(let link):
        leaks.append(.error(.privateMatterLeaks, "the public file `\(path)` leads to `\(link)`, which is private"))
      case .address(let address):
        leaks.append(.error(.addressLeaks, "the public file `\(path)` shows the address `\(address)` of a person"))
      case .embargo(let name):
        leaks.append(.error(.embargoLeaks, "the public file `\(path)` names `\(name)`, which is under embargo"))
      case .pattern(let pattern): tried.insert(pattern)
      }
    }
    leaks += tried.sorted().compactMap { match(of: patterns[$0], in: text, of: path) }
    if let run = internalRun(in: text, of: path) { leaks.append(run) }
    return leaks
  }

  /// In the search index everything is in lower case, so case does not count.
  private func match(of pattern: Located<String>, in text: [UInt8], of path: String) -> Diagnostic? {
    // Gazette has refused patterns that are none by now.
    guard let regex = try? Regex(pattern.value).ignoresCase(),
      let match = String(decoding: text, as: UTF8.self).firstMatch(of: regex)
    else { return nil }
    return .error(
      .privateMatterLeaks, "the public file `\(path)` shows `\(match.0)`, which is private", at: nil,
      notes: [Diagnostic.Note("it matches `\(pattern.value)`", at: pattern.location)])
  }

  private func internalRun(in text: [UInt8], of path: String) -> Diagnostic? {
    guard !internalRuns.isEmpty else { return nil }
    var place: SourceLocation?
    text.withUnsafeBufferPointer { text in
      runFilter.withUnsafeBufferPointer { filter in
        Shingles.forEach(in: text) { run in
          guard filter[Int(truncatingIfNeeded: run >> 6) & (filter.count - 1)] & (1 << (run & 63)) != 0 else {
            return true
          }
          place = internalRuns[run]
          return place == nil
        }
      }
    }
    return place.map { .error(.internalTextLeaks, "an internal text stands in the public file `\(path)`", at: $0) }
  }
}

/// The runs of eight words that stand in internal texts and in no public one.
private func runs(
  of full: Ledger, without open: Ledger, at paths: [String], slices: Int
) async -> [UInt64: SourceLocation] {
  let openTexts = await open.heldTexts(slices: slices)
  // As long as both say the same in the same order, which with nothing private is to the end, no text is looked up.
  let texts = await full.heldTexts(slices: slices)
  var same = 0
  while same < texts.count, same < openTexts.count, texts[same].text == openTexts[same].text { same += 1 }
  let known = same == texts.count ? [] : Set(openTexts.map(\.text))
  var runs: [UInt64: SourceLocation] = [:]
  for held in texts[same...] where !known.contains(held.text) {
    Shingles.forEach(in: held.text) { run in
      if runs[run] == nil { runs[run] = held.location }
      return true
    }
  }
  guard !runs.isEmpty else { return [:] }
  // An internal text may link to public pages and files, and each of them names itself.
  let addresses = open.site.url.map { url in paths.map { url + Route($0).address } } ?? []
  for text in openTexts.map(\.text) + addresses {
    Shingles.forEach(in: text) { run in
      runs[run] = nil
      return true
    }
  }
  return runs
}

/// Whether a PNG has a chunk of compressed text.
/// - Source: PNG specification, 3rd edition §11.3.3.
private func hasCompressedText(_ bytes: [UInt8]) -> Bool {
  var index = 8
  while index + 8 <= bytes.count {
    let length = bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
    let kind = bytes[index + 4..<index + 8]
    if kind.elementsEqual("zTXt".utf8) { return true }
    if kind.elementsEqual("iTXt".utf8) {
      let data = bytes[min(index + 8, bytes.count)..<min(index + 8 + length, bytes.count)]
      if let end = data.firstIndex(of: 0), end + 1 < data.endIndex, data[end + 1] == 1 { return true }
    }
    index += 12 + length
  }
  return false
}
