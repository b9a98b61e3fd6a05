/// A part that every match of a pattern must hold, for a quick look: its longest run of plain characters outside groups
/// and classes. Empty when there is none, or the pattern has alternatives or switches.
package func literalPart(of pattern: String) -> String {
  guard !pattern.contains("|"), !pattern.contains("(?") else { return "" }
  var longest = ""
  var run = ""
  func end() {
    if run.utf8.count > longest.utf8.count { longest = run }
    run = ""
  }
  var rest = Array(pattern)[...]
  var depth = 0
  while let character = rest.popFirst() {
    switch character {
    case "\\":
      // An escaped sign is itself; an escaped letter is a class or a boundary, of which only `\b` takes no room.
      guard let escaped = rest.popFirst() else { break }
      if escaped == "b" { continue }
      if escaped.isLetter || escaped.isNumber || depth > 0 { end() } else { run.append(escaped) }
    case "[":
      end()
      while let inside = rest.popFirst(), inside != "]" { if inside == "\\" { rest = rest.dropFirst() } }
    case "(":
      end()
      depth += 1
    case ")":
      end()
      depth -= 1
    case "?", "*", "{":
      // What may be absent is no part of every match.
      if !run.isEmpty { run.removeLast() }
      end()
      if character == "{" { rest = rest.drop { $0 != "}" }.dropFirst() }
    case "+", ".", "^", "$": end()
    default: if depth == 0, character.isASCII { run.append(character) } else { end() }
    }
  }
  end()
  return longest
}
