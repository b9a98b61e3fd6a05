import Foundation
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The folder of the site, as users and machines spoil it.
@Suite("Output") struct OutputTests {
  private static var isRoot: Bool { getuid() == 0 }

  @Test(
    "an output that is no place for a site is refused, and nothing is written",
    arguments: [
      ("F", "S001"), ("F/x", "S001"), (".", "S002"), ("..", "S002"), ("/", "S002"), ("content", "S003"),
      ("content/x", "S003"), ("content/../content/releases", "S003"), (".git/x", "S003"), ("foreign", "S004"),
    ])
  func refused(output: String, code: String) throws {
    let repository = try SmallSite.repository()
    try repository.write("x", to: "F")
    try repository.write("x", to: "foreign/a.txt")
    let before = repository.files(in: ".")
    let outcome = try repository.gazette("build", "--output", output)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[\(code)]") && outcome.output.contains("help: name"), "\(outcome.output)")
    #expect(repository.files(in: ".") == before)
  }

  @Test("--force builds among foreign files, keeps them, and needs no second --force") func force() throws {
    let repository = try SmallSite.repository()
    try repository.write("mine", to: "out/a.txt")
    #expect(try repository.gazette("build", "--output", "out", "--force").status == 0)
    #expect(try repository.gazette("build", "--output", "out").status == 0)
    #expect(repository.text("out/a.txt") == "mine")
  }

  @Test("an output that may not be written is refused", .enabled(if: !isRoot, "root may write anywhere"))
  func readOnly() throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell("mkdir out; chmod 555 out; \"$0\" build --output out/x")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[S007]"))
  }

  @Test("an output on a file system that is read only is refused", .enabled(if: isRoot, "only root can mount one"))
  func readOnlyMount() throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell(
      """
      mkdir out; mount -t tmpfs -o ro,size=64k tmpfs out 2> /dev/null || exit 99
      "$0" build --output out; status=$?; umount out; exit $status
      """)
    if outcome.status == 99 { return }
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[S007]"))
  }

  @Test("where files may not grow, the old site stays whole") func smallFiles() throws {
    let repository = try SmallSite.repository()
    #expect(try repository.gazette("build").status == 0)
    let before = repository.contents(of: "_site")
    try repository.write(
      String(repeating: "- A long line of notes for the release\n", count: 4000), to: SmallSite.notes)
    let outcome = try repository.shell("ulimit -f 64; exec \"$0\" build")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("the site is as it was"), "\(outcome.errors)")
    #expect(repository.contents(of: "_site") == before)
    #expect(try repository.gazette("build").status == 0)
    #expect(repository.files(in: ".").allSatisfy { !$0.contains("gazette-work") && !$0.contains("gazette-lock") })
  }

  @Test("a full disk leaves no part of a site", .enabled(if: isRoot, "only root can mount a small one")) func fullDisk()
    throws
  {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell(
      """
      mkdir out; mount -t tmpfs -o size=128k tmpfs out 2> /dev/null || exit 99
      "$0" build --output out; status=$?; ls -A out; umount out; exit $status
      """)
    if outcome.status == 99 { return }
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("make room and build again"), "\(outcome.errors)")
  }

  @Test("of builds at once, each writes the whole site or says that another does") func atOnce() throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell(
      """
      for i in 1 2 3 4; do ("$0" build > "$i.out" 2> "$i.err"; echo $? > "$i.status") & done; wait
      cat *.status | sort -u | tr '\\n' ' '; cat *.err | grep -c 'error: ' ; cat *.err | grep -c 'another build is writing'
      """)
    let words = outcome.output.split(whereSeparator: \.isWhitespace)
    #expect(words.first == "0", "\(outcome.output)")
    #expect(words.dropFirst().first == "2" || words.count == 3)
    #expect(words.suffix(2).first == words.last)
    #expect(try repository.gazette("build").status == 0)
  }
}
