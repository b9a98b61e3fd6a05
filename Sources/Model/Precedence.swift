/// What decides the order of two versions.
struct Precedence: Hashable, Comparable, Sendable {
  /// A part of a pre-release: numbers come before words.
  enum Identifier: Hashable, Comparable, Sendable {
    case number(UInt64)
    case word(String)

    static func < (a: Identifier, b: Identifier) -> Bool {
      switch (a, b) {
      case (.number(let x), .number(let y)): x < y
      case (.word(let x), .word(let y)): precedesInBytes(x, y)
      case (.number, .word): true
      case (.word, .number): false
      }
    }
  }

  /// The stage of a version that is neither before nor after a release.
  static let final = 0

  var epoch: UInt64 = 0
  /// As written, zeros at the end included; compared as if both were filled up with zeros.
  var numbers: [UInt64]
  /// Negative before the release, 0 for it, positive after it.
  var stage = Precedence.final
  var identifiers: [Identifier] = []

  static func == (a: Precedence, b: Precedence) -> Bool {
    a.epoch == b.epoch && a.significant == b.significant && a.stage == b.stage && a.identifiers == b.identifiers
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    hasher.combine(significant)
    hasher.combine(stage)
    hasher.combine(identifiers)
  }

  static func < (a: Precedence, b: Precedence) -> Bool {
    if a.epoch != b.epoch { return a.epoch < b.epoch }
    if a.significant != b.significant { return a.significant.lexicographicallyPrecedes(b.significant) }
    if a.stage != b.stage { return a.stage < b.stage }
    return a.identifiers.lexicographicallyPrecedes(b.identifiers)
  }

  private var significant: ArraySlice<UInt64> {
    numbers[..<((numbers.lastIndex { $0 != 0 } ?? -1) + 1)]
  }
}
