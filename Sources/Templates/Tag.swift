/// A tag of the Mustache language.
struct Tag {
  enum Kind {
    /// `{{name}}`
    case escaped
    /// `{{{name}}}` and `{{&name}}`
    case raw
    /// `{{#name}}`
    case section
    /// `{{^name}}`
    case inverted
    /// `{{/name}}`
    case end
    /// `{{>name}}`
    case partial
    /// `{{<name}}`
    case parent
    /// `{{$name}}`
    case block
    /// `{{! … }}`
    case comment
    /// `{{=<% %>=}}`
    case delimiters
  }

  let kind: Kind
  /// What it names, without white space around; empty for comments and delimiters.
  let name: String
  /// Where the name stands in the template.
  let namePlace: Range<Int>
  /// Where the whole tag stands, delimiters included.
  let place: Range<Int>

  /// Whether it leaves nothing of the line that it has to itself.
  var mayStandAlone: Bool { kind != .escaped && kind != .raw }

  /// How it is written with the usual delimiters.
  var text: String {
    switch kind {
    case .escaped: "{{\(name)}}"
    case .raw: "{{{\(name)}}}"
    case .section: "{{#\(name)}}"
    case .inverted: "{{^\(name)}}"
    case .end: "{{/\(name)}}"
    case .partial: "{{>\(name)}}"
    case .parent: "{{<\(name)}}"
    case .block: "{{$\(name)}}"
    case .comment: "{{!}}"
    case .delimiters: "{{=}}"
    }
  }
}

/// What a template is made of, in its order.
enum Token {
  case text(Range<Int>)
  case tag(Tag)

  /// The end of the text, or `nil` for a tag.
  var text: Range<Int>? {
    if case .text(let place) = self { place } else { nil }
  }

  /// The tag, or `nil` for text.
  var tag: Tag? {
    if case .tag(let tag) = self { tag } else { nil }
  }
}

/// The path of a name such as `release.title`; empty for `.`, the value on top.
///
/// - Returns: `nil` when the text is no name.
func namePath(_ text: String) -> [String]? {
  if isWord(text.utf8) { return [text] }
  if text == "." { return [] }
  let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard parts.allSatisfy(isWord) else { return nil }
  return parts.map { String(Substring($0)) }
}

/// Whether the text can name a template: words between `/`, perhaps with dots inside.
func isTemplateName(_ text: String) -> Bool {
  text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { folder in
    folder.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isWord)
  }
}

/// Whether the text is made of letters, digits, `_` and `-`, and is not empty.
func isWord(_ text: some Collection<UInt8>) -> Bool {
  !text.isEmpty
    && text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
        true
      default: false
      }
    }
}
