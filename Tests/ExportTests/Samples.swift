import Diagnostics
import Export
import Model
import Testing

func place(_ file: String = "content/x.yml", _ line: Int = 1) -> Diagnostics.SourceLocation {
  Diagnostics.SourceLocation(file: file, line: line)
}

func located<Value>(_ value: Value) -> Located<Value> { Located(value, at: place()) }

func prose(_ text: String) -> Prose {
  Prose(RichText(markdown: text, pieces: [.html("<p>\(text)</p>")], plainText: text))
}

func release(_ version: String, _ status: Release.Status = .released, on day: String = "2026-10-20") throws -> Release {
  let version = try #require(Version(version, scheme: .semver))
  var release = Release(
    product: ProductID("gateway"), version: version, status: status, kind: .minor,
    at: place("content/releases/gateway/\(version.text).yml"))
  release.released = located(try #require(When(day)))
  release.changes = [
    Change(
      id: "search-fast", kind: .feature, text: prose("Search answers in half the time"), origin: .record, at: place()),
    Change(id: "find-gone", kind: .breaking, text: prose("`/v1/find` is gone"), origin: .record, at: place()),
  ]
  return release
}

func ledger(_ releases: [Release], formerly: [String] = []) throws -> Ledger {
  var product = Product(id: ProductID("gateway"), name: "Harbor Gateway", at: place("content/products/gateway.yml"))
  product.formerly = formerly
  var ledger = Ledger(site: Site(title: "Harbor releases"), asOf: try #require(Moment("2026-11-02T09:00Z")))
  let lineage = Lineage(parents: releases.map { _ in [] })
  ledger.shelves = [Ledger.Shelf(product: product, releases: releases, lineage: lineage)]
  return ledger
}

let sampleFiles = [
  SealedFile(path: "index.html", holding: Array("<p>one</p>".utf8)), SealedFile(path: "é.txt", holding: []),
  SealedFile(path: "a/b.css", holding: Array("p{}".utf8)),
]

let sampleInputs = SealedInputs(
  files: [SealedFile(path: "content/gazette.yml", holding: Array("title: Harbor\n".utf8))],
  refs: ["refs/tags/v1.0.0": "3f2a000000000000000000000000000000000000"])

func seal(
  _ facts: Ledger, files: [SealedFile] = sampleFiles, inputs: SealedInputs = sampleInputs, uncommitted: [String] = []
) async -> Seal {
  await Seal(
    files, of: facts, releases: SealedRelease.all(in: facts, slices: 2),
    commit: "3f2a000000000000000000000000000000000000", inputs: inputs, uncommitted: uncommitted,
    gazetteVersion: "0.1.0")
}

/// Made for these tests with `openssl genpkey -algorithm ed25519`, and used for nothing else.
enum SampleKeys {
  static let signing = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIGucajX4ukdM9CS4w7iXXbKDGBSD/lyrs0fx20s0QRY8
    -----END PRIVATE KEY-----
    """
  static let verifying = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAaU91izyxgLvsR9BTQM7BlBtCzYqsvVROmAVrhxSHfY8=
    -----END PUBLIC KEY-----
    """
  static let other = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAsw/ZOyyNLonMZS/+MOYJBCWHj7ML00pnT40eLH1mxOc=
    -----END PUBLIC KEY-----
    """
  static let elliptic = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJH0GYsy6oklgpno6
    Q+jNrXfbnSVW9mDx4yg+xf3aUBKhRANCAAQaELmNrDbVNsM16baORlg0h0MT3QeF
    yVY5y/DStn0sJ4n3+R3yVUpcjL3K4zv7FCeWdPZgcQCiC/CgOsM2Qlv6
    -----END PRIVATE KEY-----
    """
}
