import Diagnostics
import Ingest
import Model

/// Files of endoflife.date, as ends of life of components that others make, or as products of one's own.
package enum EndOfLifeDate {
  /// - Parameter asProducts: Whether to make products with lines and the newest release of each, instead of files in
  ///   eol/.
  package static func content(of inputs: ImportInputs, asProducts: Bool) -> ImportedContent {
    var content = ImportedContent()
    content.report.merge(inputs.report)
    for file in inputs.files {
      guard let page = page(of: file, into: &content.report) else { continue }
      guard let id = productID(for: file.stem) else {
        content.refuse("no id can be made of the name `\(file.stem)`", at: file.start, help: "rename the file")
        continue
      }
      if asProducts {
        EndOfLifeProduct(id: id, page: page, file: file).add(to: &content)
      } else {
        content.add("eol/\(id).json", EndOfLifeDate.json(of: page.cycles), from: file.start)
      }
    }
    return content
  }

  private static func page(of file: ImportInputs.File, into report: inout Report) -> EndOfLifePage? {
    guard let text = TextFile(path: file.path, bytes: file.bytes, into: &report) else { return nil }
    var check = ShapeCheck()
    defer { report.merge(check.report) }
    if file.ending == "json" {
      // Strictly, before it is read as the YAML that JSON is too.
      guard JSONFile(path: file.path, bytes: Array(text.text.utf8), into: &report) != nil else { return nil }
      return check.value(of: text, as: EndOfLifePage.list).map { (cycles: [Located<EndOfLifeCycle>]) in
        EndOfLifePage(title: file.stem, cycles: cycles.map(\.value))
      }
    }
    guard let matter = FrontMatter(text), let header = matter.header else {
      check.add(
        .error(
          .importUnreadable, "the page has no front matter", at: file.start,
          help: "name pages of endoflife.date's products/, which begin with `---`"))
      return nil
    }
    return check.value(of: header, as: EndOfLifePage.form)
  }

  /// What `/api/{product}.json` would give.
  private static func json(of cycles: [EndOfLifeCycle]) -> String {
    "[\n" + cycles.map { "  " + object($0) }.joined(separator: ",\n") + "\n]\n"
  }

  private static func object(_ cycle: EndOfLifeCycle) -> String {
    let members: [(String, String?)] = [
      ("cycle", text(cycle.name.value)), ("codename", cycle.codename.map(text)),
      ("releaseDate", cycle.released.map { text($0.value.iso) }), ("support", cycle.support.map(end)),
      ("eol", cycle.end.map(end)), ("extendedSupport", cycle.extended.map(end)),
      ("latest", cycle.latest.map { text($0.value) }),
      ("latestReleaseDate", cycle.latestReleased.map { text($0.value.iso) }), ("lts", cycle.longTerm.map(end)),
    ]
    return "{" + members.compactMap { key, value in value.map { text(key) + ": " + $0 } }.joined(separator: ", ") + "}"
  }

  private static func end(_ end: Located<EndOfLifeCycle.End>) -> String {
    switch end.value {
    case .day(let date): text(date.iso)
    case .flag(let flag): String(flag)
    }
  }

  private static func text(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One page as a product with lines, and a record of each line's newest release.
private struct EndOfLifeProduct {
  let id: String
  let page: EndOfLifePage
  let file: ImportInputs.File

  func add(to content: inout ImportedContent) {
    var product = ProductText(name: page.title)
    product.versioning = VersionScheme.fitting(page.cycles.compactMap(\.latest?.value))
    product.lines = lines(into: &content)
    content.add("products/\(id).yml", product.text, from: file.start)
    for cycle in page.cycles { addLatest(of: cycle, scheme: product.versioning, to: &content) }
  }

  private func addLatest(of cycle: EndOfLifeCycle, scheme: VersionScheme, to content: inout ImportedContent) {
    guard let latest = cycle.latest else { return }
    guard Version(latest.value, scheme: scheme) != nil else {
      content.leaveOut(
        "the release `\(latest.value)` is left out: it is no \(scheme.rawValue) version", at: latest.location)
      return
    }
    guard !content.has("releases/\(id)/\(latest.value).yml") else {
      content.leaveOut("`\(latest.value)` is the newest of two lines, and is written once", at: latest.location)
      return
    }
    var record = RecordDraft(product: id, version: latest.value)
    let isFirst = latest.value == cycle.name.value
    record.released = (cycle.latestReleased ?? (isFirst ? cycle.released : nil))?.value.iso
    if let codename = cycle.codename { record.title = codename }
    content.add(record, from: latest.location)
  }

  // MARK: Lines

  private func lines(into content: inout ImportedContent) -> [ProductText.Line] {
    var lines: [ProductText.Line] = []
    for cycle in page.cycles {
      if lines.contains(where: { $0.id == cycle.name.value }) {
        content.leaveOut("`\(cycle.name.value)` is there twice; the first is taken", at: cycle.name.location)
      } else {
        lines.append(line(of: cycle, into: &content))
      }
    }
    return lines
  }

  private func line(of cycle: EndOfLifeCycle, into content: inout ImportedContent) -> ProductText.Line {
    let name = cycle.name.value
    var line = ProductText.Line(id: name, match: pattern(of: cycle))
    line.released = cycle.released?.value
    line.isLongTerm = cycle.longTerm.map { $0.value != .flag(false) } ?? false
    var last = line.released
    let ends = [
      ("the end of active support", cycle.support), ("the end of life", cycle.end),
      ("the end of extended support", cycle.extended),
    ]
    let days = ends.map { words, end -> CivilDate? in
      guard let end, let day = end.value.date else {
        if end?.value == .flag(true) {
          content.leaveOut("\(words) of `\(name)` is left out: it has no day", at: end?.location)
        }
        return nil
      }
      guard last.map({ day >= $0 }) ?? true else {
        content.leaveOut(
          "\(words) of `\(name)` is left out: it is before \(last?.iso ?? "")", at: end.location, severity: .warning)
        return nil
      }
      last = day
      return day
    }
    (line.activeUntil, line.securityUntil, line.extendedUntil) = (days[0], days[1], days[2])
    return line
  }

  /// What the versions of a line look like, from its name and its newest one. No release is on two lines, so that a
  /// pattern which others would be on too gives way to the newest release alone.
  private func pattern(of cycle: EndOfLifeCycle) -> String {
    let name = cycle.name.value
    let others = page.cycles.filter { $0.name.value != name }
    let latest = cycle.latest?.value ?? name
    var patterns = [latest, name]
    if latest == name {
      patterns.insert(name + "*", at: 0)
    } else if latest.hasPrefix(name), let next = latest.dropFirst(name.count).first, !next.isNumber {
      patterns.insert(name + String(next) + "*", at: 0)
    }
    return patterns.first { pattern in
      !others.contains { other in
        matches(glob: pattern, other.latest?.value ?? other.name.value) || matches(glob: pattern, other.name.value)
      }
    } ?? name
  }
}
