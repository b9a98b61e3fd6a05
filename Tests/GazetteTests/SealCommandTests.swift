import Foundation
import Testing

/// Sites as they are sealed, spoiled and verified by the command.
@Suite("Seals, by the command") struct SealCommandTests {
  private static let signing = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIGucajX4ukdM9CS4w7iXXbKDGBSD/lyrs0fx20s0QRY8
    -----END PRIVATE KEY-----
    """
  private static let verifying = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAaU91izyxgLvsR9BTQM7BlBtCzYqsvVROmAVrhxSHfY8=
    -----END PUBLIC KEY-----
    """
  private static let other = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAsw/ZOyyNLonMZS/+MOYJBCWHj7ML00pnT40eLH1mxOc=
    -----END PUBLIC KEY-----
    """

  /// A checkout with a signed site in `_site`, the keys beside it.
  private func signedSite(_ arguments: String...) throws -> TemporaryRepository {
    let repository = try SmallSite.repository()
    try repository.write(Self.signing, to: "key.pem")
    try repository.write(Self.verifying, to: "key.pub")
    try repository.write(Self.other, to: "other.pub")
    let built = try GazetteProcess.run(["build", "--sign", "key.pem"] + arguments, in: repository.path)
    try #require(built.status == 0, "\(built.errors)")
    return repository
  }

  @Test("a site is as it was sealed, and the words say what that is worth") func clean() throws {
    let repository = try signedSite("--audience", "all")
    for audience in ["public", "internal"] {
      let proven = try repository.gazette("verify", "_site/\(audience)", "--key", "key.pub", "--strict")
      #expect(proven.status == 0, "\(proven.output)\(proven.errors)")
      #expect(proven.output.contains("the \(audience) site of commit "))
      #expect(proven.output.contains("signed with the key d1f36517b6c0"))
    }
    let unchecked = try repository.gazette("verify", "_site/public")
    #expect(unchecked.status == 0)
    #expect(unchecked.output.contains("was not checked"))
    #expect(try repository.gazette("verify", "_site/public", "--key", "other.pub").output.contains("S025"))
    #expect(try repository.gazette("verify", "_site").output.contains("S020"))
    #expect(try repository.gazette("verify", "_sites").status == 2)
  }

  @Test("a site without a signature finds accidents only, and says so; a key then finds it wanting") func unsigned()
    throws
  {
    let repository = try SmallSite.repository()
    try repository.write(Self.verifying, to: "key.pub")
    #expect(try repository.gazette("build").status == 0)
    let verified = try repository.gazette("verify", "_site")
    #expect(verified.status == 0)
    #expect(verified.output.contains("accidents, not attackers"))
    #expect(try repository.gazette("verify", "_site", "--key", "key.pub").status == 1)
  }

  @Test(
    "each way to spoil a site is named",
    arguments: ["flip", "remove", "add", "rename", "seal", "signature", "manifest", "link"])
  func spoiled(way: String) throws {
    let repository = try signedSite()
    let words: [String]
    switch way {
    case "flip":
      var bytes = try #require(repository.contents(of: "_site")["index.html"])
      bytes[bytes.count / 2] ^= 1
      try repository.write(Array(bytes), to: "_site/index.html")
      words = ["S022", "`index.html` is not what was sealed"]
    case "remove":
      try repository.remove("_site/404.html")
      words = ["S023", "`404.html` was sealed and is not there"]
    case "add":
      try repository.write("", to: "_site/a/b/evil.html")
      words = ["S024", "`a/b/evil.html` is foreign"]
    case "rename":
      try FileManager.default.moveItem(
        atPath: repository.path + "/_site/404.html", toPath: repository.path + "/_site/405.html")
      words = ["S023", "`404.html`", "S024", "`405.html`"]
    case "seal":
      let text = try #require(repository.text("_site/seal.json"))
      try repository.write(
        text.replacing("\"audience\":\"public\"", with: "\"audience\":\"internal\""), to: "_site/seal.json")
      words = ["S021"]
    case "signature":
      try repository.remove("_site/seal.dsse.json")
      words = ["S025", "there is no signature"]
    case "manifest":
      try repository.write("gazette 1\nindex.html\n", to: "_site/.gazette-manifest")
      words = ["S022", ".gazette-manifest"]
    default:
      try repository.link("_site/link.html", to: "index.html")
      words = ["S024", "`link.html` is foreign"]
    }
    let verified = try repository.gazette("verify", "_site", "--key", "key.pub", "--strict")
    #expect(verified.status == 1)
    for word in words { #expect(verified.output.contains(word), "\(verified.output)") }
  }

  @Test("what bears the name of Gazette's own files and is none is foreign; beside a signature that is an error")
  func ownNames() throws {
    let repository = try signedSite()
    try repository.write("<p>evil</p>", to: "_site/.gazette-work/a.html")
    try repository.write("1", to: "_site/.gazette-lock")
    let found = try repository.gazette("verify", "_site")
    #expect(found.status == 0 && found.output.contains("2 warnings"), "\(found.output)")
    #expect(found.output.contains("`.gazette-work/a.html` is foreign"))
    #expect(found.output.contains("`.gazette-lock` is foreign"))
    #expect(found.output.contains("Beside them are 2 foreign files."))
    #expect(try repository.gazette("verify", "_site", "--key", "key.pub").status == 1)
  }

  @Test("a release that vanished is missed by the older seal, also after history was written anew") func since() throws
  {
    let repository = try signedSite()
    try repository.write(try #require(repository.text("_site/seal.json")), to: "archive/seal.json")
    #expect(try repository.gazette("verify", "_site", "--since", "archive/seal.json").status == 0)
    try repository.remove(SmallSite.record)
    try repository.remove(SmallSite.notes)
    try repository.write("status: released\nreleased: 2024-01-02\n", to: "content/releases/gw/1.0.1.yml")
    try repository.remove(".git")
    try repository.git("init", "--quiet", "--initial-branch=main")
    try repository.commit("All new")
    #expect(try repository.gazette("build").status == 0)
    let verified = try repository.gazette("verify", "_site", "--since", "archive/seal.json")
    #expect(verified.status == 1)
    #expect(verified.output.contains("the release `gw/1.0.0` was published and is gone"))
    #expect(try repository.gazette("verify", "_site", "--since", "nowhere").status == 2)
  }

  @Test("nothing is signed that no commit holds; unsigned, the seal says so") func uncommitted() throws {
    let repository = try SmallSite.repository()
    try repository.write(Self.signing, to: "key.pem")
    try repository.write("# Notes\n\n- Another thing\n", to: SmallSite.notes)
    let signed = try repository.gazette("build", "--sign", "key.pem")
    #expect(signed.status == 1)
    #expect(signed.output.contains("S029"))
    let gated = try repository.gazette("build", "--gated")
    #expect(gated.status == 1 && gated.output.contains("S029"), "\(gated.output)")
    #expect(!repository.exists("_site"))
    #expect(try repository.gazette("build", "--audience", "internal").status == 0)
    #expect(try #require(repository.text("_site/seal.json")).contains("\"uncommitted\":[\"\(SmallSite.notes)\"]"))
    #expect(try repository.gazette("verify", "_site").output.contains("content that no commit holds"))
  }

  @Test("the same commit gives the same seal and signature") func sameBytes() throws {
    let repository = try signedSite()
    let first = repository.contents(of: "_site")
    try repository.remove("_site")
    #expect(try repository.gazette("build", "--sign", "key.pem", "--jobs", "1").status == 0)
    #expect(repository.contents(of: "_site") == first)
    let again = try repository.gazette("build", "--sign", "key.pem")
    #expect(again.output.contains("nothing changed"))
  }

  @Test("a key that cannot sign is status 2 and says how to make one") func badKey() throws {
    let repository = try SmallSite.repository()
    try repository.write(Self.verifying, to: "key.pub")
    let outcome = try repository.gazette("build", "--sign", "key.pub")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("cannot sign"))
    #expect(outcome.errors.contains("openssl genpkey"))
  }
}
