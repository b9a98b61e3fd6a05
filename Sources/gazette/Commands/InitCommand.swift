import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Start a site in this checkout: content/gazette.yml and a product for its tags.",
    usage: "gazette init [OPTION]…",
    discussion: """
      Writes new files only. Where a folder called content belongs to something
      else, the files go to gazette/, where the other commands find them too.

      Examples:
        gazette init
        gazette init --content docs/releases
      """)

  @Option(help: ArgumentHelp("The content folder, from the top of the checkout.", valueName: "DIR"))
  var content: String?

  @OptionGroup var report: ReportOptions

  func run() async throws {
    let folder = WorkingFolder().path
    guard let repository = try await GitRepository.open(at: folder) else {
      throw UsageError(
        "this folder is not in a Git checkout", help: "run `git init` and commit, or run gazette in a clone")
    }
    guard repository.hasWorkTree else {
      throw UsageError("this Git repository has no work tree", help: "run gazette in a clone of it")
    }
    let content = content.map { ContentFolder.relative($0, around: folder) }
    if let content, CheckoutPath(content)?.text.isEmpty ?? true {
      throw UsageError(
        "`\(content)` is no folder below the top of the checkout", help: "name one such as `--content docs/releases`")
    }
    let view = RepositoryView(
      root: repository.folder, tags: try await repository.tags(), remote: try await repository.remoteURL())
    let site = try NewSite(
      in: view, content: content.flatMap { CheckoutPath($0)?.text }, candidates: ContentFolder.candidates)
    if !site.written.isEmpty { report.say(words(for: site)) }
    var findings = site.report
    if repository.isShallow { findings.add(.shallowClone) }
    try report.tell(findings, root: repository.folder)
  }

  private func words(for site: NewSite) -> String {
    var text = "Wrote\n" + site.written.map { "  \($0)\n" }.joined()
    for product in site.draft.products {
      for series in product.series {
        let count = series.tags.count
        text += "  \(product.id): \(count) release\(count == 1 ? "" : "s") from tags like \(series.pattern)"
        text += " (\(series.versioning.rawValue))" + (product.changelog.map { ", notes from \($0)" } ?? "") + "\n"
      }
    }
    let option = ContentFolder.candidates.contains(site.content) ? "" : " --content \(site.content)"
    return text + "Next: `gazette build\(option)`, and list _site/ in .gitignore\n"
  }
}
