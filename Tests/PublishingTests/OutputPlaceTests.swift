import Diagnostics
import Foundation
import Testing

@testable import Publishing

@Suite("Where a site may go") struct OutputPlaceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("title: x", to: "checkout/content/gazette.yml")
    try folder.write("x", to: "checkout/theme/release.mustache")
    try folder.write("x", to: "other/thesis.tex")
    try folder.write("gazette 1\nindex.html\n", to: "site/.gazette-manifest")
    try folder.write("x", to: "site/CNAME")
  }

  private func codes(_ output: String, isForced: Bool = false) throws -> [String] {
    try OutputPlace(folder.path + "/" + output)
      .findings(root: folder.path + "/checkout", sources: ["content", "theme"], isForced: isForced).map(\.code)
  }

  @Test("a new folder, an empty one and an earlier site are fine", arguments: ["checkout/_site", "new/deep", "site"])
  func fine(output: String) throws {
    #expect(try codes(output) == [])
  }

  @Test(
    "what would do harm is refused",
    arguments: [
      ("checkout", "S002"), (".", "S002"), ("checkout/", "S002"), ("checkout/../checkout", "S002"),
      ("checkout/content", "S003"), ("checkout/content/site", "S003"), ("checkout/theme/out", "S003"),
      ("checkout/.git/site", "S003"), ("other/thesis.tex", "S001"), ("other/thesis.tex/site", "S001"),
      ("other", "S004"),
    ])
  func refused(output: String, code: String) throws {
    #expect(try codes(output) == [code])
  }

  @Test("force takes a folder with foreign files, but never the checkout") func force() throws {
    #expect(try codes("other", isForced: true) == [])
    #expect(try codes("checkout", isForced: true) == ["S002"])
  }

  @Test("a link into the checkout does not hide where it leads") func links() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/checkout/content")
    #expect(try codes("link/site") == ["S003"])
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/dangling", withDestinationPath: "nowhere")
    #expect(throws: FileError.self) { try codes("dangling") }
  }

  @Test("a folder that may not be written is said to be so", .enabled(if: getuid() != 0, "root may write anywhere"))
  func readOnly() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path + "/site")
    #expect(try codes("site") == ["S007"])
  }
}
