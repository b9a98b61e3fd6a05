/// What shows at the top of a JSON text: the members of its object, and those one level below.
///
/// Of an array, the members of its first element if that is an object.
struct JSONOutline: Sendable {
  private var texts: [String: String] = [:]
  private(set) var keys: Set<String> = []
  /// Whether the text is an array.
  var isArray = false

  /// Beyond this nothing tells one format from another.
  static let mostKeys = 256

  mutating func add(_ key: String) {
    if keys.count < JSONOutline.mostKeys { keys.insert(key) }
  }

  mutating func add(_ key: String, text: String) {
    if texts.count < JSONOutline.mostKeys { texts[key] = text }
  }

  /// Whether there is a member: `runs`, or `document.csaf_version` for one a level below.
  func has(_ keys: String...) -> Bool { keys.allSatisfy(self.keys.contains) }

  /// The value of a member that is a text of at most 256 bytes without escapes.
  func text(_ key: String) -> String? { texts[key] }
}
