import Authoring
import Testing

@Suite("Addresses of remotes") struct RemoteAddressTests {
  @Test(
    "every usual form is read, without names and passwords",
    arguments: [
      "https://github.com/owner/name.git", "https://user:secret@github.com/owner/name", "git@github.com:owner/name.git",
      "ssh://git@github.com:22/owner/name.git/", "git://github.com/owner/name",
    ])
  func forms(text: String) {
    let address = RemoteAddress(text)
    #expect(address?.host == "github.com")
    #expect(address?.path == "owner/name")
    #expect(address?.references.map(\.url) == ["https://github.com/owner/name/issues/$1"])
  }

  @Test(
    "a path on a disk, and what could break a file, is none",
    arguments: ["/srv/git/name.git", "../name", "C:/git/name", "file:///srv/git/name", "https://x.example/a'b/c", ""])
  func none(text: String) {
    #expect(RemoteAddress(text) == nil)
  }

  @Test("a host whose addresses are not known gives no references") func unknownHost() {
    #expect(RemoteAddress("https://code.example.com/a/b")?.references.isEmpty == true)
    #expect(RemoteAddress("https://gitlab.example.com/a/b/c")?.references.count == 2)
  }
}
