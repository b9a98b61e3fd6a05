import Diagnostics

/// Runs a program over the data of one page.
struct Renderer {
  /// What the template is called, for diagnostics.
  let template: String
  let sources: [TemplateSource]
  private(set) var page: [UInt8]
  private(set) var report: Report
  /// The values that names are looked up in, the innermost last.
  private var contexts: [Value]
  private let program: Program
  /// The names with a finding, so that a table of a thousand rows has one and not a thousand.
  private var reported: Set<Int> = []

  init(_ program: Program, of template: String, sources: [TemplateSource], data: Value, page: [UInt8], report: Report) {
    self.program = program
    self.template = template
    self.sources = sources
    self.page = page
    self.report = report
    contexts = [data]
  }

  mutating func render() {
    run(0..<program.operations.count)
  }

  private mutating func run(_ stretch: Range<Int>) {
    var index = stretch.lowerBound
    while index < stretch.upperBound {
      switch program.operations[index] {
      case .text(let constants):
        page.append(contentsOf: program.constants[constants])
        index += 1
      case .value(let name, let isRaw):
        append(value(of: name), isRaw: isRaw, named: name)
        index += 1
      case .section(let name, let end):
        repeatSection(index + 1..<end, for: value(of: name))
        index = end
      case .inverted(let name, let end):
        if value(of: name).isFalsy { run(index + 1..<end) }
        index = end
      }
    }
  }

  private mutating func repeatSection(_ body: Range<Int>, for value: Value) {
    if case .list(let elements) = value {
      for element in elements {
        contexts.append(element)
        run(body)
        contexts.removeLast()
      }
    } else if !value.isFalsy {
      contexts.append(value)
      run(body)
      contexts.removeLast()
    }
  }

  // MARK: Values

  private mutating func append(_ value: Value, isRaw: Bool, named name: Int) {
    switch value {
    case .null: break
    case .flag(let flag): page.append(flag ? "true" : "false")
    case .number(let number): page.append(String(number))
    case .text(let text):
      page.appendEscaped(text)
      if isRaw { reportUnescapedText(name) }
    case .html(let html):
      if isRaw {
        page.append(html.markup)
      } else {
        page.appendEscaped(html.markup)
        reportEscapedHTML(name)
      }
    case .list, .record: reportUnprintable(value, name)
    }
  }

  /// The value of a name: its first part from the innermost context that has it, the others each from the one before.
  ///
  /// A part of nothing is nothing. Everything else that is not there is a finding, and null so that rendering goes on.
  private mutating func value(of name: Int) -> Value {
    guard let first = program.names[name].first else { return contexts[contexts.count - 1] }
    var index = contexts.count
    while index > 0 {
      index -= 1
      if case .record(let fields) = contexts[index], let value = fields[first] {
        return program.names[name].rest.isEmpty ? value : part(of: value, named: name)
      }
    }
    reportUnknown(name)
    return .null
  }

  private mutating func part(of value: Value, named name: Int) -> Value {
    var value = value
    for (depth, part) in program.names[name].rest.enumerated() {
      switch value {
      case .null: return .null
      case .record(let fields):
        guard let next = fields[part] else {
          reportUnknownPart(depth, of: value, name)
          return .null
        }
        value = next
      case .flag, .number, .text, .html, .list:
        reportUnknownPart(depth, of: value, name)
        return .null
      }
    }
    return value
  }
}

// MARK: - Findings

extension Renderer {
  private mutating func reportUnknown(_ name: Int) {
    guard let first = program.names[name].first else { return }
    let known = contexts.reduce(into: Set<String>()) { known, context in
      if case .record(let fields) = context { known.formUnion(fields.keys) }
    }
    error(
      .unknownName, "`\(first)` is unknown here", at: name, length: first.utf8.count, label: "no record around has it",
      help: suggestion(for: first, among: known.sorted()))
  }

  private mutating func reportUnknownPart(_ depth: Int, of value: Value, _ name: Int) {
    let path = ([program.names[name].first].compactMap(\.self) + program.names[name].rest)
    let whole = path[...depth].joined(separator: ".")
    let part = path[depth + 1]
    let offset = whole.utf8.count + 1
    guard case .record(let fields) = value else {
      error(
        .unknownName, "`\(whole)` is \(value.kind) and has no `\(part)`", at: name, offset: offset,
        length: part.utf8.count, help: "end the name before the dot, or name a record")
      return
    }
    error(
      .unknownName, "`\(whole)` has no `\(part)`", at: name, offset: offset, length: part.utf8.count,
      help: suggestion(for: part, among: fields.keys.sorted()))
  }

  private mutating func reportUnescapedText(_ name: Int) {
    error(
      .unescapedText, "`\(text(of: name))` is text and must be escaped", at: name,
      help: "write `{{\(text(of: name))}}`; only HTML that Gazette made itself may be shown as it is")
  }

  private mutating func reportEscapedHTML(_ name: Int) {
    error(
      .escapedHTML, "`\(text(of: name))` is HTML and would be escaped", at: name,
      help: "write `{{{\(text(of: name))}}}`")
  }

  private mutating func reportUnprintable(_ value: Value, _ name: Int) {
    error(
      .unprintable, "`\(text(of: name))` is \(value.kind), which has no text", at: name,
      help: "open a section with `{{#\(text(of: name))}}` and name in it what to show")
  }

  private mutating func error(
    _ code: Code, _ message: String, at name: Int, offset: Int = 0, length: Int? = nil, label: String? = nil,
    help: String?
  ) {
    guard reported.insert(name).inserted else { return }
    let source = sources[program.names[name].source]
    let place = program.names[name].place
    let start = place.lowerBound + offset
    let end = length.map { start + $0 } ?? place.upperBound
    let note = Diagnostic.Note("drawing the template `\(template)`")
    report.error(
      code, message, at: source.location(of: start..<end), label: label, notes: [note], help: help)
  }

  private func text(of name: Int) -> String {
    guard let first = program.names[name].first else { return "." }
    return ([first] + program.names[name].rest).joined(separator: ".")
  }
}
