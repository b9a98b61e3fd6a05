/// A calendar file as a strict reader takes it: nothing that RFC 5545 forbids is let through.
struct ParsedCalendar {
  struct Failure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  struct Property {
    var name: String
    var parameters: [String: String]
    /// As it stands.
    var value: String

    /// The value as text; several parted by commas.
    var texts: [String] {
      var texts = [""]
      var escape = false
      for character in value {
        if escape {
          texts[texts.count - 1].append(character == "n" || character == "N" ? "\n" : character)
          escape = false
        } else if character == "\\" {
          escape = true
        } else if character == "," {
          texts.append("")
        } else {
          texts[texts.count - 1].append(character)
        }
      }
      return texts
    }
  }

  struct Component {
    var name: String
    var properties: [Property] = []
    var components: [Component] = []

    subscript(name: String) -> String? { properties.first { $0.name == name }?.value }

    func text(_ name: String) -> String? { properties.first { $0.name == name }?.texts.joined(separator: ",") }
  }

  let calendar: Component
  /// The lines as they are in the file, without their ends.
  let physicalLines: [[UInt8]]

  var events: [Component] { calendar.components.filter { $0.name == "VEVENT" } }
  var zones: [Component] { calendar.components.filter { $0.name == "VTIMEZONE" } }

  func event(_ uid: String) -> Component? { events.first { $0["UID"] == uid } }

  init(_ bytes: [UInt8]) throws {
    physicalLines = try ParsedCalendar.lines(of: bytes)
    var unfolded: [[UInt8]] = []
    for line in physicalLines {
      if line.first == 32 || line.first == 9 {
        guard !unfolded.isEmpty else { throw Failure("a continuation without a line") }
        unfolded[unfolded.count - 1] += line.dropFirst()
      } else {
        unfolded.append(line)
      }
    }
    var open: [Component] = []
    var whole: Component?
    for line in unfolded {
      guard whole == nil else { throw Failure("text after the calendar") }
      let property = try ParsedCalendar.property(line)
      switch property.name {
      case "BEGIN": open.append(Component(name: property.value))
      case "END":
        guard let last = open.popLast(), last.name == property.value else { throw Failure("END:\(property.value)") }
        if open.isEmpty { whole = last } else { open[open.count - 1].components.append(last) }
      default:
        guard !open.isEmpty else { throw Failure("a property outside of a component") }
        open[open.count - 1].properties.append(property)
      }
    }
    guard let whole, open.isEmpty, whole.name == "VCALENDAR" else { throw Failure("no whole calendar") }
    calendar = whole
    for component in whole.components { try ParsedCalendar.check(component) }
  }

  private static func lines(of bytes: [UInt8]) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 13 {
        guard index + 1 < bytes.count, bytes[index + 1] == 10 else { throw Failure("a lone CR") }
        lines.append(line)
        line = []
        index += 2
        continue
      }
      guard bytes[index] >= 32 || bytes[index] == 9 else { throw Failure("control character \(bytes[index])") }
      line.append(bytes[index])
      index += 1
    }
    guard line.isEmpty else { throw Failure("the last line does not end") }
    for line in lines {
      guard line.count <= 75 else { throw Failure("a line of \(line.count) octets") }
      guard String(validating: line, as: UTF8.self) != nil else { throw Failure("a fold breaks a character") }
      guard !line.isEmpty else { throw Failure("an empty line") }
    }
    return lines
  }

  private static func property(_ line: [UInt8]) throws -> Property {
    let text = String(decoding: line, as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { throw Failure("no value: \(text)") }
    let head = text[..<colon].split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    guard head[0].utf8.allSatisfy({ $0 >= 65 && $0 <= 90 || $0 == 45 || $0 >= 48 && $0 <= 57 }), !head[0].isEmpty else {
      throw Failure("the name \(head[0])")
    }
    var parameters: [String: String] = [:]
    for part in head.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { throw Failure("the parameter \(part)") }
      parameters[pair[0]] = pair[1]
    }
    return Property(name: head[0], parameters: parameters, value: String(text[text.index(after: colon)...]))
  }

  private static func check(_ component: Component) throws {
    guard component.name == "VEVENT" else { return }
    for name in ["UID", "DTSTAMP", "DTSTART"] where component.properties.count(where: { $0.name == name }) != 1 {
      throw Failure("\(name) is not there once")
    }
    for name in ["DTEND", "DURATION", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "URL", "RRULE"]
    where component.properties.count(where: { $0.name == name }) > 1 {
      throw Failure("\(name) is there twice")
    }
    if component["DTEND"] != nil, component["DURATION"] != nil { throw Failure("DTEND and DURATION") }
    for name in ["DTSTAMP", "LAST-MODIFIED"] {
      if let value = component[name], !isMoment(value) { throw Failure("\(name) \(value)") }
    }
    for property in component.properties where property.name == "SUMMARY" || property.name == "DESCRIPTION" {
      var rest = property.value[...]
      while let character = rest.popFirst() {
        if character == ";" || character == "," { throw Failure("an unescaped \(character)") }
        if character == "\\" {
          guard let next = rest.popFirst(), "\\;,nN".contains(next) else { throw Failure("a stray backslash") }
        }
      }
    }
  }

  private static func isMoment(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 16 && bytes[8] == UInt8(ascii: "T") && bytes[15] == UInt8(ascii: "Z")
  }
}
