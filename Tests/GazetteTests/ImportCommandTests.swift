import Foundation
import TestSupport
import Testing

@Suite("The command import") struct ImportCommandTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository(files: ["README.md": "x"])
    try repository.commit("First", tag: "v1.0.0")
    try repository.commit("Second", tag: "v1.1.0")
  }

  private static let data = SharedData.folder?.path ?? ""

  /// Imports, and expects `check` to find no errors in the outcome.
  private func checked(_ arguments: [String]) throws -> GazetteProcess.Outcome {
    let outcome = try imported(arguments)
    try check()
    return outcome
  }

  private func imported(_ arguments: [String]) throws -> GazetteProcess.Outcome {
    let outcome = try GazetteProcess.run(["import"] + arguments, in: repository.path)
    #expect(outcome.status == 0, "\(arguments): \(outcome.output.suffix(3000))\(outcome.errors)")
    return outcome
  }

  private func check() throws {
    let outcome = try repository.gazette("check", "--as-of", "2026-11-20T00:00Z", "--quiet")
    #expect(outcome.status == 0, "\(outcome.output.suffix(3000))")
  }

  @Test("tags become records that pass check, a second time nothing is overwritten") func tags() throws {
    let outcome = try checked(["git-tags", "--product", "gw"])
    #expect(outcome.output.contains("1 product, 2 releases"))
    #expect(
      repository.files(in: "content") == [
        "gazette.yml", "products/gw.yml", "releases/gw/1.0.0.yml", "releases/gw/1.1.0.yml",
      ])
    let before = repository.contents(of: "content")
    let again = try repository.gazette("import", "git-tags")
    #expect(again.status == 1)
    #expect(again.output.contains("`content/releases/gw/1.0.0.yml` is there already"))
    try repository.commit("Third", tag: "v1.2.0")
    let more = try repository.gazette("import", "git-tags", "--only-new", "--dry-run")
    #expect(more.status == 0)
    #expect(more.output.contains("  content/releases/gw/1.2.0.yml\n"))
    #expect(repository.contents(of: "content") == before)
    #expect(try repository.gazette("import", "git-tags", "--only-new").status == 0)
    #expect(repository.exists("content/releases/gw/1.2.0.yml"))
  }

  @Test("a folder that holds nothing to import is told so") func nothing() throws {
    try repository.write("cycle:\n  - start: 2025-01-06\n", to: "epoxy/schedule.yaml")
    let outcome = try imported(["openstack-releases", "epoxy"])
    #expect(outcome.output.contains("Nothing to write: there is nothing to import"), "\(outcome.output)")
  }

  @Test(
    "every deliverable of openstack/releases becomes records that pass check",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
  func openStack() throws {
    let outcome = try checked(["openstack-releases", Self.data + "/openstack-releases"])
    #expect(outcome.output.contains("is left out: it marks the end of a series"))
    let releases = repository.files(in: "content/releases").count { $0.hasSuffix(".yml") }
    #expect(releases == 441)
    // Each file became a product, or is named in what was said.
    let products = repository.files(in: "content/products").count
    let names =
      FileManager.default.enumerator(atPath: Self.data + "/openstack-releases/deliverables")?
      .allObjects.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") } ?? []
    #expect(products == Set(names.map { ($0 as NSString).lastPathComponent }).count)
    for other in ["schema.yaml", "series_status_schema.yaml", "epoxy/schedule.yaml"] {
      #expect(outcome.output.contains("/openstack-releases/\(other):1:1"), "\(other)")
    }
  }

  @Test(
    "every page of endoflife.date becomes ends of life, or products, that pass check",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"), arguments: [false, true])
  func endOfLife(asProducts: Bool) throws {
    _ = try checked(["endoflife", Self.data + "/endoflife"] + (asProducts ? ["--products"] : []))
    #expect(repository.files(in: "content/" + (asProducts ? "products" : "eol")).count == 39)
  }

  @Test(
    "every changelog of real projects becomes records that pass check",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
  func changelogs() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.data + "/changelogs").sorted()
    for (index, name) in names.enumerated() {
      _ = try imported([
        "keep-a-changelog", "\(Self.data)/changelogs/\(name)", "--product", "p\(index)", "--name", name,
      ])
    }
    try check()
    #expect(repository.files(in: "content/products").count == names.count)
  }

  @Test(
    "real files cut anywhere are a diagnostic or are imported, and never a crash",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
  func cut() throws {
    for (format, path) in [
      ("openstack-releases", "openstack-releases/deliverables/epoxy/neutron.yaml"),
      ("openstack-releases", "openstack-releases/data/series_status.yaml"), ("endoflife", "endoflife/macos.md"),
      ("keep-a-changelog", "changelogs/olivierlacan__keep-a-changelog__CHANGELOG.md"),
    ] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.data + "/" + path))
      for part in [1, 3, 6] {
        let name = "cut-\(part)." + (path as NSString).pathExtension
        try bytes.prefix(bytes.count * part / 8 + part).write(to: URL(fileURLWithPath: repository.path + "/" + name))
        let product = format == "keep-a-changelog" ? ["--product", "p"] : []
        let outcome = try GazetteProcess.run(["import", format, name, "--dry-run"] + product, in: repository.path)
        #expect([0, 1].contains(outcome.status), "\(path) \(part): \(outcome.errors)")
        if outcome.status == 1 { #expect(outcome.output.contains("--> \(name):")) }
        #expect(!repository.exists("content"))
      }
    }
  }

  @Test(
    "an option that the format takes no notice of is refused with the formats that do",
    arguments: [
      ("endoflife", ["--product", "p"], "keep-a-changelog, git-tags, github-releases"),
      ("openstack-releases", ["--product", "p"], "keep-a-changelog, git-tags, github-releases"),
      ("git-tags", ["--name", "N"], "keep-a-changelog, github-releases"),
      ("git-tags", ["--versioning", "semver"], "keep-a-changelog"),
      ("github-releases", ["--versioning", "semver"], "keep-a-changelog"),
      ("git-tags", ["--tags", "v{version}"], "github-releases"), ("keep-a-changelog", ["--products"], "endoflife"),
    ])
  func misplaced(format: String, option: [String], formats: String) throws {
    let files = format == "git-tags" ? [] : ["README.md"]
    let outcome = try GazetteProcess.run(["import", format] + files + option, in: repository.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("\(option[0]) says nothing to \(format): it is for \(formats)\n"), "\(outcome)")
    #expect(!repository.exists("content"))
  }

  @Test(
    "what makes no sense is status 2",
    arguments: [
      ["import", "endoflife"], ["import", "git-tags", "x"], ["import", "svn"], ["import", "endoflife", "missing.md"],
      ["import", "git-tags", "--product", "Not An Id"], ["import", "github-releases", "x", "--tags", "v"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try GazetteProcess.run(arguments, in: repository.path)
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(outcome.output == "")
  }
}
