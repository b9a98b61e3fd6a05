package import Diagnostics
package import Model

/// A file of many releases' notes, newest first as a rule.
package enum Changelog {
  /// The sections of a changelog, in the order of the file, whatever their style.
  ///
  /// A section begins with a heading that holds a version of the scheme, or that says what is not released yet, and
  /// ends with the next one or with a heading above it. Linear in the size of the file; nothing is parsed further.
  package static func read(
    _ source: MarkdownSource, scheme: VersionScheme, into report: inout Report
  ) -> [ChangelogSection] {
    let scan = LineScan(source.text)
    let headings = SectionHeading.all(in: scan, scheme: scheme, of: source, into: &report)
    let definitions = FileDefinitions(scan)
    var sections: [ChangelogSection] = []
    var seen: [String: SourceLocation] = [:]
    for heading in headings.sections {
      let end = headings.end(of: heading, in: scan)
      let body = definitions.body(of: heading.bodyStart..<end, in: scan, source: source)
      let section = ChangelogSection(
        version: heading.version, date: heading.date, isYanked: heading.isYanked, title: heading.title, body: body)
      if let version = heading.version {
        if let first = seen[version.value] {
          report.warning(
            .repeatedSection, "`\(version.value)` has a section already", at: version.location,
            notes: [.init("the first one is taken", at: first)], help: "join the two sections")
        } else {
          seen[version.value] = version.location
        }
      }
      sections.append(section)
    }
    return sections
  }
}

/// What a changelog says of one release.
package struct ChangelogSection: Hashable, Sendable {
  /// The version as a text of the scheme, at its place; `nil` for what is not released yet.
  package var version: Located<String>?
  package var date: CivilDate?
  /// Whether the heading says that the release was pulled.
  package var isYanked: Bool
  /// The words of the heading.
  package var title: Located<String>
  /// What stands below the heading, with the file's link definitions that it uses behind it.
  package var body: MarkdownSource

  package init(
    version: Located<String>?, date: CivilDate?, isYanked: Bool, title: Located<String>, body: MarkdownSource
  ) {
    (self.version, self.date, self.isYanked, self.title, self.body) = (version, date, isYanked, title, body)
  }

  /// The changes of the body, read when they are asked for.
  package var changes: ChangeScan { ChangeScan(body) }
}

/// The heading of a section, found among the lines of a file.
private struct SectionHeading {
  var line: Int
  var level: Int
  var version: Located<String>?
  var date: CivilDate?
  var isYanked: Bool
  var title: Located<String>
  /// The line behind the heading.
  var bodyStart: Int

  struct Found {
    var sections: [SectionHeading]
    /// Headings of the first two levels that begin no section, by line.
    var others: [(line: Int, level: Int)]

    func end(of heading: SectionHeading, in scan: LineScan) -> Int {
      let next = sections.partitioningIndex { $0.line > heading.line }
      let limit = next < sections.count ? sections[next].line : scan.lines.count
      let other = others[others.partitioningIndex { $0.line > heading.line }...]
        .prefix { $0.line < limit }.first { $0.level < heading.level }
      return other?.line ?? limit
    }
  }

  static func all(
    in scan: LineScan, scheme: VersionScheme, of source: MarkdownSource, into report: inout Report
  ) -> Found {
    var candidates: [(line: Int, level: Int, words: String, heading: VersionHeading?)] = []
    for (index, line) in scan.lines.enumerated() {
      guard case .heading(let level) = line.kind else { continue }
      let words = HeadingWords(scan.text(of: line)).text
      candidates.append((index, level, words, VersionHeading(words, scheme: scheme)))
    }
    // The level at which the file's versions stand; plain headings of versions are taken at other levels too.
    let level =
      candidates.first { $0.heading?.version != nil && $0.heading?.isPlain == true }?.level
      ?? candidates.first { $0.heading != nil }?.level ?? 1
    var found = Found(sections: [], others: [])
    for (line, ownLevel, words, heading) in candidates {
      let place = SourceLocation(
        file: source.location.file, line: source.location.line + line, column: scan.lines[line].indent + 1,
        length: scan.text(of: scan.lines[line]).count { $0 & 0xC0 != 0x80 })
      if let heading,
        ownLevel == level || ownLevel < level && heading.isPlain
          || heading.isPlain && heading.version != nil && !heading.isNamed
      {
        let isSetext = line + 1 < scan.lines.count && scan.lines[line + 1].kind == .underline
        found.sections.append(
          SectionHeading(
            line: line, level: ownLevel,
            version: heading.version.map {
              Located(String($0), at: SectionHeading.place(of: $0, in: scan.text(of: scan.lines[line]), place))
            },
            date: heading.date, isYanked: heading.isYanked, title: Located(words, at: place),
            bodyStart: line + (isSetext ? 2 : 1)))
        continue
      }
      if ownLevel <= 2, ChangeHeading(words) == nil { found.others.append((line, ownLevel)) }
      if ownLevel == level, let token = unreadableVersion(words) {
        report.warning(
          .unreadableVersionHeading, "`\(oneLine(token))` is no \(scheme.rawValue) version", at: place,
          help: "write the version as `versioning: \(scheme.rawValue)` wants it, or change `versioning`")
      }
    }
    return found
  }

