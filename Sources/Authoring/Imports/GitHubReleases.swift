import Diagnostics
import Ingest
package import Model

/// What `gh api repos/OWNER/NAME/releases` gives, as records with notes and artifacts.
///
/// - Source: GitHub REST API, 2022-11-28, "List releases".
package enum GitHubReleases {
  /// - Parameters:
  ///   - product: Its id.
  ///   - known: The product as the content has it already; `nil` makes a new one.
  ///   - pattern: How the tags hold the version; `nil` for that of the product, or to see from the tags.
  ///   - repository: The checkout, whose tags the releases may be of.
  package static func content(
    of file: ImportInputs.File, product: String, named name: String, known: Product?, pattern: TagPattern?,
    in repository: RepositoryView
  ) -> ImportedContent {
    var content = ImportedContent()
    guard let json = JSONFile(path: file.path, bytes: file.bytes, into: &content.report),
      let pages = json.decode([ReleasePage].self, into: &content.report)
    else { return content }
    var releases: [(release: GitHubRelease, place: SourceLocation)] = []
    for (index, page) in pages.enumerated() {
      for (position, release) in page.releases.enumerated() {
        let path = page.isList ? [JSONStep(index), JSONStep(position)] : [JSONStep(index)]
        let place = json.location(of: path + [JSONStep("tag_name")])
        if release.draft == true {
          content.leaveOut("the draft `\(release.name ?? release.tag_name)` is left out", at: place)
        } else {
          releases.append((release, place))
        }
      }
    }
    guard !releases.isEmpty else {
      content.refuse(
        "the file has no published releases", at: file.start, help: "export them with `gh api --paginate --slurp …`")
      return content
    }
    let tags = releases.map(\.release.tag)
    let survey = TagSurvey(tags)
    guard let pattern = pattern ?? known?.sources.compactMap(\.tags).first ?? onlyPattern(of: survey) else {
      let shown = survey.series.prefix(5).map { "`\($0.pattern)`" }.joined(separator: ", ")
      content.refuse(
        survey.series.isEmpty ? "no tag of the releases is a version" : "the tags are of several patterns: \(shown)",
        at: releases[0].place, help: "say which with --tags 'v{version}'")
      return content
    }
    let versions = tags.compactMap { pattern.version(in: $0.name).map(String.init) }
    let scheme = known?.versioning ?? VersionScheme.fitting(versions)
    let isHere = !Set(repository.tags.map(\.name)).isDisjoint(with: tags.map(\.name))
    let maker = GitHubRecords(
      product: product, pattern: pattern, scheme: scheme, ownTags: isHere ? Set(repository.tags.map(\.name)) : nil)
    if known == nil {
      var draft = ProductText(name: name)
      draft.versioning = scheme
      let elsewhere = releases.lazy.compactMap { $0.release.repository }.first.flatMap { productID(for: $0) } ?? product
      draft.sources = [
        .init(repository: isHere ? nil : elsewhere, tags: pattern.tag(of: "{version}"))
      ]
      content.add("products/\(product).yml", draft.text, from: file.start)
    }
    for (release, place) in releases { maker.add(release, at: place, to: &content) }
    return content
  }

  private static func onlyPattern(of survey: TagSurvey) -> TagPattern? {
    survey.series.count == 1 ? TagPattern(survey.series[0].pattern) : nil
  }
}

/// Makes records of releases.
private struct GitHubRecords {
  let product: String
  let pattern: TagPattern
  let scheme: VersionScheme
  /// The tags of the checkout, where the releases are of it.
  let ownTags: Set<String>?

