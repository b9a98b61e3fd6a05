/// Who may see something. The most private of product, release and entry wins.
package enum Audience: String, CaseIterable, Hashable, Comparable, Sendable {
  case `public`, `internal`

  /// Public comes before internal.
  package static func < (a: Audience, b: Audience) -> Bool { a == .public && b == .internal }
}
