import Diagnostics

/// Where each value of a file of JSON stands, in the order of the bytes: what the one pass over them has found, so that
/// decoding looks for nothing twice.
final class JSONTape: Sendable {
  enum Kind: UInt8, Sendable {
    case object, list, text, escapedText, number, yes, no, null
  }

  /// A value, or the key of a member, which stands right before the value.
  struct Node: Sendable {
    let kind: Kind
    /// The first byte; of a text, the one after its quotation mark.
    let start: UInt32
    /// The byte after the last one; of a text, its closing mark.
    var end: UInt32
    /// The node behind this one and all within it.
    var next: UInt32
    /// The list or object that this is in; of an outermost value, its own place.
    let parent: UInt32
    /// Its place among the elements of its list; of no meaning elsewhere.
    let position: UInt32
  }

  let bytes: [UInt8]
  private let nodes: [Node]

  init(_ bytes: [UInt8], _ nodes: [Node]) {
    (self.bytes, self.nodes) = (bytes, nodes)
  }

  subscript(_ place: Int) -> Node { nodes[place] }

  /// Where the elements of a list, or keys and values of an object by turns, begin and end.
  func within(_ place: Int) -> Range<Int> { place + 1..<Int(nodes[place].next) }

  func next(after place: Int) -> Int { Int(nodes[place].next) }

  // MARK: Values

  func text(at place: Int) -> String {
    let node = nodes[place]
    return bytes.withUnsafeBufferPointer { bytes in
      let bytes = bytes[Int(node.start)..<Int(node.end)]
      return node.kind == .escapedText ? JSONScan.unescaped(bytes) : String(decoding: bytes, as: UTF8.self)
    }
  }

  /// A whole number within the bounds of `Int`, however it is written; `nil` for any other.
  func integer(at place: Int) -> Int? {
    let node = nodes[place]
    var number = 0
    var index = Int(node.start)
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    while index < Int(node.end) {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return double(at: place).flatMap(Int.init(exactly:)) }
      let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isOver) =
        isNegative ? tens.subtractingReportingOverflow(Int(digit)) : tens.addingReportingOverflow(Int(digit))
      guard !isTooLarge, !isOver else { return nil }
      number = sum
      index += 1
    }
    return number
  }

  func double(at place: Int) -> Double? {
    let node = nodes[place]
    return Double(String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self))
  }

  /// Whether an object has more members than so many.
  func hasMembers(of object: Int, beyond most: Int) -> Bool {
    var key = object + 1
    let end = Int(nodes[object].next)
    guard end - key > 2 * most else { return false }
    for _ in 0..<most where key < end { key = Int(nodes[key + 1].next) }
    return key < end
  }

  /// The value behind a key of an object; `nil` where it has no such member.
  func member(_ name: String, of object: Int) -> Int? {
    var name = name
    return name.withUTF8 { wanted in
      var key = object + 1
      let end = Int(nodes[object].next)
      while key < end {
        let node = nodes[key]
        if node.kind == .escapedText ? text(at: key).utf8.elementsEqual(wanted) : holds(wanted, node) { return key + 1 }
        key = Int(nodes[key + 1].next)
      }
      return nil
    }
  }

  private func holds(_ wanted: UnsafeBufferPointer<UInt8>, _ node: Node) -> Bool {
    let start = Int(node.start)
    guard Int(node.end) - start == wanted.count else { return false }
    for index in 0..<wanted.count where bytes[start + index] != wanted[index] { return false }
    return true
  }

  /// The keys and positions that lead to a value.
  func path(to place: Int) -> [any CodingKey] {
    var steps: [any CodingKey] = []
    var place = place
    while true {
      let node = nodes[place]
      let parent = Int(node.parent)
      guard parent != place else { return steps.reversed() }
      steps.append(nodes[parent].kind == .object ? JSONStep(text(at: place - 1)) : JSONStep(Int(node.position)))
      place = parent
    }
  }
}
