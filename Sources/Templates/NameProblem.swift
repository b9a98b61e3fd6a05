import Diagnostics

/// What can be wrong with a name when a page is drawn.
enum NameProblem {
  /// No context has its first part.
  case unknown
  /// The value of the parts before has no such part.
  case unknownPart(Int, of: Value)
  case rawText
  case escapedHTML
  case unprintable(Value)
}

extension Renderer {
  /// Reports a problem once a page, so that a table of a thousand rows has one finding and not a thousand.
  func report(_ problem: NameProblem, at index: Int, _ drawing: inout Drawing) {
    guard drawing.reported.count < TemplateFindings.limit, drawing.reported.insert(index).inserted else { return }
    let name = program.names[index]
    let source = sources[name.source]
    drawing.report.add(
      Diagnostic(
        .error, problem.code, message(problem, of: name), at: source.location(of: place(of: problem, in: name)),
        notes: [Diagnostic.Note("drawing the template `\(template)`")], help: help(problem, with: name, in: drawing)))
  }

  private func message(_ problem: NameProblem, of name: Program.Name) -> String {
    switch problem {
    case .unknown: return "`\(name.path[0])` is unknown here"
    case .unknownPart(let part, let value):
      let known = name.path[..<part].joined(separator: ".")
      if case .record = value { return "`\(known)` has no `\(name.path[part])`" }
      return "`\(known)` is \(value.kind) and has no `\(name.path[part])`"
    case .rawText: return "`\(name.text)` is text and must be escaped"
    case .escapedHTML: return "`\(name.text)` is HTML and would be escaped"
    case .unprintable(let value): return "`\(name.text)` is \(value.kind), which has no text"
    }
  }

  private func help(_ problem: NameProblem, with name: Program.Name, in drawing: Drawing) -> String? {
    switch problem {
    case .unknown:
      let known = drawing.contexts.reduce(into: Set<String>()) { known, context in
        if case .record(let fields) = context { known.formUnion(fields.names) }
      }
      return suggestion(for: name.path[0], among: known.sorted())
    case .unknownPart(let part, .record(let fields)):
      return suggestion(for: name.path[part], among: fields.names.sorted())
    case .unknownPart: return "end the name before the dot, or name a record"
    case .rawText: return "write `{{\(name.text)}}`; only HTML that Gazette made itself may be shown as it is"
    case .escapedHTML: return "write `{{{\(name.text)}}}`"
    case .unprintable: return "open a section with `{{#\(name.text)}}` and name in it what to show"
    }
  }

  /// The part at fault, or the whole name.
  private func place(of problem: NameProblem, in name: Program.Name) -> Range<Int> {
    let part: Int
    switch problem {
    case .unknown: part = 0
    case .unknownPart(let number, _): part = number
    case .rawText, .escapedHTML, .unprintable: return name.place
    }
    let start = name.place.lowerBound + name.path[..<part].reduce(0) { $0 + $1.utf8.count + 1 }
    return start..<start + name.path[part].utf8.count
  }
}

extension NameProblem {
  fileprivate var code: Code {
    switch self {
    case .unknown, .unknownPart: .unknownName
    case .rawText: .unescapedText
    case .escapedHTML: .escapedHTML
    case .unprintable: .unprintable
    }
  }
}
