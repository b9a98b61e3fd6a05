import Diagnostics
import Foundation
import Ingest
import Model
import TestSupport
import Testing

@testable import Authoring

@Suite("Imports") struct ImportTests {
  private func inputs(_ files: [String: String]) throws -> ImportInputs {
    let folder = try Folder(files)
    defer { folder.remove() }
    return try ImportInputs(files.keys.sorted(), in: folder.path, endings: [])
  }

  private func file(_ text: String, named name: String = "CHANGELOG.md") throws -> ImportInputs.File {
    try #require(try inputs([name: text]).files.first)
  }

  private func text(_ path: String, in content: ImportedContent) -> String? {
    content.files.first { $0.path == path }?.text
  }

  // MARK: keep-a-changelog

  @Test("a changelog becomes a product, records with changes or notes, and what is pulled is withdrawn")
  func changelog() throws {
    let marked = MarkedText(
      """
      # Changelog

      ## 1️⃣[Unreleased]
      ### Added
      - Soon

      ## [1.1.0] - 2024-03-01
      ### Added
      - **search:** Faster: half the time
      ### Fixed
      - A hole

      ## 1.0.1 - 2024-02-01 [YANKED]
      Words by hand.

      ## 2️⃣1.0.0
      - First
      """)
    let content = KeepAChangelog.content(
      of: try file(marked.text), product: "gw", named: "Gateway", known: nil, scheme: nil)
    #expect(!content.report.hasErrors)
    #expect(content.report.diagnostics.map(\.code) == ["S062", "S062"])
    #expect(text("products/gw.yml", in: content) == "name: Gateway\nversioning: semver\n")
    #expect(
      text("releases/gw/1.1.0.yml", in: content) == """
        status: released
        released: 2024-03-01
        changes:
          - id: faster-half-the-time
            kind: feature
            text: 'Faster: half the time'
            component: search
          - id: a-hole
            kind: fix
            text: A hole

        """)
    #expect(text("releases/gw/1.1.0.md", in: content) == nil)
    #expect(text("releases/gw/1.0.1.yml", in: content) == "status: withdrawn\nreleased: 2024-02-01\n")
    #expect(text("releases/gw/1.0.1.md", in: content) == "Words by hand.\n")
    #expect(text("releases/gw/1.0.0.yml", in: content) == "status: released\n")
  }

  @Test("a changelog without versions is refused, and a known product keeps its file and its scheme")
  func changelogOfKnown() throws {
    let nothing = KeepAChangelog.content(
      of: try file("# Words\n"), product: "gw", named: "gw", known: nil, scheme: nil)
    #expect(nothing.report.diagnostics.map(\.code) == ["S061"])
    var product = Product(id: ProductID("gw"), name: "Gateway", at: SourceLocation(file: "x"))
    product.versioning = .numeric
    let content = KeepAChangelog.content(
      of: try file("## 1.0\n- a\n"), product: "gw", named: "gw", known: product, scheme: .semver)
    #expect(content.files.map(\.path) == ["releases/gw/1.0.yml", "releases/gw/1.0.md"])
  }

  // MARK: openstack-releases

  @Test("a deliverable in two series is one product with two lines, and marks are no releases") func openStack() throws
  {
    let content = OpenStackReleases.content(
      of: try inputs([
        "deliverables/epoxy/oslo.log.yaml": """
        ---
        team: oslo
        type: library
        releases:
          - version: 7.1.0
            projects: [{repo: openstack/oslo.log, hash: 28b2e819e3196cf46cf2a644f18439f7c0169cc7}]
        branches: [{name: stable/2025.1, location: 7.1.0}]
        cycle-highlights: [Faster]
        """,
        "deliverables/caracal/oslo.log.yaml": """
        team: oslo
        type: library
        releases:
          - version: 6.0.0
            projects: [{repo: openstack/oslo.log, hash: 4780f2734d02429b7655f395eb4ddee14dfd3051}]
          - version: 2024.1-eom
            projects: [{repo: openstack/oslo.log, hash: 4780f2734d02429b7655f395eb4ddee14dfd3051}]
        """,
        "series_status.yaml": """
        - name: epoxy
          release-id: 2025.1
          initial-release: 2025-04-02
          next-phase: {status: unmaintained, date: 2026-10-02}
        - {name: caracal, release-id: 2024.1, initial-release: 2024-04-03, eol-date: 2026-04-29}
        """,
        "schema.yaml": "$schema: x\n",
        "epoxy/schedule.yaml": "cycle: []\n",
      ]))
    #expect(!content.report.hasErrors)
    #expect(content.report.diagnostics.count == 4)
    #expect(
      text("products/oslo-log.yml", in: content) == """
        name: oslo.log
        kind: package
        versioning: semver
        source:
          repository: oslo-log
          tags: '{version}'
          branches: [stable/2025.1]
        lines:
          - id: '2024.1'
            match: '6.*'
            released: 2024-04-03
            security_until: 2026-04-29
          - id: '2025.1'
            match: '7.*'
            released: 2025-04-02
            active_until: 2026-10-02

        """)
    #expect(
      text("releases/oslo-log/7.1.0.yml", in: content)
        == "status: released\ncommit: '28b2e819e3196cf46cf2a644f18439f7c0169cc7'\n")
    #expect(text("releases/oslo-log/7.1.0.md", in: content) == "- Faster\n")
    #expect(content.count(in: "releases", ending: ".yml") == 2)
  }

  @Test("a deliverable with something wrong in it is reported at its place") func brokenDeliverable() throws {
    let marked = MarkedText(
      """
      team: oslo
      type: library
      releases:
        - version: 7.1.0
          projects: [{repo: openstack/oslo.log, hash: 1️⃣nonsense}]
        - 2️⃣projects: []
      """)
    let content = OpenStackReleases.content(of: try inputs(["oslo.log.yaml": marked.text]))
    #expect(content.report.hasErrors)
    #expect(marked.findings(of: content.report, in: "oslo.log.yaml").map { $0.prefix(1) } == ["1", "2"])
  }

  // MARK: endoflife

  private let page = """
    ---
    title: Python
    category: lang
    releases:
      - releaseCycle: "3.14"
        releaseDate: 2025-10-07
        eoas: 2027-10-01
        eol: 2030-10-31
        latest: "3.14.7"
        latestReleaseDate: 2026-08-17
      - releaseCycle: "2"
        codename: Old
        releaseDate: 2000-10-16
        eol: true
        lts: 2001-01-01
        latest: "2"
    ---
    Words.
    """

  @Test("a page of endoflife.date becomes a file that the component's reader takes") func component() throws {
    let content = EndOfLifeDate.content(of: try inputs(["python.md": page]), asProducts: false)
    #expect(content.report.isEmpty)
    #expect(
      text("eol/python.json", in: content) == """
        [
          {"cycle": "3.14", "releaseDate": "2025-10-07", "support": "2027-10-01", "eol": "2030-10-31", \
        "latest": "3.14.7", "latestReleaseDate": "2026-08-17"},
          {"cycle": "2", "codename": "Old", "releaseDate": "2000-10-16", "eol": true, "latest": "2", \
        "lts": "2001-01-01"}
        ]

        """)
    // What was written is what the API gives, so that it can be read again.
    let again = EndOfLifeDate.content(
      of: try inputs(["python.json": text("eol/python.json", in: content) ?? ""]), asProducts: false)
    #expect(again.report.isEmpty)
    #expect(again.files == content.files)
  }

  @Test("the same page as a product has lines and the newest release of each") func productOfPage() throws {
    let content = EndOfLifeDate.content(of: try inputs(["python.md": page]), asProducts: true)
    #expect(content.report.diagnostics.map(\.code) == ["S062"])
    #expect(
      text("products/python.yml", in: content) == """
        name: Python
        versioning: numeric
        lines:
          - id: '3.14'
            match: '3.14.*'
            released: 2025-10-07
            active_until: 2027-10-01
            security_until: 2030-10-31
          - id: '2'
            match: '2*'
            released: 2000-10-16
            lts: true

        """)
    #expect(text("releases/python/3.14.7.yml", in: content) == "status: released\nreleased: 2026-08-17\n")
    #expect(
      text("releases/python/2.yml", in: content) == "status: released\ntitle: Old\nreleased: 2000-10-16\n")
  }

  @Test(
    "broken pages are reported, each once",
    arguments: [
      ("no front matter", "S061"), ("---\ntitle: x", "S061"), ("---\ntitle: x\n---\n", "C004"),
      ("---\n: [\n---\n", "C001"),
    ])
  func brokenPage(text: String, code: String) throws {
    let content = EndOfLifeDate.content(of: try inputs(["x.md": text]), asProducts: true)
    #expect(content.report.diagnostics.map(\.code) == [code])
  }

  // MARK: git-tags

  private func view(_ names: [String]) -> RepositoryView {
    RepositoryView(
      root: "/nowhere",
      tags: names.enumerated().map { index, name in
        Tag(
          name: name, commit: String(repeating: "a", count: 40), isAnnotated: true,
          date: Moment(seconds: 1_700_000_000 + index * 86_400), subject: "")
      })
  }

  @Test("tags become records with their days and commits") func tags() throws {
    let content = GitTags.content(of: view(["v1.0.0", "v1.1.0", "v1.x"]), product: "gw", known: [])
    #expect(content.count(in: "releases", ending: ".yml") == 2)
    #expect(
      text("releases/gw/1.0.0.yml", in: content) == """
        status: released
        released: 2023-11-14T22:13:20Z
        commit: \(String(repeating: "a", count: 40))
        tag: v1.0.0

        """)
    #expect(text("products/gw.yml", in: content)?.contains("tags: 'v{version}'") == true)
    #expect(GitTags.content(of: view([]), product: nil, known: []).report.hasErrors)
  }

  // MARK: github-releases

  private let export = """
    [
      {"tag_name": "v1.1.0", "name": "Faster", "draft": false, "prerelease": true,
       "published_at": "2024-03-01T10:00:00Z", "body": "## What\\r\\n\\r\\n- a\\r\\n",
       "html_url": "https://github.com/harbor/gateway/releases/tag/v1.1.0",
       "assets": [{"name": "gw.tar.gz", "browser_download_url": "https://github.com/gw.tar.gz", "size": 12,
                   "digest": "sha256:\(String(repeating: "ab", count: 32))"},
                  {"name": "x", "browser_download_url": "javascript:1", "size": -1, "digest": "md5:0"}]},
      {"tag_name": "v1.2.0", "name": "Soon", "draft": true},
      {"tag_name": "v1.0.0", "name": "v1.0.0", "created_at": "2024-01-01T00:00:00Z", "body": null, "assets": []},
      {"tag_name": "nightly", "name": null}
    ]
    """

  @Test("GitHub's releases become records with notes and artifacts; drafts are left out") func gitHub() throws {
    let content = GitHubReleases.content(
      of: try file(export, named: "releases.json"), product: "gw", named: "Gateway", known: nil, pattern: nil,
      in: view([]))
    #expect(!content.report.hasErrors)
    #expect(content.report.diagnostics.map(\.location?.line) == [2, 8, 10])
    #expect(
      text("releases/gw/1.1.0.yml", in: content) == """
        status: released
        type: pre-release
        title: Faster
        released: 2024-03-01T10:00:00Z
        tag: v1.1.0
        artifacts:
          - name: gw.tar.gz
            url: 'https://github.com/gw.tar.gz'
            digest: 'sha256:\(String(repeating: "ab", count: 32))'
            size: 12
          - name: x

        """)
    #expect(text("releases/gw/1.1.0.md", in: content) == "## What\n\n- a\n")
    #expect(
      text("releases/gw/1.0.0.yml", in: content) == "status: released\nreleased: 2024-01-01T00:00:00Z\ntag: v1.0.0\n")
    #expect(
      text("products/gw.yml", in: content)
        == "name: Gateway\nversioning: semver\nsource:\n  repository: gateway\n  tags: 'v{version}'\n")
    let slurped = GitHubReleases.content(
      of: try file("[\(export)]", named: "releases.json"), product: "gw", named: "Gateway", known: nil, pattern: nil,
      in: view([]))
    #expect(slurped.files == content.files)
  }

  @Test("every cut of an export is a diagnostic") func cutExport() throws {
    let bytes = Array(export.utf8)
    for end in stride(from: 0, to: bytes.count - 1, by: 7) {
      let cut = ImportInputs.File(path: "x.json", bytes: Array(bytes[..<end]))
      let content = GitHubReleases.content(
        of: cut, product: "gw", named: "gw", known: nil, pattern: nil, in: view([]))
      #expect(content.report.hasErrors, "\(end)")
    }
  }

  // MARK: Writing

  @Test("two inputs for one file are an error at the second") func clash() throws {
    let content = EndOfLifeDate.content(of: try inputs(["a/python.md": page, "b/python.md": page]), asProducts: false)
    #expect(content.report.diagnostics.map(\.code) == ["S064"])
    #expect(content.report.diagnostics.first?.location?.file == "b/python.md")
  }

  @Test("nothing is written over a file, and a failure takes back what was written") func writing() throws {
    let folder = try Folder(["content/releases/gw/1.0.0.yml": "mine"])
    defer { folder.remove() }
    var content = ImportedContent()
    let origin = SourceLocation(file: "x")
    content.add(RecordDraft(product: "gw", version: "1.1.0"), from: origin)
    content.add(RecordDraft(product: "gw", version: "1.0.0"), from: origin)
    let destination = ContentDestination(root: folder.path, content: "content")
    #expect(destination.findings(about: content.files).diagnostics.map(\.code) == ["S063"])
    #expect(throws: FileError.self) { try destination.write(content.files) }
    #expect(folder.files == ["content/releases/gw/1.0.0.yml"])
    content.drop(where: destination.has)
    #expect(content.files.map(\.path) == ["releases/gw/1.1.0.yml"])
    try destination.write(content.files)
    #expect(folder.files == ["content/releases/gw/1.0.0.yml", "content/releases/gw/1.1.0.yml"])
  }
}

/// A folder that is there for one test.
private struct Folder {
  let path: String

  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    for (name, text) in files {
      let url = URL(fileURLWithPath: path + "/" + name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  var files: [String] {
    let names = FileManager.default.enumerator(atPath: path)?.allObjects.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".md") }.sorted()
  }
}
