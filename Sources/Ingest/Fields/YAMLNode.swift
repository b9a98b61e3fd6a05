package import Diagnostics

/// A node of a YAML file with the place it stands at; no types yet, for the declared field decides what a text means.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    /// Text as it was written, without quotes. Plain means that it had none and is not a block either.
    case scalar(String, isPlain: Bool)
    case list([YAMLNode])
    case mapping([Entry])
  }

  /// A key and its value.
  package struct Entry: Sendable {
    package var key: String
    package var keyLocation: SourceLocation
    package var value: YAMLNode

    package init(key: String, keyLocation: SourceLocation, value: YAMLNode) {
      (self.key, self.keyLocation, self.value) = (key, keyLocation, value)
    }
  }

  package var content: Content
  /// A scalar's own token; the first key of a block mapping; the opening bracket of what has one.
  package var location: SourceLocation

  package init(_ content: Content, at location: SourceLocation) {
    (self.content, self.location) = (content, location)
  }

  /// Whether it says that there is no value: `~`, `null` or nothing at all, without quotes.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }

  /// The text of a scalar that is not null.
  package var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// Whether it says what another says, wherever that stands.
  func says(_ other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let mine, _), .scalar(let theirs, _)): mine == theirs && isNull == other.isNull
    case (.list(let mine), .list(let theirs)):
      mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.says($1) }
    case (.mapping(let mine), .mapping(let theirs)):
      mine.count == theirs.count
        && mine.allSatisfy { entry in theirs.contains { $0.key == entry.key && $0.value.says(entry.value) } }
    default: false
    }
  }

  /// What it is, in the words of a message.
  package var noun: String {
    switch content {
    case .scalar: isNull ? "empty" : "a single value"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
