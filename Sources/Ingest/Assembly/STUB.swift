package import Diagnostics
package import Model
package struct AssetUse: Sendable { package var path: String; package var address: String; package var isPublic: Bool }
package struct RenderedProse: Sendable { package var prose: Prose; package var assets: [AssetUse] }
package struct LinkMap: Sendable { init(destinations: [String: Destination], files: Set<String>) {} }
package struct MarkdownReader: Sendable {
  package enum Form: Sendable { case block(headingBase: Int, anchorPrefix: String), inline }
  package init(references: [Site.Reference], links: LinkMap, embargoed: [String], into report: inout Report) {}
  package func prose(_ source: MarkdownSource, as form: Form, into report: inout Report) -> RenderedProse { fatalError() }
}
package struct ScannedEntry: Sendable { var id: String; var kind: Change.Kind?; var text: Located<String>; var component: String?; var references: [String]; var headingAnchor: String? }
package struct ChangelogSection: Sendable { var version: String; var body: MarkdownSource; var entries: [ScannedEntry]; var isAllChanges: Bool }
enum ChangeScan { static func entries(in: MarkdownSource) -> [ScannedEntry] { [] } }
enum Changelog { static func sections(of: MarkdownSource, scheme: VersionScheme, into: inout Report) -> [ChangelogSection] { [] } }
struct ConventionalCommit { var kind: Change.Kind?; var scope: String?; var text: String; init(_ s: String) { text = s} }
enum Slug { static func of(_ s: String) -> String { s } }
struct FutureFacts { init(asOf: Moment, zone: Zone) {}; func problems(in r: Records) -> [Diagnostic] { [] } }