  /// The version within its heading.
  private static func place(
    of version: Substring, in line: ArraySlice<UInt8>, _ heading: SourceLocation
  ) -> SourceLocation {
    let wanted = Array(version.utf8)
    var place = heading
    guard line.count >= wanted.count else { return place }
    for start in line.startIndex...(line.endIndex - wanted.count)
    where line[start..<(start + wanted.count)].elementsEqual(wanted) {
      place.column = line[..<start].count { $0 & 0xC0 != 0x80 } + 1
      place.length = wanted.count
      break
    }
    return place
  }

  /// The first word of a heading, if it looks like a version that is not of the scheme.
  private static func unreadableVersion(_ words: String) -> Substring? {
    guard let token = words.split(whereSeparator: { " [](),".contains($0) }).first else { return nil }
    let number = token.first == "v" || token.first == "V" ? token.dropFirst() : token
    guard number.first?.isNumber == true, number.contains("."), CivilDate(number) == nil else { return nil }
    return number.allSatisfy { $0.isNumber || $0.isLetter || ".-+".contains($0) } && !number.hasSuffix(".")
      ? number : nil
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that is false for all before and true for all behind it.
  fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The link definitions of a file, to be given to the sections that use them.
private struct FileDefinitions {
  /// Where each label is defined first.
  private var lines: [String: Int] = [:]
  private var labels: [Int: String] = [:]

  init(_ scan: LineScan) {
    for (index, line) in scan.lines.enumerated() where line.kind == .text && line.indent < 4 {
      guard let definition = LinkDefinition(scan.text(of: line)) else { continue }
      labels[index] = definition.label
      if lines[definition.label] == nil { lines[definition.label] = index }
    }
  }

  func body(of range: Range<Int>, in scan: LineScan, source: MarkdownSource) -> MarkdownSource {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, scan.lines[start].kind == .blank { start += 1 }
    while end > start, isTail(end - 1, scan) { end -= 1 }
    let place = SourceLocation(file: source.location.file, line: source.location.line + start)
    guard start < end else { return MarkdownSource("", at: place) }
    var bytes = Array(scan.bytes[scan.lines[start].range.lowerBound..<scan.lines[end - 1].range.upperBound])
    bytes.append(0x0A)
    let needed = definitions(for: start..<end, in: scan)
    if !needed.isEmpty {
      for line in needed {
        bytes.append(0x0A)
        bytes.append(contentsOf: scan.text(of: scan.lines[line]))
      }
      bytes.append(0x0A)
    }
    return MarkdownSource(String(decoding: bytes, as: UTF8.self), at: place)
  }

  /// Blank lines, definitions, comments, and old anchors that belong to the heading behind them.
  private func isTail(_ index: Int, _ scan: LineScan) -> Bool {
    let line = scan.lines[index]
    if line.kind == .blank || labels[index] != nil { return true }
    let text = scan.text(of: line)
    if text.starts(with: "<!--".utf8) { return text.reversed().starts(with: ">--".utf8) }
    return (text.starts(with: "<a id=".utf8) || text.starts(with: "<a name=".utf8))
      && text.reversed().starts(with: ">a/<>".utf8)
  }

  /// The lines outside the range that define what it names.
  private func definitions(for range: Range<Int>, in scan: LineScan) -> [Int] {
    guard !lines.isEmpty else { return [] }
    var needed: Set<Int> = []
    for line in scan.lines[range] where line.kind != .blank {
      for label in LinkDefinition.labels(in: scan.text(of: line)) {
        if let index = lines[label], !range.contains(index) { needed.insert(index) }
      }
    }
    return needed.sorted()
  }
}
