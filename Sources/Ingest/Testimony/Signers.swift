import Diagnostics
import Model

/// Who may sign, as it was before a change: nobody makes their own signature count with the change that bears it.
struct Signers: Sendable {
  /// `nil` where a list is given and history tells nothing.
  let states: ContentStates?
  /// The path of gazette.yml.
  let site: String
  /// The text of `--signers`, which counts instead of what the checkout lists.
  let given: [UInt8]?
  private var sites: [String: Site] = [:]
  /// The people of the site as it stands, for a list that is given where history tells nothing.
  private var current: Site?

  /// - Parameter current: The site as it stands.
  init(given: [UInt8], people current: Site) {
    (states, site, self.given, self.current) = (nil, "", given, current)
  }

  init(states: ContentStates, site: String, given: [UInt8]?) {
    (self.states, self.site, self.given) = (states, site, given)
    for touch in states.history.touches(of: site) {
      guard let id = touch.after, sites[id] == nil, let bytes = states.blobs[id] else { continue }
      // An old state that does not hold up today names nobody.
      var check = ShapeCheck()
      let file = TextFile(path: site, text: String(decoding: bytes, as: UTF8.self))
      sites[id] = check.value(of: file, as: .shape(SiteFields.shape))?.site
    }
  }

  private func site(before revision: Int) -> Site? {
    current ?? states?.blob(of: site, before: revision).flatMap { sites[$0] }
  }

  /// The blob that lists the keys before a revision; `nil` when nobody was listed.
  func list(before revision: Int) -> String? {
    guard let path = site(before: revision)?.signing.allowedSigners?.value else { return nil }
    return states?.blob(of: path, before: revision)
  }

  func identities(before revision: Int) -> Identities {
    let site = site(before: revision)
    return Identities(site?.people ?? [], bots: site?.bots ?? [])
  }

  /// The signatures of commits or tags, each judged by the signers before the revision that published it.
  ///
  /// - Parameters:
  ///   - signed: Each with its revision; −1 for what came after all of them.
  ///   - subject: What they are.
  ///   - repository: The one that has them.
  ///   - checkout: The one that lists the keys.
  func signatures(
    of signed: [(id: String, revision: Int)], _ subject: SignatureCheck.Subject = .commits,
    in repository: GitRepository, listedIn checkout: GitRepository
  ) async throws(FileError) -> [String: CommitSignature] {
    var batches: [String?: [(id: String, revision: Int)]] = [:]
    for entry in signed { batches[given == nil ? list(before: entry.revision) : nil, default: []].append(entry) }
    let lists = given == nil ? try await checkout.blobs(Set(batches.keys.compactMap { $0 })) : [:]
    var people: [Int: Identities] = [:]
    // Many revisions have the same people.
    var known: [String?: Identities] = [:]
    for revision in Set(signed.map(\.revision)) {
      let blob = states?.blob(of: site, before: revision)
      people[revision] = known[blob] ?? identities(before: revision)
      known[blob] = people[revision]
    }
    var signatures: [String: CommitSignature] = [:]
    for list in batches.keys.sorted(by: { $0 ?? "" < $1 ?? "" }) {
      let batch = batches[list] ?? []
      let answers = try await SignatureCheck(repository: repository, subject: subject).answers(
        for: Set(batch.map(\.id)), signers: given ?? list.flatMap { lists[$0] } ?? [])
      for (id, revision) in batch {
        guard let answer = answers[id] else { continue }
        signatures[id] = CommitSignature(answer, among: people[revision] ?? identities(before: revision))
      }
    }
    return signatures
  }
}

extension CommitSignature {
  init(_ answer: SignatureCheck.Answer, among people: Identities) {
    self =
      switch answer {
      case .good(let address): .good(address: address, person: people.person(at: address))
      case .unlisted(let key): .unlisted(key: key)
      case .bad: .bad
      case .unsigned: .unsigned
      case .unverifiable(let reason, let need): .unverifiable(reason: reason, need: need)
      }
  }
}
