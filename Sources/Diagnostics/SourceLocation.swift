/// A place in an input file.
///
/// Lines and columns are 1-based; columns and the length count Unicode scalars, as YAML marks do.
package struct SourceLocation: Hashable, Comparable, Decodable, Sendable {
  /// The path relative to the checkout, with `/` between folders.
  package var file: String
  package var line: Int
  package var column: Int
  /// How many scalars of the line are meant; 1 where only the beginning is known.
  package var length: Int

  package init(file: String, line: Int = 1, column: Int = 1, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }

  package static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line, a.column, a.length) < (b.file, b.line, b.column, b.length)
  }
}

/// A value together with the place it was read from, so that a judgement can point at it.
package struct Located<Value: Sendable>: Sendable {
  package var value: Value
  package var location: SourceLocation

  package init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }

  /// The same place with another value.
  package func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
    Located<Other>(transform(value), at: location)
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
