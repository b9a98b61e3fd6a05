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

  // MARK: What commands make

  @Test(
    "a result goes into a pipe, behind a link and into a file that keeps its permissions",
    arguments: ["export csv releases", "schema release"])
  func places(command: String) throws {
    let repository = try SmallSite.repository()
    // Schemas go into a folder under names of their own.
    let isFolder = command.hasPrefix("schema")
    let file = isFolder ? "out/release.schema.json" : "out/x"
    let outcome = try repository.shell(
      """
      set -e; mkdir -p out; cd out
      mkfifo pipe; echo old > real; chmod 640 real; ln -s real link; ln -s later dangling; cd ..
      for name in pipe link dangling; do
        if [ $name = pipe ]; then cat out/pipe > got & fi
        rm -f \(file); ln -s $name \(file)
        timeout 60 "$0" \(command) --output \(isFolder ? "out" : file) > /dev/null
        wait
      done
      test -p out/pipe; test -L out/link; test -L out/dangling; test ! -L out/real
      stat -c %a out/real; "$0" \(command) > wanted
      cmp got wanted; cmp out/real wanted; cmp out/later wanted; ls out
      """)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasPrefix("640\n") && !outcome.output.contains("real."), "\(outcome.output)")
  }

  @Test(
    "what does not reach standard output is no success",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs a full disk"),
    arguments: [
      "export csv releases", "notes gw 1.0.0..1.0.0", "schema release", "metrics --format csv", "completion bash",
      "man", "explain C002", "check --report sarif", "--help", "calendar --format ics",
    ])
  func fullOutput(command: String) throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell("\"$0\" \(command) > /dev/full")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("did not reach standard output"), "\(outcome.errors)")
  }
}
