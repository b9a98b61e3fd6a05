package import Diagnostics

/// A catalogue of requirements that somebody outside has written, and the rules that give evidence for them.
package struct Framework: Hashable, Sendable {
  /// Such as `soc2-2017`.
  package var id: String
  package var title: String
  /// Who publishes it, and which edition this is.
  package var edition: String?
  /// Where it is published.
  package var source: String?
  /// In the order of the framework.
  package var controls: [Control] = []

  package init(id: String, title: String) {
    (self.id, self.title) = (id, title)
  }
}

/// A requirement of a framework.
package struct Control: Hashable, Sendable {
  /// How much a rule says about a control.
  package enum Extent: String, CaseIterable, Hashable, Sendable {
    /// One input of several.
    case supports
    /// By itself.
    case shows
  }

  /// A rule that answers it.
  package struct Answer: Hashable, Sendable {
    package var rule: Located<String>
    package var extent: Extent

    package init(rule: Located<String>, extent: Extent) {
      (self.rule, self.extent) = (rule, extent)
    }
  }

  /// As the framework writes it, such as `CC8.1`.
  package var id: Located<String>
  /// What it is about, in our words.
  package var title: String
  package var answers: [Answer] = []
  /// Why no release can answer it; `nil` where rules do.
  package var outside: String?

  package init(id: Located<String>, title: String) {
    (self.id, self.title) = (id, title)
  }
}

/// What a policy adds to a control of a framework.
package struct ControlEntry: Sendable {
  package var framework: Located<String>
  package var control: Located<String>
  package var rules: [Located<String>]

  package init(framework: Located<String>, control: Located<String>, rules: [Located<String>]) {
    (self.framework, self.control, self.rules) = (framework, control, rules)
  }
}
