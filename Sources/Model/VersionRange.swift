/// Some of the versions of a product, such as `>=3.1, <4`, `2.*` or `2.4.0`; all conditions must hold.
package struct VersionRange: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// Whether the version is one of them; never when a condition is no version of its scheme.
  package func contains(_ version: Version) -> Bool {
    let parts = VersionRange.conditions(of: text)
    return !parts.isEmpty && parts.allSatisfy { VersionRange.holds($0.operation, $0.bound, for: version) }
  }

  /// Operators and what stands behind them, which a space may part.
  private static func conditions(of text: String) -> [(operation: Substring, bound: Substring)] {
    var conditions: [(operation: Substring, bound: Substring)] = []
    var operation: Substring = ""
    for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      let bound = part.drop { "<>=~^!".contains($0) }
      let written = part[..<bound.startIndex]
      if !written.isEmpty { operation = written }
      guard !bound.isEmpty else { continue }
      conditions.append((operation, bound))
      operation = ""
    }
    return conditions
  }

  private static func holds(_ operation: Substring, _ bound: Substring, for version: Version) -> Bool {
    if bound.contains("*") {
      let isMatch = matches(glob: String(bound), version.text)
      return operation == "!=" ? !isMatch : (operation.isEmpty || operation == "=" || operation == "==") && isMatch
    }
    guard
      let other = Version(bound, scheme: version.scheme) ?? Version(bound + ".0", scheme: version.scheme)
        ?? Version(bound + ".0.0", scheme: version.scheme)
    else { return false }
    switch operation {
    case "", "=", "==": return version.hasSamePrecedence(as: other)
    case "!=": return !version.hasSamePrecedence(as: other)
    case ">": return other.precedes(version)
    case ">=": return !version.precedes(other)
    case "<": return version.precedes(other)
    case "<=": return !other.precedes(version)
    // The same up to the last number but one that was written, or up to the first that is not zero.
    case "~", "~=", "~>": return !version.precedes(other) && shares(max(1, count(bound) - 1), version, other)
    case "^":
      let zeros = other.numbers.prefix { $0 == 0 }.count
      return !version.precedes(other) && shares(min(zeros + 1, other.numbers.count), version, other)
    default: return false
    }
  }

  private static func count(_ bound: Substring) -> Int { bound.split(separator: ".").count }

  private static func shares(_ count: Int, _ a: Version, _ b: Version) -> Bool {
    a.numbers.prefix(count).elementsEqual(b.numbers.prefix(count))
  }
}
