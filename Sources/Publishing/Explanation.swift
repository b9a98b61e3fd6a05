import Diagnostics
import Governance

/// What a code or a rule means, as text in parts.
package struct Explanation: Sendable {
  package struct Section: Sendable {
    /// `nil` for the first.
    package var title: String?
    package var text: String
    /// Whether its lines stay as they are.
    package var isVerbatim = false
  }

  package var id: String
  package var title: String
  package var sections: [Section]

  /// Every code, then every rule.
  package static var all: [Explanation] { Code.all.map(Explanation.init) + rules }

  /// Every rule.
  package static var rules: [Explanation] { Rule.all.map(Explanation.init) }

  /// - Parameter id: A code in any case, or the id of a rule.
  package static func named(_ id: String) -> Explanation? {
    Code.named(id).map(Explanation.init) ?? Rule.named(id.lowercased()).map(Explanation.init)
  }

  /// All of it as Markdown, for programs that show findings.
  package var markdown: String {
    sections.map { section in
      let title = section.title.map { "**\($0)**\n\n" } ?? ""
      // Four backticks, for an example may hold a block of three.
      return title + (section.isVerbatim ? "````text\n\(section.text)\n````" : section.text)
    }.joined(separator: "\n\n")
  }

  private init(_ code: Code) {
    (id, title) = (code.id, code.title)
    sections = [Section(text: code.why)]
    if !code.example.isEmpty { sections.append(Section(title: "Example", text: code.example, isVerbatim: true)) }
    sections.append(Section(title: "What to do", text: code.fix))
  }

  private init(_ rule: Rule) {
    (id, title) = (rule.id, rule.title)
    sections = [
      Section(text: rule.why), Section(title: "Applies to", text: rule.appliesTo + " Due \(rule.due.phase.words)."),
    ]
    if !rule.parameters.isEmpty {
      let keys = rule.parameters.map(\.declaration).map { parameter in
        let fallback = parameter.fallback.map { "default `\($0.written)`" } ?? "nothing by default"
        return "`\(parameter.name)`: \(parameter.form.noun); \(fallback). \(parameter.about)"
      }
      sections.append(Section(title: "Keys in the policy", text: keys.joined(separator: "\n")))
    }
    sections += [
      Section(title: "Fails", text: Explanation.words(of: rule.bad), isVerbatim: true),
      Section(title: "Passes", text: Explanation.words(of: rule.good), isVerbatim: true),
      Section(title: "What to do", text: rule.fix),
    ]
  }

  private static func words(of example: RuleExample) -> String {
    var parts = example.files.map { "# content/\($0.path)\n" + $0.text }
    if example.setting != "{}" { parts.append("# the rule in the policy\n" + example.setting) }
    if !example.record.isEmpty { parts.append("# the record\n" + example.record) }
    if let circumstances = example.circumstances { parts.append("# " + circumstances) }
    return parts.joined(separator: "\n\n")
  }
}
