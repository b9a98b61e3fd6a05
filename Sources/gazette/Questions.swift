import Diagnostics

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Asks the person at a terminal for what the command line lacks; where there is none, says which flag was missed.
struct Questions {
  private let isHeard = isatty(0) == 1 && Console.standardError.isTerminal

  /// A text that must be there.
  /// - Parameters:
  ///   - noun: Completes "it lacks …", such as `the kind of the change`.
  ///   - flag: Such as `--kind`.
  ///   - given: What the command line says.
  ///   - proposal: What an empty answer stands for.
  func text(_ noun: String, flag: String, given: String?, proposal: String? = nil) throws -> String {
    if let given { return given }
    guard isHeard else { throw UsageError("\(noun) is missing", help: "give \(flag)") }
    while true {
      let answer = try ask(noun, hint: proposal)
      if !answer.isEmpty { return answer }
      if let proposal { return proposal }
    }
  }

  /// One of a few words.
  func choice<Value: CaseIterable & RawRepresentable>(
    _ noun: String, flag: String, given: Value?
  ) throws -> Value where Value.RawValue == String {
    if let given { return given }
    let words = Value.allCases.map(\.rawValue)
    return try word(noun, flag: flag, among: words) { Value(rawValue: $0) }
  }

  /// One of the names that there are; the only one without a question.
  func name(_ noun: String, flag: String, given: String?, among known: [String]) throws -> String {
    if let given { return given }
    if known.count == 1, let only = known.first { return only }
    return try word(noun, flag: flag, among: known) { known.contains($0) ? $0 : nil }
  }

  /// A value that is written in a certain way, such as a day.
  func value<Value>(
    _ noun: String, flag: String, given: Value?, such example: String, _ read: (String) -> Value?
  ) throws -> Value {
    if let given { return given }
    guard isHeard else { throw UsageError("\(noun) is missing", help: "give \(flag), such as \(example)") }
    while true {
      if let value = read(try ask(noun, hint: "such as \(example)")) { return value }
      Console.standardError.write("  write it as \(example)\n")
    }
  }

  private func word<Value>(
    _ noun: String, flag: String, among known: [String], _ read: (String) -> Value?
  ) throws -> Value {
    let all = known.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    guard isHeard else {
      throw UsageError("\(noun) is missing", help: known.isEmpty ? "give \(flag)" : "give \(flag), one of \(all)")
    }
    Console.standardError.write("  one of \(all)\n")
    while true {
      let answer = try ask(noun, hint: nil)
      if let value = read(answer) { return value }
      Console.standardError.write("  `\(answer)` is none of them. \(suggestion(for: answer, among: known) ?? "")\n")
    }
  }

  private func ask(_ noun: String, hint: String?) throws -> String {
    Console.standardError.write(noun + (hint.map { " [\($0)]" } ?? "") + ": ")
    guard let line = readLine() else { throw UsageError("nothing was written, for a question had no answer") }
    var answer = line[...]
    while answer.first == " " { answer.removeFirst() }
    while answer.last == " " { answer.removeLast() }
    return String(answer)
  }
}
