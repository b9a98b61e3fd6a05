/// A template with everything put into it that it includes: flat, ready to be rendered.
struct Program: Sendable {
  enum Operation {
    /// Append these of the constants.
    case text(Range<Int>)
    /// Append the value of the name with this index.
    case value(Int, isRaw: Bool)
    /// Do what follows up to `end` for each element of the value of the name with this index.
    case section(Int, end: Int)
    /// Do what follows up to `end` if the value of the name with this index is falsy.
    case inverted(Int, end: Int)
  }

  /// A name that is looked up at one place.
  struct Name {
    /// The part that is looked up in all contexts; `nil` for `.`.
    let first: String?
    /// The parts that are looked up in what the part before gave.
    let rest: [String]
    /// The template that names it, as an index of the library's sources, and where it stands there.
    let source: Int
    let place: Range<Int>

    /// All parts; none for `.`.
    var path: [String] { [first].compactMap(\.self) + rest }

    /// How it is written.
    var text: String { first == nil ? "." : path.joined(separator: ".") }
  }

  private(set) var operations: [Operation] = []
  private(set) var constants: [UInt8] = []
  private(set) var names: [Name] = []
  /// Where the constants begin that no operation appends yet.
  private var pending = 0

  /// Appends constants.
  mutating func add(_ bytes: some Sequence<UInt8>) {
    constants.append(contentsOf: bytes)
  }

  mutating func addValue(_ name: Name, isRaw: Bool) {
    flush()
    operations.append(.value(add(name), isRaw: isRaw))
  }

  /// Opens a section, whose body is what is added until ``endSection(_:isInverted:)``.
  /// - Returns: What that takes.
  mutating func beginSection(_ name: Name) -> (operation: Int, name: Int) {
    flush()
    let index = add(name)
    operations.append(.section(index, end: 0))
    return (operations.count - 1, index)
  }

  mutating func endSection(_ section: (operation: Int, name: Int), isInverted: Bool) {
    flush()
    let end = operations.count
    operations[section.operation] = isInverted ? .inverted(section.name, end: end) : .section(section.name, end: end)
  }

  /// Makes an operation of the last constants.
  mutating func flush() {
    if pending < constants.count { operations.append(.text(pending..<constants.count)) }
    pending = constants.count
  }

  private mutating func add(_ name: Name) -> Int {
    names.append(name)
    return names.count - 1
  }
}
