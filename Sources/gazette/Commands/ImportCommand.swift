import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make records of what others wrote down.",
    usage: "gazette import FORMAT [FILE]… [OPTION]…",
    discussion: """
      Writes all or nothing, and never over a file. What is left out is said, with
      its line.

        keep-a-changelog    the sections of a changelog, as records of a product
        openstack-releases  deliverables and series_status.yaml: products with lines
        endoflife           pages or API files: the ends of life of components
        git-tags            the tags of this checkout, dated by their tags
        github-releases     of `gh api --paginate --slurp repos/OWNER/NAME/releases`

      Examples:
        gazette import keep-a-changelog CHANGELOG.md --product gateway --dry-run
        gazette import git-tags --only-new
        gazette import github-releases releases.json --product gateway
      """)

  @Argument(help: ArgumentHelp("What the files are.", valueName: "format"))
  var format: ImportFormat

  @Argument(help: ArgumentHelp("Files, or folders of such files.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("The id of the product.", valueName: "ID"))
  var product: String?

  @Option(help: ArgumentHelp("What people call a new product.", valueName: "NAME"))
  var name: String?

  @Option(help: ArgumentHelp("How versions are written (default: as most are).", valueName: "SCHEME"))
  var versioning: VersionScheme?

  @Option(help: ArgumentHelp("How tags hold the version, such as 'v{version}'.", valueName: "PATTERN"))
  var tags: String?

  @ArgumentParser.Flag(help: "Make products of endoflife.date's pages.")
  var products = false

  @ArgumentParser.Flag(help: "Keep what is there already, and add the rest.")
  var onlyNew = false

  @ArgumentParser.Flag(help: "Say what would be written, and write nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "The content folder, from the top of the checkout (default: content, or gazette).", valueName: "DIR"))
  var content: String?

  @OptionGroup var report: ReportOptions

  func validate() throws {
    if format == .gitTags, !files.isEmpty { throw ValidationError("git-tags reads this checkout and no files") }
    if format != .gitTags, files.isEmpty { throw ValidationError("name the files to import") }
    if let (option, formats, _) = narrow.first(where: { $0.isGiven && !$0.formats.contains(format) }) {
      let list = formats.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(option) says nothing to \(format.rawValue): it is for \(list)")
    }
    if let product, !isIdentifier(product) {
      throw ValidationError("`\(product)` is no id of a product: use a-z, 0-9 and `-`")
    }
    if let tags, TagPattern(tags) == nil { throw ValidationError("--tags holds `{version}` once, as in 'v{version}'") }
  }

  /// The options that only some formats take.
  private var narrow: [(option: String, formats: [ImportFormat], isGiven: Bool)] {
    [
      ("--product", [.keepAChangelog, .gitTags, .gitHubReleases], product != nil),
      ("--name", [.keepAChangelog, .gitHubReleases], name != nil),
      ("--versioning", [.keepAChangelog], versioning != nil), ("--tags", [.gitHubReleases], tags != nil),
      ("--products", [.endOfLife], products),
    ]
  }

  func run() async throws {
    let folder = WorkingFolder().path
    guard let repository = try await GitRepository.open(at: folder), repository.hasWorkTree else {
      throw UsageError("this folder is not in a Git checkout", help: "run `git init`, or run gazette in a clone")
    }
    let content = content.map { ContentFolder.relative($0, around: folder) }
    if let content, CheckoutPath(content)?.text.isEmpty ?? true {
      throw UsageError("`\(content)` is no folder below the top of the checkout", help: "name one such as `content`")
    }
    let place = content.flatMap { CheckoutPath($0)?.text } ?? ContentFolder.inCheckout(around: folder)
    var request = ImportRequest(format, files, in: folder, content: place)
    (request.product, request.name, request.versioning) = (product, name, versioning)
    request.tags = tags.flatMap { TagPattern($0) }
    (request.asProducts, request.isOnlyNew, request.isDryRun) = (products, onlyNew, dryRun)
    let view = RepositoryView(
      root: repository.folder, tags: try await repository.tags(), remote: try await repository.remoteURL())
    let done = try await ContentImport(request, in: view)
    let isAbsolute = files.first?.hasPrefix("/") == true
    let told = Result { try report.tell(done.imported.report, root: isAbsolute ? "/" : folder) }
    if !done.imported.report.hasErrors { report.say(words(for: done, in: place)) }
    try told.get()
  }

  private func words(for done: ContentImport, in place: String) -> String {
    let files = done.imported.files
    guard !files.isEmpty else {
      return done.kept == 0
        ? "Nothing to write: there is nothing to import in what was named.\n"
        : "Nothing to write: \(counted(done.kept, "file")), there already.\n"
    }
    var text = (done.isWritten ? "Wrote " : "Would write ") + "\(counted(files.count, "file")) to \(place)/: "
    let counts = [
      (done.imported.count(in: "products", ending: ".yml"), "product"),
      (done.imported.count(in: "releases", ending: ".yml"), "release"),
      (done.imported.count(in: "releases", ending: ".md"), "note"),
      (done.imported.count(in: "eol", ending: ".json"), "component"),
    ]
    text +=
      counts.filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
      .joined(separator: ", ") + ".\n"
    if done.kept > 0 { text += "Kept what was there: \(counted(done.kept, "file")).\n" }
    if !done.isWritten { text += files.map { "  \(place)/\($0.path)\n" }.joined() }
    return text + (done.isWritten ? "Next: `gazette check`, then commit.\n" : "")
  }
}

extension ImportFormat: ExpressibleByArgument {}
