/// A template as it was understood, before other templates are put into it.
///
/// All places are byte ranges of its source.
struct Template {
  var nodes: [Node] = []
  /// The partial and parent tags, anywhere in it.
  var inclusions: [Inclusion] = []
  /// The names of its blocks, anywhere in it, those that it gives to a parent included.
  var blocks: Set<String> = []
}

/// A piece of a template.
indirect enum Node {
  case text(Range<Int>)
  /// Where a line of the template begins that leaves something: the place of its leading white space. Partials are
  /// indented here.
  case lineStart(leading: Range<Int>, isBlank: Bool)
  case value(Name, isRaw: Bool)
  case section(Name, isInverted: Bool, body: [Node], place: Range<Int>)
  case inclusion(Inclusion)
  case block(Block)
}

/// A name whose value is looked up.
struct Name {
  /// The parts between the dots; empty for `.`.
  let path: [String]
  let place: Range<Int>
}

/// `{{>partial}}`, or `{{<parent}}…{{/parent}}`, which is a partial with blocks put into it.
struct Inclusion {
  let template: String
  let place: Range<Int>
  /// The white space that every line of the included template gets in front; `nil` where the tag shares its line.
  let indentation: Range<Int>?
  let overrides: [Block]
}

/// `{{$name}}…{{/name}}`: a part that can be replaced, and, inside a parent tag, its replacement.
struct Block {
  let name: String
  let body: [Node]
  let place: Range<Int>
  /// The indentation of its body, which a replacement is given instead of its own; `nil` where the block shares its line.
  let indentation: Range<Int>?
  /// Whether the body begins on a line of its own.
  let startsLine: Bool
}
