/// The named values of a record, in the order in which they were given; each name once.
///
/// An array, for records are small, made by the hundred for each page, and read a few times: hashing their names costs
/// more than comparing them.
package struct Fields: Sendable {
  package typealias Element = (name: String, value: Value)

  private var elements: [(String, Value)] = []

  /// - Parameter elements: A name given twice is a mistake of the programmer.
  package init(_ elements: [(String, Value)] = []) {
    assert(Set(elements.map(\.0)).count == elements.count, "a name is given twice")
    self.elements = elements
  }

  /// The value of a name; setting `nil` takes the name out.
  package subscript(name: String) -> Value? {
    get {
      for index in elements.indices where elements[index].0 == name { return elements[index].1 }
      return nil
    }
    set {
      let position = elements.firstIndex { $0.0 == name }
      switch (position, newValue) {
      case (let position?, let value?): elements[position].1 = value
      case (nil, let value?): elements.append((name, value))
      case (let position?, nil): elements.remove(at: position)
      case (nil, nil): break
      }
    }
  }

  package var names: [String] { elements.map(\.0) }

  /// These with those of another record, whose values win.
  package func merging(_ others: Fields) -> Fields {
    var merged = self
    for (name, value) in others { merged[name] = value }
    return merged
  }
}

extension Fields: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral fields: (String, Value)...) { self.init(fields) }
}

extension Fields: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { elements.count }
  package subscript(position: Int) -> Element { elements[position] }
}

extension Fields: Hashable {
  /// The order is no part of what a record says.
  package static func == (left: Fields, right: Fields) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.name] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
  }
}
