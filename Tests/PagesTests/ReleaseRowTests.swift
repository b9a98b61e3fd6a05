import Model
import Testing

@testable import Pages

@Suite("A release in a list") struct ReleaseRowTests {
  private func notes(_ plain: String, headings: [String] = [], allChanges: Bool = false) -> Notes {
    let headings = headings.map { RichText.Heading(level: 1, text: $0, anchor: $0.lowercased()) }
    let text = RichText(markdown: plain, pieces: [.html(plain)], plainText: plain, headings: headings)
    return Notes(prose: Prose(text), origin: .changelog, isAllChanges: allChanges, at: place())
  }

  @Test(
    "its sentence is the first that tells something",
    arguments: [
      ("Added\nTwo thresholds for a sensor\nFixed\nNothing is lost any more", "Two thresholds for a sensor"),
      ("Bug fixes:\nThe cursor stays valid", "The cursor stays valid"),
      ("Quiet hours\nNobody is woken by a warning. Alarms still ring.", "Nobody is woken by a warning."),
      ("Bugfixes\nThe cursor stays valid", "The cursor stays valid"),
      ("Unvendored", "Unvendored"),
    ])
  func sentence(plain: String, brief: String) throws {
    var release = try release("2.4.0")
    release.title = "Quiet hours"
    release.notes = notes(plain, headings: ["Added", "Fixed"])
    #expect(release.brief() == brief)
    release.summary = prose("The summary wins.")
    #expect(release.brief() == "The summary wins.")
  }

  @Test("where the notes are changes, it is the one that matters most") func changes() throws {
    var release = try release("2.4.0")
    release.notes = notes("Fixed\nA cursor\nRemoved", headings: ["Fixed", "Removed"], allChanges: true)
    release.changes = [change("a", .fix, "A cursor stays valid"), change("b", .breaking, "Cursors are text")]
    #expect(release.brief() == "Cursors are text")
  }

  @Test("bare commits are counted, for the first is as good as the last") func commits() throws {
    var release = try release("2.4.0")
    release.changes = ["Merge", "Bump", "Tidy"].map {
      Change(id: "c-" + $0, kind: nil, text: prose($0), origin: .commit, at: place())
    }
    #expect(release.brief() == "3 commits")
    release.changes[1].kind = .fix
    #expect(release.brief() == "Bump")
  }
}
