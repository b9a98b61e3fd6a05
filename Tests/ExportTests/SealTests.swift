import Diagnostics
import Foundation
import Model
import Testing

@testable import Export

@Suite("The seal") struct SealTests {
  /// The leaves of the tests that implementations of the RFC share; the roots of the first 0…8 of them were computed
  /// with Python's hashlib, straight from the text of the RFC.
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57), Array(0x60...0x6F),
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test("the tree is the one of RFC 6962", arguments: 0...8) func tree(count: Int) {
    #expect(MerkleTree.root(of: Array(Self.leaves[..<count])).hex == Self.roots[count])
  }

  @Test("a leaf is path, zero byte and digest, sorted by bytes") func leaf() {
    #expect(sampleFiles.inOrder.map(\.path) == ["a/b.css", "index.html", "é.txt"])
    #expect(sampleFiles.inOrder.root.hex == "396de4ffd506e94e6d3fe24e736110c92f7857c4ce105ba7fc650c2b32dd90d2")
  }

  @Test("a seal that is read is the seal that was written, and the same each time") func roundTrip() async throws {
    var facts = try ledger([try release("2.4.0"), try release("2.5.0", .planned)], formerly: ["api"])
    facts.shelves[0].releases[0].amendments = [Amendment(at: located(.moment(facts.asOf)), location: place())]
    let sealed = await seal(facts, uncommitted: ["content/x.yml"])
    #expect(await seal(facts, files: sampleFiles.reversed(), uncommitted: ["content/x.yml"]).bytes == sealed.bytes)
    let read = try #require(Seal(bytes: sealed.bytes))
    #expect(read == sealed)
    #expect(read.releases.map(\.id) == ["gateway/2.4.0"])
    #expect(read.uncommitted == ["content/x.yml"])
    #expect(read.formerly == ["api": "gateway"])
    #expect(read.inputs == sampleInputs)
  }

  @Test("any flipped byte of the seal itself shows") func flippedSeal() async throws {
    let bytes = await seal(try ledger([try release("2.4.0")])).bytes
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      if Seal(bytes: changed) != nil { Issue.record("byte \(index) of the seal can be changed unseen") }
    }
    #expect(Seal(bytes: Array(bytes.dropLast())) == nil)
    #expect(Seal(bytes: bytes + [0x20]) == nil)
    #expect(Seal(bytes: []) == nil)
  }

  @Test("the public seal tells nothing of the inputs but a commitment, which the internal one opens")
  func commitment() async throws {
    var facts = try ledger([try release("2.4.0")])
    let whole = await seal(facts, uncommitted: ["content/secret.yml"])
    facts.audience = .public
    let open = await seal(facts, uncommitted: ["content/secret.yml"])
    let text = String(decoding: open.bytes, as: UTF8.self)
    for secret in [
      "gazette.yml", "refs/tags", "secret.yml", sampleInputs.files[0].digest.hex, sampleInputs.commitment.salt.hex,
    ] {
      #expect(!text.contains(secret), "\(secret)")
    }
    #expect(open.hasUncommitted)
    #expect(open.commitment == whole.commitment)
    var others = sampleInputs
    others.refs["refs/tags/v1.0.0"] = "4f2a000000000000000000000000000000000000"
    #expect(await seal(facts, inputs: others).commitment != open.commitment)
  }

  // MARK: What is in the folder

  private func findings(_ found: [SealedFile], others: [String] = []) async throws -> [String] {
    await seal(try ledger([])).findings(in: found, others: others).map { "\($0.code) \($0.location?.file ?? "")" }
      .sorted()
  }

  @Test("a site as it was sealed gives no finding") func clean() async throws {
    #expect(try await findings(sampleFiles) == [])
  }

  @Test("a flipped byte, a missing, an extra and a renamed file are named, and so is a link") func changes()
    async throws
  {
    var flipped = sampleFiles
    flipped[0] = SealedFile(path: "index.html", holding: Array("<p>onE</p>".utf8))
    #expect(try await findings(flipped) == ["S022 index.html"])
    #expect(try await findings(Array(sampleFiles.dropFirst())) == ["S023 index.html"])
    #expect(try await findings(sampleFiles + [SealedFile(path: "evil.html", holding: [])]) == ["S024 evil.html"])
    var renamed = sampleFiles
    renamed[0].path = "Index.html"
    #expect(try await findings(renamed) == ["S023 index.html", "S024 Index.html"])
    #expect(try await findings(sampleFiles, others: ["link"]) == ["S024 link"])
  }

  // MARK: Signatures

  @Test("a signature is OpenSSL's for the same key, and OpenSSL's is ours") func oracle() throws {
    let key = try SigningKey(pem: SampleKeys.signing)
    #expect(key.publicKey.id == "d1f36517b6c080d159e1aab1c9e62e23bf034a0c378c74a5902dd98f97966165")
    // Of `DSSEv1 28 application/vnd.in-toto+json 5 hello`, by `openssl pkeyutl -sign -rawin`.
    let known = "n9edIqlw4FuReFEi7pMQd4HTXIlaCOR59jS6EurSX0DQqBsLq0QtIlYL3jTjoCxIxr/9EjITCDKxnTuCyv7CAA=="
    var envelope = try Envelope(Array("hello".utf8), signedWith: key)
    envelope.signatures[0].bytes = Array(try #require(Data(base64Encoded: known)))
    #expect(envelope.isSigned(by: try VerificationKey(pem: SampleKeys.verifying)))
    envelope.payload = Array("hellO".utf8)
    #expect(!envelope.isSigned(by: try VerificationKey(pem: SampleKeys.verifying)))
  }

  @Test("what a signature proves: with the key, the wrong key, no key, none at all, and of another seal")
  func proofs() async throws {
    let sealed = await seal(try ledger([try release("2.4.0")]))
    let key = try VerificationKey(pem: SampleKeys.verifying)
    let signature = try sealed.signature(with: try SigningKey(pem: SampleKeys.signing))
    #expect(sealed.proof(by: signature, key: key) == .signed(key: key.id))
    #expect(sealed.proof(by: signature, key: nil) == .unchecked)
    #expect(sealed.proof(by: nil, key: nil) == .unsigned)
    #expect(sealed.proof(by: nil, key: key).isBroken)
    #expect(sealed.proof(by: signature, key: try VerificationKey(pem: SampleKeys.other)).isBroken)
    let other = await seal(try ledger([]))
    #expect(other.proof(by: signature, key: key).isBroken)
    #expect(other.proof(by: signature, key: nil).isBroken)
    for index in signature.indices {
      var changed = signature
      changed[index] ^= 1
      if !sealed.proof(by: changed, key: key).isBroken {
        Issue.record("byte \(index) of the signature can be changed unseen")
      }
    }
  }

  @Test("what is no Ed25519 key is refused with its reason") func badKeys() {
    #expect(throws: KeyProblem.self) { try SigningKey(pem: SampleKeys.elliptic) }
    #expect(throws: KeyProblem.self) { try SigningKey(pem: SampleKeys.verifying) }
    #expect(throws: KeyProblem.self) { try SigningKey(pem: "no key") }
    #expect(throws: KeyProblem.self) {
      try SigningKey(pem: "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----")
    }
    #expect(throws: KeyProblem.self) { try VerificationKey(pem: SampleKeys.signing) }
    #expect(throws: KeyProblem.self) { try VerificationKey(pem: "") }
  }
}

extension Seal.Proof {
  fileprivate var isBroken: Bool {
    if case .broken = self { true } else { false }
  }
}
