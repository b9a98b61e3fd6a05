/// Finds many words in a text in one pass, whatever their number; ASCII letters match in either case.
///
/// - Source: A. Aho, M. Corasick, "Efficient string matching" (1975), with the automaton's table filled completely.
package struct WordMatcher: Sendable {
  /// Bytes that stand in no word share the class 0.
  private var classes = [UInt8](repeating: 0, count: 256)
  private var width = 1
  private var table: [Int32] = []
  /// For each state the words that end there.
  private var endings: [[Int]] = []

  package let isEmpty: Bool

  package init(_ words: [String]) {
    isEmpty = words.isEmpty
    let words = words.map { $0.utf8.map(asciiLowercase) }
    for byte in words.joined() where classes[Int(byte)] == 0 {
      classes[Int(byte)] = UInt8(width)
      width += 1
    }
    for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") { classes[Int(letter)] = classes[Int(letter | 0x20)] }
    table = Array(repeating: -1, count: width)
    endings = [[]]
    for (number, word) in words.enumerated() where !word.isEmpty {
      var state = 0
      for byte in word {
        let slot = state * width + Int(classes[Int(byte)])
        if table[slot] < 0 {
          table[slot] = Int32(endings.count)
          endings.append([])
          table.append(contentsOf: repeatElement(-1, count: width))
        }
        state = Int(table[slot])
      }
      endings[state].append(number)
    }
    fill()
  }

  /// Breadth first: where no word goes on, the state of the longest ending that is a beginning.
  private mutating func fill() {
    var fallback = [Int](repeating: 0, count: endings.count)
    var queue: [Int] = []
    for letter in 0..<width {
      if table[letter] > 0 { queue.append(Int(table[letter])) } else { table[letter] = 0 }
    }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      endings[state] += endings[fallback[state]]
      for letter in 0..<width {
        let slot = state * width + letter
        let other = table[fallback[state] * width + letter]
        if table[slot] >= 0 {
          fallback[Int(table[slot])] = Int(other)
          queue.append(Int(table[slot]))
        } else {
          table[slot] = other
        }
      }
    }
  }

  /// Tells of each word that occurs, by its number, with the place behind it, until there is no wish to hear more.
  package func forEachWord(in bytes: UnsafeBufferPointer<UInt8>, _ goesOn: (_ word: Int, _ end: Int) -> Bool) {
    guard !isEmpty else { return }
    classes.withUnsafeBufferPointer { classes in
      table.withUnsafeBufferPointer { table in
        var state = 0
        for index in bytes.indices {
          state = Int(table[state * width + Int(classes[Int(bytes[index])])])
          guard state != 0, !endings[state].isEmpty else { continue }
          for word in endings[state] { guard goesOn(word, index + 1) else { return } }
        }
      }
    }
  }
}
