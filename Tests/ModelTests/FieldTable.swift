import Diagnostics
import Model
import Testing

/// The fields in which a value differs from one that says nothing.
func told(_ value: Any, unlike silent: Any) -> Set<String> {
  Set(
    zip(Mirror(reflecting: value).children, Mirror(reflecting: silent).children).compactMap { mine, theirs in
      words(of: mine.value) == words(of: theirs.value) ? nil : mine.label
    })
}

/// A text does not show what it holds.
private func words(of value: Any) -> String {
  switch value {
  case let prose as Prose: prose.whole.plainText
  case let prose as Prose?: prose?.whole.plainText ?? "nil"
  default: String(reflecting: value)
  }
}

/// Holds that everything but `internalFields` survives.
///
/// - Parameters:
///   - full: A value in which every field says something, so that a field that somebody adds fails here until it is
///     said who may read it.
///   - open: What the public gets of it.
///   - silent: A value that says nothing.
///   - alike: Fields that say the same in all three, for a value that said otherwise would not be public at all.
func expectAllowList(
  _ full: Any, open: Any, silent: Any, internalFields: Set<String>, alike: Set<String> = [],
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let all = Set(Mirror(reflecting: full).children.compactMap(\.label))
  let said = told(full, unlike: silent)
  #expect(said == all.subtracting(alike), "a field says nothing in the test", sourceLocation: sourceLocation)
  #expect(told(open, unlike: silent) == said.subtracting(internalFields), sourceLocation: sourceLocation)
}

func place(_ file: String = "x.yml") -> Diagnostics.SourceLocation { Diagnostics.SourceLocation(file: file) }

func located<Value>(_ value: Value) -> Located<Value> { Located(value, at: place()) }

func prose(_ text: String) -> Prose {
  Prose(RichText(markdown: text, pieces: [.html("<p>\(text)</p>")], plainText: text))
}

func someDay(_ day: String = "2026-10-20") throws -> Located<When> { located(try #require(When(day))) }
