/// A value to be written as YAML.
package indirect enum YAMLValue: Hashable, Sendable {
  /// What somebody wrote, whatever it holds.
  case text(String)
  /// A day, a number or a word of ours, which needs no quotes.
  case word(String)
  case list([YAMLValue])
  case mapping([YAMLField])
}

/// A key that the format knows, and its value.
package struct YAMLField: Hashable, Sendable {
  package var key: String
  package var value: YAMLValue

  package init(_ key: String, _ value: YAMLValue) {
    (self.key, self.value) = (key, value)
  }

  /// No field without a text.
  init?(text key: String, _ text: String?) {
    guard let text else { return nil }
    self.init(key, .text(text))
  }

  /// No field without a word.
  init?(word key: String, _ word: String?) {
    guard let word else { return nil }
    self.init(key, .word(word))
  }

  /// No field for an empty list.
  init?(texts key: String, _ texts: [String]) {
    guard !texts.isEmpty else { return nil }
    self.init(key, .list(texts.map(YAMLValue.text)))
  }
}
