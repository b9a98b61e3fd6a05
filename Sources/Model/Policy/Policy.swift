package import Diagnostics

/// What a site is held to, as it was written; what its rules mean is the business of governance.
package struct Policy: Sendable {
  /// Those that give way first: packs before what extends them, then the site's own files by path.
  package var files: [PolicyFile] = []
  /// By id.
  package var waivers: [Waiver] = []
  /// Every framework that Gazette knows, by id.
  package var frameworks: [Framework] = []
  /// SHA-256 over the paths and digests of ``files``, hexadecimal; `nil` without a policy.
  package var digest: String?

  package init() {}

  /// Whether the site has rules at all.
  package var isEmpty: Bool { files.isEmpty }
}

/// One file of `policy/`, or a built-in pack.
package struct PolicyFile: Sendable {
  /// Relative to the checkout; of a pack, below `built-in/`.
  package var path: String
  /// The name of the pack; `nil` for the site's own files.
  package var pack: String?
  package var extends: [Located<String>] = []
  package var waiverTerms: WaiverTerms?
  package var rules: [RuleEntry] = []
  package var controls: [ControlEntry] = []

  package init(path: String) {
    self.path = path
  }
}

/// What a waiver must be to count.
package struct WaiverTerms: Hashable, Sendable {
  /// The roles of which an approver must hold one; any approver when empty.
  package var roles: [Located<String>] = []
  package var mostDays: Located<Int>?

  package init() {}
}

/// A rule as a policy sets it.
package struct RuleEntry: Sendable {
  package var id: Located<String>
  /// The first whose ``RuleVariant/applies`` matches a release is used.
  package var variants: [RuleVariant]

  package init(id: Located<String>, variants: [RuleVariant]) {
    (self.id, self.variants) = (id, variants)
  }
}

package struct RuleVariant: Sendable {
  package var applies = Applicability()
  package var severity: Located<RuleSeverity>?
  package var since: Located<CivilDate>?
  package var provenBy: Located<ProofLevel>?
  package var isWaivable: Bool?
  /// The rule's own keys, not looked at yet.
  package var parameters: [ParameterEntry] = []
  package var location: SourceLocation

  package init(at location: SourceLocation) {
    self.location = location
  }
}

package struct ParameterEntry: Sendable {
  package var name: Located<String>
  package var value: Located<PolicyValue>

  package init(name: Located<String>, value: Located<PolicyValue>) {
    (self.name, self.value) = (name, value)
  }
}

/// A value whose type only the rule knows.
package indirect enum PolicyValue: Sendable {
  case null
  case scalar(String)
  case list([Located<PolicyValue>])
  case mapping([ParameterEntry])
}

package enum RuleSeverity: String, CaseIterable, Hashable, Sendable { case error, warning, info, off }

/// How far something that a record states must be proven. Each level includes those before it.
package enum ProofLevel: String, CaseIterable, Comparable, Hashable, Sendable {
  /// Stated in the record.
  case record
  /// Stated in a commit that the person authored, or in a merge commit's trailer; Git authenticates neither.
  case git
  /// Proven: the commit has a good signature by a key of the person.
  case signedGit = "signed-git"

  package static func < (a: ProofLevel, b: ProofLevel) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .record: 0
    case .git: 1
    case .signedGit: 2
    }
  }
}

/// Which releases a variant is for. A release matches when each key that is there has one of the release's values.
package struct Applicability: Hashable, Sendable {
  package var risk: [Release.Risk] = []
  package var products: [String] = []
  package var productKinds: [Product.Kind] = []
  /// Of the product or of the release.
  package var labels: [String] = []
  package var kinds: [Release.Kind] = []
  package var procedures: [Release.Procedure] = []
  package var lines: [String] = []
  package var components: [String] = []
  package var audiences: [Audience] = []

  package init() {}
}
