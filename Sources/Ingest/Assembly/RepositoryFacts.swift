import Diagnostics
import Model

/// What Git says of the repositories that the products come from, each asked once.
struct RepositoryFacts: Sendable {
  /// One repository's tags and commits.
  struct Facts: Sendable {
    var repository: GitRepository
    var tags: [Tag]
    var graph: CommitGraph
    private let tagsByName: [String: Tag]

    init(repository: GitRepository, tags: [Tag], graph: CommitGraph) {
      (self.repository, self.tags, self.graph) = (repository, tags, graph)
      tagsByName = Dictionary(tags.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func tag(named name: String) -> Tag? { tagsByName[name] }
  }

  private var facts: [SourceRepository.Repository: Facts] = [:]
  /// The positions of the commits that touch a source's folder, where it is not the whole repository.
  private var touching: [PathKey: Set<Int>] = [:]

  private struct PathKey: Hashable {
    var repository: SourceRepository.Repository
    var path: String
    var exclude: [String]
  }

  /// Asks about every repository that a source names and that can be had.
  static func read(
    for products: [Product], in checkout: Checkout, questions: GitQuestions = [], memory: GraphMemory? = nil,
    tellsStates: Bool = false, into report: inout Report
  ) async throws(FileError) -> RepositoryFacts {
    var all = RepositoryFacts()
    for source in products.flatMap(\.sources)
    where source.tags != nil || source.changelog != nil || questions.contains(.commits) {
      if all.facts[source.repository] == nil {
        guard let repository = try await repository(of: source, in: checkout, into: &report) else { continue }
        // What happens from now on makes another state.
        if tellsStates { all.states.append(try await repository.state()) }
        all.facts[source.repository] = Facts(
          repository: repository, tags: try await repository.tags(),
          graph: try await repository.graph(keptBy: memory))
      }
      guard !source.isWholeRepository, let known = all.facts[source.repository] else { continue }
      let key = PathKey(repository: source.repository, path: source.path, exclude: source.exclude)
      if all.touching[key] == nil {
        let ids = try await known.repository.commitsTouching(path: source.path, exclude: source.exclude)
        all.touching[key] = Set(ids.compactMap { known.graph.position(of: $0) })
        all.states.append("\(source.repository) \(source.path) \(source.exclude)")
      }
    }
    return all
  }

  /// What tells whether all of it would be the same if it were asked again, where that was wanted.
  private(set) var states: [String] = []

  /// The commits of the repository of the content, where a product comes from it.
  var graphOfCheckout: CommitGraph? { facts[.checkout]?.graph }

  func facts(of source: SourceRepository) -> Facts? { facts[source.repository] }

  /// Whether the commit at a position belongs to the source's folder.
  func isPart(_ position: Int, of source: SourceRepository) -> Bool {
    guard !source.isWholeRepository else { return true }
    let key = PathKey(repository: source.repository, path: source.path, exclude: source.exclude)
    return touching[key]?.contains(position) ?? true
  }

  private static func repository(
    of source: SourceRepository, in checkout: Checkout, into report: inout Report
  ) async throws(FileError) -> GitRepository? {
    switch source.repository {
    case .checkout: return checkout.repository
    case .submodule(let path): return try await checkout.submodule(at: path, named: source.location, into: &report)
    case .named(let name):
      // Records stand without their repository; releases that are nothing but tags do not.
      if checkout.sources[name] == nil, source.discoversTags {
        report.warning(
          .unboundSource, "the repository `\(name)` is bound to no folder, so nothing is read from it",
          at: source.location,
          help: "add `--source \(name)=DIR`; a submodule in the folder `\(name)` is written `./\(name)`")
      }
      return checkout.sources[name]
    }
  }
}
