import Diagnostics
import Foundation
package import Model

/// What a site is, file by file: the text of `seal.json`.
package struct Seal: Hashable, Sendable {
  package static let path = "seal.json"
  package static let signaturePath = "seal.dsse.json"
  /// Raised when the text changes its form.
  private static let form = 2

  package var audience: Audience
  package var gazetteVersion: String
  package var asOf: Moment
  /// The commit of the checkout; `nil` before the first one.
  package var commit: String?
  /// The files of the site but this and its signature, in order.
  package var files: [SealedFile]
  /// What the site was made from; `nil` for the public, who get ``commitment`` only.
  package var inputs: SealedInputs?
  /// What of the inputs no commit holds; the public learns only that there is something.
  package var uncommitted: [String]
  package var hasUncommitted: Bool
  package var commitment: Fingerprint
  /// Releases that customers got, by id.
  package var releases: [SealedRelease]
  /// Today's ids of products by those they had before.
  package var formerly: [String: String]

  /// Seals the files of one audience's site.
  ///
  /// - Parameters:
  ///   - facts: What that audience may know.
  ///   - releases: Those of it, see ``SealedRelease/all(in:slices:)``.
  ///   - inputs: All of them, whoever the site is for.
  ///   - uncommitted: Those that differ from the commit.
  package init(
    _ files: [SealedFile], of facts: Ledger, releases: [SealedRelease], commit: String?, inputs: SealedInputs,
    uncommitted: [String], gazetteVersion: String
  ) {
    (audience, asOf) = (facts.audience, facts.asOf)
    (self.commit, self.gazetteVersion) = (commit, gazetteVersion)
    self.files = files.inOrder
    let isInternal = facts.audience == .internal
    self.inputs = isInternal ? inputs : nil
    self.uncommitted = isInternal ? uncommitted : []
    hasUncommitted = !uncommitted.isEmpty
    commitment = inputs.commitment.digest
    self.releases = releases
    formerly = Dictionary(
      facts.shelves.flatMap { shelf in shelf.product.formerly.map { ($0, shelf.product.id.text) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// One digest for all files: a Merkle tree over path, zero byte and digest, sorted by bytes.
  package var root: Fingerprint { files.root }

  /// Canonical JSON; what ``init(bytes:)`` reads.
  ///
  /// Its member `digest` is that of the text without it, so that an accident to any byte of the seal itself shows.
  package var bytes: [UInt8] {
    let members = document.map { SealText.Member(name: $0.key, value: $0.value) }
    let digest = Fingerprint(of: SealText(members).bytes).hex
    return SealText(members + [SealText.Member(name: "digest", value: .text(digest))]).bytes
  }

  private var document: [String: JSON] {
    var members: [String: JSON] = [
      "seal": .number(Seal.form), "audience": .text(audience.rawValue), "gazette": .text(gazetteVersion),
      "as_of": .text(asOf.iso), "commit": JSON(commit), "root": .text(root.hex), "files": files.document,
      "commitment": .text(commitment.hex), "has_uncommitted": .flag(hasUncommitted),
      "releases": .members(
        releases.sorted { precedesInBytes($0.id, $1.id) }.map { JSON.Member(name: $0.id, value: $0.document) }),
    ]
    if !formerly.isEmpty { members["formerly"] = .object(formerly.mapValues(JSON.text)) }
    if let inputs {
      members["inputs"] = inputs.files.document
      members["refs"] = .object(inputs.refs.mapValues(JSON.text))
      members["salt"] = .text(inputs.commitment.salt.hex)
      members["uncommitted"] = .list(uncommitted.map(JSON.text))
    }
    return members
  }
}

/// An object whose members are text already, so that a member can join them later.
private struct SealText {
  struct Member {
    var name: String
    var value: [UInt8] = []

    init(name: String, value: JSON) {
      self.name = name
      value.append(to: &self.value)
    }
  }

  private let members: [Member]

  init(_ members: [Member]) {
    self.members = members.sorted { precedesInBytes($0.name, $1.name) }
  }

  /// As ``JSON/bytes`` has them.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(members.reduce(64) { $0 + $1.name.utf8.count + $1.value.count + 4 })
    for member in members {
      bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      JSONText.append(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes += member.value
    }
    bytes += "}\n".utf8
    return bytes
  }
}

extension Seal {
  /// As JSON has it.
  private struct Text: Decodable {
    struct Release: Decodable {
      struct Amendment: Decodable {
        var digest: String
        var fields: [String]
      }
      var status: String
      var fields: [String: [String]]
      var amendments: [Amendment]?
    }

    var seal: Int
    var audience: String
    var gazette: String
    var as_of: String
    var commit: String?
    var files: [String: String]
    var commitment: String
    var has_uncommitted: Bool
    var releases: [String: Release]
    var formerly: [String: String]?
    var inputs: [String: String]?
    var refs: [String: String]?
    var uncommitted: [String]?
  }

  /// Reads a seal, and holds it against itself: written again it must be these very bytes.
  ///
  /// - Returns: `nil` for anything else, a single flipped bit included.
  package init?(bytes: [UInt8]) {
    // What is wrong with it does not matter: a seal is as Gazette wrote it, or none.
    guard let text = try? JSONDecoder().decode(Text.self, from: Data(bytes)), text.seal == Seal.form,
      let audience = Audience(rawValue: text.audience), let asOf = Moment(text.as_of),
      let files = [SealedFile](text.files), let commitment = Fingerprint(hex: text.commitment)
    else { return nil }
    (self.audience, self.asOf, self.files, self.commitment) = (audience, asOf, files, commitment)
    (commit, gazetteVersion, hasUncommitted) = (text.commit, text.gazette, text.has_uncommitted)
    if let inputs = text.inputs {
      guard let files = [SealedFile](inputs) else { return nil }
      self.inputs = SealedInputs(files: files, refs: text.refs ?? [:])
    }
    uncommitted = text.uncommitted ?? []
    formerly = text.formerly ?? [:]
    releases = text.releases.sorted { precedesInBytes($0.key, $1.key) }.map { id, release in
      SealedRelease(
        id: id, status: release.status, fields: release.fields,
        amendments: (release.amendments ?? []).map { SealedRelease.Amendment(digest: $0.digest, fields: $0.fields) })
    }
    guard self.bytes == bytes else { return nil }
  }
}

extension Seal {
  /// Everything that it says in words, without the digests: what a check for leaks must see, and a pattern that asks
  /// for digits must not stumble over.
  package var words: [UInt8] {
    let names = files.map(\.path) + releases.map(\.id) + formerly.keys.sorted() + formerly.values.sorted()
    return JSON.list(names.map(JSON.text)).bytes
  }
}
