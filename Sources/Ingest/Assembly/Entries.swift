import Diagnostics
import Model

extension Change {
  init(_ entry: ChangeEntry, origin: Origin, texts: inout Texts) {
    let text = texts.inline(entry.text)
    self.init(
      id: entry.id?.value ?? slug(text.whole.plainText), kind: entry.kind.value, text: text, origin: origin,
      at: entry.location)
    isNamed = entry.id != nil
    component = entry.component
    references = entry.references
    action = texts.inline(entry.action)
    impact = texts.inline(entry.impact)
    backportOf = entry.backportOf?.value
    audience = entry.audience ?? (kind == .internal ? .internal : .public)
    embargoUntil = entry.embargoUntil
  }
}

extension Vulnerability {
  init(_ entry: VulnerabilityEntry, texts: inout Texts) {
    self.init(id: entry.id.value, at: entry.location)
    aliases = entry.aliases
    severity = entry.severity?.value
    score = entry.score
    summary = texts.inline(entry.summary)
    isFixed = entry.isFixed
    disclosed = entry.disclosed
    embargoUntil = entry.embargoUntil
    audience = entry.audience ?? .public
  }
}

extension KnownIssue {
  init(_ entry: KnownIssueEntry, texts: inout Texts) {
    self.init(id: entry.id, text: texts.inline(entry.text), at: entry.location)
    workaround = texts.inline(entry.workaround)
    fixedIn = entry.fixedIn
    audience = entry.audience ?? .public
    at = entry.at
  }
}