  func add(_ release: GitHubRelease, at place: SourceLocation, to content: inout ImportedContent) {
    guard let text = pattern.version(in: release.tag_name).map(String.init) else {
      content.leaveOut(
        "`\(release.tag_name)` is left out: the tag is not like `\(pattern.tag(of: "{version}"))`", at: place)
      return
    }
    guard let version = Version(text, scheme: scheme) else {
      content.leaveOut("`\(release.tag_name)` is left out: it is no \(scheme.rawValue) version", at: place)
      return
    }
    guard !content.has("releases/\(product)/\(text).yml") else {
      content.leaveOut("`\(release.tag_name)` is there twice; the first is taken", at: place, severity: .warning)
      return
    }
    var record = RecordDraft(product: product, version: text)
    if release.prerelease == true, !version.isPreRelease { record.type = .preRelease }
    if let moment = (release.published_at ?? release.created_at).flatMap({ Moment($0) }) {
      record.released = moment.iso
    } else {
      content.leaveOut("`\(release.tag_name)` has no day that can be read", at: place, severity: .warning)
    }
    if ownTags?.contains(release.tag_name) ?? true {
      record.tag = release.tag_name
    } else {
      content.leaveOut("the tag `\(release.tag_name)` is left out of the record: it is not in this checkout", at: place)
    }
    let title = release.name?.split(whereSeparator: \.isNewline).joined(separator: " ") ?? ""
    let saysNothing = [text, release.tag_name, "v" + text, ""].contains(title.filter { $0 != " " })
    record.title = saysNothing ? nil : title
    record.notes = notes(of: release)
    record.artifacts = release.assets?.compactMap { artifact($0, at: place, in: &content) } ?? []
    content.add(record, from: place)
  }

  /// The body with plain line ends; `nil` where it says nothing.
  private func notes(of release: GitHubRelease) -> String? {
    guard let body = release.body else { return nil }
    var text = body.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\0", with: "\u{FFFD}")
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text.isEmpty ? nil : text + "\n"
  }

  private func artifact(
    _ asset: GitHubRelease.Asset, at place: SourceLocation, in content: inout ImportedContent
  ) -> [YAMLField]? {
    let name = asset.name.filter { !$0.isNewline }
    guard !name.allSatisfy(\.isWhitespace) else { return nil }
    let url = asset.browser_download_url ?? asset.url
    let digest = asset.digest.flatMap { isDigest($0) ? $0 : nil }
    if asset.digest != nil, digest == nil {
      content.leaveOut("the digest of `\(name)` is left out: it is neither SHA-256 nor SHA-512", at: place)
    }
    let size = asset.size.flatMap { $0 >= 0 && $0 == $0.rounded() && $0 < 1e15 ? String(Int($0)) : nil }
    return [
      YAMLField(text: "name", name), YAMLField(text: "url", url.flatMap { isAddress($0) ? $0 : nil }),
      YAMLField(text: "digest", digest), YAMLField(word: "size", size),
    ].compactMap(\.self)
  }

  private func isDigest(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let digits = ["sha256": 64, "sha512": 128]
    return parts.count == 2 && digits[String(parts[0])] == parts[1].utf8.count
      && parts[1].utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }

  private func isAddress(_ text: String) -> Bool {
    text.hasPrefix("https://") && text.utf8.count > 8 && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }
}

/// An element of the list: a release, or the list of one page of several.
private struct ReleasePage: Decodable {
  var releases: [GitHubRelease]
  var isList: Bool

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    do {
      (releases, isList) = ([try value.decode(GitHubRelease.self)], false)
    } catch DecodingError.typeMismatch(_, let context) where context.codingPath.count == decoder.codingPath.count {
      (releases, isList) = (try value.decode([GitHubRelease].self), true)
    }
  }
}

private struct GitHubRelease: Decodable {
  struct Asset: Decodable {
    var name: String
    var browser_download_url: String?
    var url: String?
    var size: Double?
    var digest: String?
  }

  var tag_name: String
  var name: String?
  var draft: Bool?
  var prerelease: Bool?
  var created_at: String?
  var published_at: String?
  var body: String?
  var html_url: String?
  var assets: [Asset]?

  /// The tag, as far as it is known.
  var tag: Tag {
    let moment = (published_at ?? created_at).flatMap { Moment($0) } ?? Moment(seconds: 0)
    return Tag(name: tag_name, commit: "", isAnnotated: false, date: moment, subject: "")
  }

  /// The name of the repository, from its address.
  var repository: String? {
    guard let html_url, let end = html_url.firstRange(of: "/releases/") else { return nil }
    return html_url[..<end.lowerBound].split(separator: "/").last.map(String.init)
  }
}
