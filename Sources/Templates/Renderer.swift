import Diagnostics

/// Runs a program over the data of one page.
struct Renderer {
  let program: Program
  /// What the template is called, for diagnostics.
  let template: String
  let sources: [TemplateSource]

  func render(_ drawing: inout Drawing) {
    run(0..<program.operations.count, &drawing)
  }

  private func run(_ stretch: Range<Int>, _ drawing: inout Drawing) {
    var index = stretch.lowerBound
    while index < stretch.upperBound {
      switch program.operations[index] {
      case .text(let constants):
        program.constants.withUnsafeBufferPointer { drawing.page.append(contentsOf: $0.extracting(constants)) }
        index += 1
      case .value(let name, let isRaw):
        append(value(of: name, &drawing), isRaw: isRaw, named: name, &drawing)
        index += 1
      case .section(let name, let end):
        run(index + 1..<end, for: value(of: name, &drawing), &drawing)
        index = end
      case .inverted(let name, let end):
        if value(of: name, &drawing).isFalsy { run(index + 1..<end, &drawing) }
        index = end
      }
    }
  }

  private func run(_ body: Range<Int>, for value: Value, _ drawing: inout Drawing) {
    if case .list(let elements) = value {
      for element in elements {
        drawing.contexts.append(element)
        run(body, &drawing)
        drawing.contexts.removeLast()
      }
    } else if !value.isFalsy {
      drawing.contexts.append(value)
      run(body, &drawing)
      drawing.contexts.removeLast()
    }
  }

  private func append(_ value: Value, isRaw: Bool, named name: Int, _ drawing: inout Drawing) {
    switch value {
    case .null: break
    case .flag(let flag): drawing.page.append(flag ? "true" : "false")
    case .number(let number): drawing.page.append(String(number))
    case .text(let text):
      drawing.page.appendEscaped(text)
      if isRaw { report(.rawText, at: name, &drawing) }
    case .html(let html):
      if isRaw {
        drawing.page.append(html.markup)
      } else {
        drawing.page.appendEscaped(html.markup)
        report(.escapedHTML, at: name, &drawing)
      }
    case .list, .record: report(.unprintable(value), at: name, &drawing)
    }
  }

  /// The value of a name: its first part from the innermost context that has it, the others each from the one before.
  ///
  /// A part of nothing is nothing. Everything else that is not there is a finding, and null so that rendering goes on.
  private func value(of name: Int, _ drawing: inout Drawing) -> Value {
    guard let first = program.names[name].first else { return drawing.contexts[drawing.contexts.count - 1] }
    var index = drawing.contexts.count
    while index > 0 {
      index -= 1
      if case .record(let fields) = drawing.contexts[index], let value = fields[first] {
        return program.names[name].rest.isEmpty ? value : part(of: value, named: name, &drawing)
      }
    }
    report(.unknown, at: name, &drawing)
    return .null
  }

  private func part(of value: Value, named name: Int, _ drawing: inout Drawing) -> Value {
    var value = value
    for (depth, part) in program.names[name].rest.enumerated() {
      if case .null = value { return .null }
      guard case .record(let fields) = value, let next = fields[part] else {
        report(.unknownPart(depth + 1, of: value), at: name, &drawing)
        return .null
      }
      value = next
    }
    return value
  }
}
