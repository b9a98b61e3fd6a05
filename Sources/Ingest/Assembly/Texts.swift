import Diagnostics
import Model

/// Sets the texts of a slice of work and gathers what came up on the way.
struct Texts {
  let reader: MarkdownReader
  var report = Report()
  var assets: [AssetUse] = []

  init(reader: MarkdownReader) {
    self.reader = reader
  }

  /// A text of several paragraphs, its highest heading at `level` of the page.
  mutating func block(_ source: MarkdownSource, level: Int = 3, anchorPrefix: String = "") -> Prose {
    set(source, as: .block(headingBase: level, anchorPrefix: anchorPrefix))
  }

  mutating func block(_ text: Located<String>?) -> Prose? {
    text.map { block(MarkdownSource($0.value, at: $0.location)) }
  }

  /// A text within a line.
  mutating func inline(_ text: Located<String>?) -> Prose? {
    text.map { set(MarkdownSource($0.value, at: $0.location), as: .inline) }
  }

  mutating func inline(_ text: Located<String>) -> Prose {
    set(MarkdownSource(text.value, at: text.location), as: .inline)
  }

  mutating func inline(_ source: MarkdownSource) -> Prose { set(source, as: .inline) }

  /// Words that mean nothing but themselves, such as the subject of a commit.
  mutating func plain(_ text: String, at location: SourceLocation) -> Prose {
    set(MarkdownSource(escapedMarkdown(text), at: location), as: .inline)
  }

  private mutating func set(_ source: MarkdownSource, as form: MarkdownReader.Form) -> Prose {
    let rendered = reader.prose(source, as: form, into: &report)
    assets += rendered.assets
    return rendered.prose
  }
}

/// The text with a backslash before all punctuation that Markdown could read; code spans in backticks stay.
private func escapedMarkdown(_ text: String) -> String {
  let hasPairedBackticks = text.utf8.count { $0 == UInt8(ascii: "`") }.isMultiple(of: 2)
  var bytes: [UInt8] = []
  var isCode = false
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "`") where hasPairedBackticks: isCode.toggle()
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "~"), UInt8(ascii: "!"):
      if !isCode { bytes.append(UInt8(ascii: "\\")) }
    case UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="),
      UInt8(ascii: "|"):
      if bytes.isEmpty { bytes.append(UInt8(ascii: "\\")) }
    case UInt8(ascii: "."), UInt8(ascii: ")"):
      if bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), !bytes.isEmpty { bytes.append(UInt8(ascii: "\\")) }
    default: break
    }
    bytes.append(byte)
  }
  return String(decoding: bytes, as: UTF8.self)
}
