import Diagnostics
import Model

/// The keys of products/<product>.yml.
enum ProductFields {
  static let name = Field("name", .text, "How people call it.", required: true, example: "Harbor Gateway")
  static let summary = Field("summary", .markdown, "What it is, in a sentence.")
  static let team = Field("team", .team, "The team that owns it.")
  static let kind = Field("kind", .choice(Product.Kind.self), "What it is.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: public.")
  static let labels = Field("labels", .list(of: .identifier), "What rules may ask for.", example: "[pci]")
  static let roadmap = Field("roadmap", .boolean, "Whether planned releases may be public.")
  static let formerly = Field("formerly", .list(of: .identifier), "Ids that it had before; their pages lead here.")
  static let versioning = Field(
    "versioning", .choice(VersionScheme.self), "How its versions are written; default: semver.")
  static let sources = Field("sources", .list(of: SourceFields.shape), "Where its commits and tags are.")
  static let source = Field("source", .shape(SourceFields.shape), "The same, where there is one.")
  static let lines = Field("lines", .list(of: LineFields.shape), "Release lines and how long each is looked after.")
  static let dependsOn = Field("depends_on", .list(of: .product), "The products that it needs.")
  static let upgradeStops = Field("upgrade_stops", .list(of: .version), "Versions that an upgrade must not skip.")
  static let train = Field("train", .train, "The train that its releases leave with.")
  static let supportPolicy = Field(
    "support_policy", .path, "The page that says how it is looked after.", example: "content/pages/support-policy.md")

  static let shape = Shape(
    "product", "Something that is released; its id is the name of its file.",
    [
      name, summary, team, kind, audience, labels, roadmap, formerly, versioning, sources, source, lines, dependsOn,
      upgradeStops, train, supportPolicy,
    ],
    constraint: { fields, report in
      if let place = fields.keyLocation(of: source), fields[source] != nil, fields[sources] != nil {
        report.error(.excludedKey, "a product has both `source` and `sources`", at: place, help: "keep `sources`")
      }
      distinct(fields.values(sources).map { Located($0.id, at: $0.location) }, "sources", into: &report)
      distinct(fields.values(lines).map { Located($0.id, at: $0.location) }, "release lines", into: &report)
    }
  ) { $0 }

  static func product(_ id: ProductID, _ fields: Fields, file: String) -> Product? {
    guard let name = fields.value(name) else { return nil }
    var product = Product(id: id, name: name, at: SourceLocation(file: file))
    product.team = fields.value(team)
    product.kind = fields.value(kind)
    product.audience = fields.value(audience) ?? product.audience
    product.labels = fields.values(labels)
    product.showsRoadmap = fields.value(roadmap) ?? false
    product.formerly = fields.values(formerly)
    product.versioning = fields.value(versioning) ?? product.versioning
    product.sources = fields.value(source).map { [$0] } ?? fields.values(sources)
    product.lines = fields.values(lines)
    product.dependsOn = fields.list(dependsOn)
    product.upgradeStops = fields.list(upgradeStops)
    product.train = fields[train]
    product.supportPolicy = fields[supportPolicy]
    return product
  }
}

enum SourceFields {
  static let id = Field("id", .identifier, "Its id; default: main.")
  static let path = Field("path", .path, "The folder that counts; default: all.", example: ".")
  static let exclude = Field("exclude", .list(of: .path), "Folders in it that do not.")
  static let repository = Field(
    "repository", .path, "`.` for this checkout, the path of a submodule with a `/` in it, or a name bound by --source."
  )
  static let tags = Field("tags", .tagPattern, "How its tags hold the version.", example: "'v{version}'")
  static let branches = Field("branches", .list(of: .text), "The branches that releases come from.")
  static let changelog = Field("changelog", .path, "The changelog in that repository.", example: "CHANGELOG.md")
  static let discover = Field("discover", .boolean, "Whether each matching tag is a release even without a record.")

  static let shape = Shape(
    "source", "Where a product's commits and tags are.",
    [id, path, exclude, repository, tags, branches, changelog, discover],
    constraint: { fields, report in
      if let discover = fields[discover], discover.value, fields[tags] == nil {
        report.error(
          .missingKey, "a source with `discover` lacks `tags`", at: discover.location, help: "add `tags: 'v{version}'`")
      }
    }
  ) { fields -> SourceRepository? in
    var source = SourceRepository(id: fields.value(id) ?? "main", at: fields.location)
    source.path = fields.value(path).map(normal) ?? "."
    source.exclude = fields.values(exclude).map(normal)
    source.repository = fields.value(repository).map(repository(written:)) ?? .checkout
    source.tags = fields.value(tags)
    source.branches = fields.values(branches)
    source.changelog = fields[changelog]
    source.discoversTags = fields.value(discover) ?? false
    return source
  }

  private static func repository(written text: String) -> SourceRepository.Repository {
    if text == "." || text == "./" { return .checkout }
    return text.utf8.contains(UInt8(ascii: "/")) ? .submodule(path: normal(text)) : .named(text)
  }

  /// Without `.` steps and slashes at the ends; `.` for the top.
  private static func normal(_ path: String) -> String {
    let steps = path.split(separator: "/").filter { $0 != "." }
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }
}

enum LineFields {
  static let id = Field("id", .text, "Its name.", required: true, example: "'2'")
  static let match = Field("match", .text, "Its versions; `*` stands for anything.", required: true, example: "'2.*'")
  static let released = Field("released", .date, "When it began.")
  static let activeUntil = Field("active_until", .date, "The last day of active support.")
  static let securityUntil = Field("security_until", .date, "The last day of security fixes.")
  static let extendedUntil = Field("extended_until", .date, "The last day of extended support.")
  static let lts = Field("lts", .boolean, "Whether it is a long-term line.")

  static let shape = Shape(
    "release line", "Releases that are looked after together.",
    [id, match, released, activeUntil, securityUntil, extendedUntil, lts],
    constraint: { fields, report in
      var last: Located<CivilDate>?
      for date in [fields[released], fields[activeUntil], fields[securityUntil], fields[extendedUntil]].compactMap({
        $0
      }) {
        order(last?.map(When.day), date.map(When.day), "support", into: &report)
        last = date
      }
    }
  ) { fields -> ReleaseLine? in
    guard let id = fields.value(id), let match = fields.value(match) else { return nil }
    var line = ReleaseLine(id: id, match: match, at: fields.location)
    line.released = fields.value(released)
    line.activeUntil = fields.value(activeUntil)
    line.securityUntil = fields.value(securityUntil)
    line.extendedUntil = fields.value(extendedUntil)
    line.isLongTerm = fields.value(lts) ?? false
    return line
  }
}

/// Reports ids that stand twice, at each but the first.
func distinct(
  _ ids: some Sequence<Located<String>>, _ nouns: String, help: String = "give one of them another id",
  into report: inout Report
) {
  var first: [String: SourceLocation] = [:]
  for id in ids {
    guard let place = first[id.value] else {
      first[id.value] = id.location
      continue
    }
    report.error(
      .duplicateIdentifier, "two \(nouns) have the id \(quoted(id.value))", at: id.location,
      notes: [Diagnostic.Note("the first is", at: place)], help: help)
  }
}
