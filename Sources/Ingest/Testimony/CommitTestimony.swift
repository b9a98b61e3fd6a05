import Diagnostics
import Model

/// What Git says of the commits of releases.
extension TestimonyReading {
  func readCommits(into testimony: inout GitTestimony) async throws(FileError) {
    let reading = try await ReleaseCommitsReading(
      products.map(\.product), facts: facts, content: checkout.content)
    for product in products {
      testimony.commits.merge(reading.commits(of: product), uniquingKeysWith: { first, _ in first })
      let drafts = Set(product.drafts.map(\.version.text))
      testimony.tagsWithoutRecord[product.product.id] = product.product.sources.flatMap { source in
        (facts.facts(of: source)?.tags ?? []).filter { tag in
          guard let version = source.tags?.version(in: tag.name) else { return false }
          return !drafts.contains(String(version)) && Version(version, scheme: product.product.versioning) != nil
        }
      }
      testimony.tagObstacles[product.product.id] = reading.tagObstacle(of: product.product)
    }
  }

  /// Checks the commits of releases and their tags, each with the keys that were listed before the commit.
  ///
  /// - Parameter states: The history of the content; `nil` where the keys are given.
  func checkSignatures(
    _ signers: Signers, of states: ContentStates?, in checkout: GitRepository, into testimony: inout GitTestimony
  ) async throws(FileError) {
    guard !questions.isDisjoint(with: [.commitSignatures, .tagSignatures]) else { return }
    let line = states.map { FirstParents(of: $0, head: checkout.head) }
    for source in Set(products.flatMap { $0.product.sources.map(\.repository) }).sorted(by: { "\($0)" < "\($1)" }) {
      guard
        let known = products.lazy.flatMap(\.product.sources).first(where: { $0.repository == source })
          .flatMap({ facts.facts(of: $0) })
      else { continue }
      if questions.contains(.tagSignatures) {
        let tags = testimony.commits.values.joined().filter { $0.source.repository == source }.compactMap(\.tag)
        let signatures = try await self.signatures(
          of: tags, of: source, known, signers, along: line, in: checkout)
        testimony.signTags(of: source, with: signatures)
      }
      guard questions.contains(.commitSignatures) else { continue }
      let changes = testimony.commits.values.joined().filter { $0.source.repository == source }.flatMap {
        $0.changes ?? []
      }
      var seen: Set<String> = []
      let commits = changes.filter { seen.insert($0.commit.id).inserted }.map { change in
        (
          id: change.commit.id,
          revision: source == .checkout
            ? line?.revision(of: change) ?? -1 : line?.revision(by: change.commit.committed) ?? -1
        )
      }
      let signatures = try await signers.signatures(of: commits, in: known.repository, listedIn: checkout)
      testimony.sign(from: source, with: signatures)
    }
  }

  /// The signatures of tags, by name; none of light ones.
  private func signatures(
    of tags: [Tag], of source: SourceRepository.Repository, _ known: RepositoryFacts.Facts, _ signers: Signers,
    along line: FirstParents?, in checkout: GitRepository
  ) async throws(FileError) -> [String: TagSignature] {
    guard tags.contains(where: \.isAnnotated) else { return [:] }
    let objects = try await known.repository.tagObjects()
    let graph = known.graph
    let signed = Set(tags).compactMap { tag -> (id: String, revision: Int)? in
      guard let object = objects[tag.name], object.isSigned else { return nil }
      let moment = graph.position(of: tag.commit).map { graph.commits[$0].committed } ?? tag.date
      let revision = source == .checkout ? line?.revision(ofCommit: tag.commit) : line?.revision(by: moment)
      return (object.id, revision ?? -1)
    }
    let results = try await signers.signatures(of: signed, .tags, in: known.repository, listedIn: checkout)
    let found = tags.compactMap { tag -> (String, TagSignature)? in
      guard let object = objects[tag.name] else { return nil }
      let otherName = object.ownName == tag.name ? nil : object.ownName
      return (tag.name, TagSignature(results[object.id] ?? .unsigned, otherName: object.isSigned ? otherName : nil))
    }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }
}

extension GitTestimony {
  fileprivate mutating func signTags(
    of repository: SourceRepository.Repository, with signatures: [String: TagSignature]
  ) {
    commits = commits.mapValues { sources in
      sources.map { source in
        guard source.source.repository == repository, let tag = source.tag else { return source }
        var source = source
        source.tagSignature = signatures[tag.name]
        return source
      }
    }
  }

  fileprivate mutating func sign(
    from repository: SourceRepository.Repository, with signatures: [String: CommitSignature]
  ) {
    commits = commits.mapValues { sources in
      sources.map { source in
        guard source.source.repository == repository else { return source }
        var source = source
        source.changes = source.changes?.map { change in
          var change = change
          change.signature = signatures[change.commit.id]
          return change
        }
        return source
      }
    }
  }
}
