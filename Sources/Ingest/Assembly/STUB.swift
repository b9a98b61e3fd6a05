import Diagnostics
import Model
struct ScannedEntry: Sendable { var id: String; var kind: Change.Kind?; var text: Located<String>; var component: String?; var references: [String]; var headingAnchor: String? }
struct ChangelogSection: Sendable { var version: String; var body: MarkdownSource; var entries: [ScannedEntry]; var isAllChanges: Bool }
enum ChangeScan { static func entries(in: MarkdownSource) -> [ScannedEntry] { [] } }
enum Changelog { static func sections(of: MarkdownSource, scheme: VersionScheme, into: inout Report) -> [ChangelogSection] { [] } }
struct ConventionalCommit { var kind: Change.Kind?; var scope: String?; var text: String; init(_ s: String) { text = s} }
