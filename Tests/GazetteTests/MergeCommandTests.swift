import Foundation
import Testing

/// A site in parts, by the command, and everything that can go wrong with them.
@Suite("Parts, by the command") struct MergeCommandTests {
  /// A checkout with its site in `whole` and the parts of three in `p1` to `p3`.
  private func builtInParts() throws -> TemporaryRepository {
    let repository = try SmallSite.repository()
    #expect(try repository.gazette("build", "--output", "whole").status == 0)
    for number in 1...3 {
      let built = try repository.gazette("build", "--shard", "\(number)/3", "--output", "p\(number)")
      #expect(built.status == 0, "\(built.output)\(built.errors)")
    }
    return repository
  }

  @Test("parts become a site; what the words say can be done") func words() throws {
    let repository = try SmallSite.repository()
    for number in 1...2 {
      let built = try repository.gazette("build", "--shard", "\(number)/2")
      #expect(built.status == 0 && built.errors == "", "\(built.output)\(built.errors)")
      #expect(built.output.hasPrefix("_part-\(number)/ is part \(number)/2 of a site of 1 release, with "))
      #expect(built.output.contains("Join it with the others: `gazette merge DIR…`."))
    }
    #expect(!repository.exists("_site"))
    let merged = try repository.gazette("merge", "_part-2", "_part-1/")
    #expect(merged.status == 0 && merged.errors == "", "\(merged.output)\(merged.errors)")
    #expect(merged.output.hasPrefix("_site/ has ") && merged.output.contains(" out of 2 parts: "), "\(merged.output)")
    #expect(try repository.gazette("verify", "_site", "--strict").status == 0)
    #expect(try repository.gazette("build").output.contains("nothing changed"))
    // A part is no site, and nothing that a merge leaves behind.
    let verified = try repository.gazette("verify", "_part-1").output
    #expect(verified.contains("error[S020]") && verified.contains("help: join it with the others"), "\(verified)")
    #expect(try repository.gazette("build", "--output", "_part-1").status == 0)
    #expect(!repository.exists("_part-1/.gazette-part"))
    #expect(repository.contents(of: "_part-1") == repository.contents(of: "_site"))
  }

  @Test(
    "a part that cannot be is wrong usage, and the words show one that can",
    arguments: [
      ["--shard", "0/3"], ["--shard", "4/3"], ["--shard", "x"], ["--shard", ""], ["--shard", "1/3", "--plan"],
      ["--shard", "1/3", "--sign", "key.pem"],
    ])
  func usage(arguments: [String]) throws {
    let repository = try SmallSite.repository()
    let outcome = try GazetteProcess.run(["build"] + arguments, in: repository.path)
    #expect(outcome.status == 2)
    #expect(
      ["such as 3/16", "leave out --shard", "gazette merge --sign KEY"].contains { outcome.errors.contains($0) },
      "\(outcome.errors)")
    #expect(repository.files(in: ".").allSatisfy { !$0.hasPrefix("_part") && !$0.hasPrefix("_site") })
  }

  @Test("parts that do not make a site are refused by name, and nothing is written") func refused() throws {
    let repository = try builtInParts()
    try repository.write("x", to: "foreign/a.txt")
    func refusal(_ arguments: String..., code: String, _ words: String) throws {
      let outcome = try GazetteProcess.run(["merge", "--output", "out"] + arguments, in: repository.path)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("error[\(code)]") && outcome.output.contains(words), "\(outcome.output)")
      #expect(outcome.output.contains("= help: "), "\(outcome.output)")
      #expect(!repository.exists("out"))
    }
    try refusal("p1", "p3", code: "S033", "part 2 of 3 is missing")
    try refusal("p3", code: "S033", "2 of 3 parts are missing: 1, 2")
    try refusal("p1", "p2", "./p2", "p3", code: "S033", "`./p2` is part 2/3, and so is `p2`")
    try refusal("p1", "p2", "p4", code: "S031", "`p4` is no part of a site: there is no such folder")
    try refusal("p1", "p2", "whole", code: "S031", "it has no `.gazette-part`")
    try refusal("p1", "p2", "foreign", code: "S031", "`foreign` is no part of a site")
    #expect(try repository.gazette("merge").status == 2)

    let outcome = try repository.gazette("merge", "p1", "p2", "p3", "--output", "p2")
    #expect(outcome.status == 1 && outcome.output.contains("error[S003]: the output lies in `p2`"), "\(outcome.output)")
    #expect(try repository.gazette("merge", "p1", "p2", "p3", "--output", "p2/site").status == 1)
    #expect(try repository.gazette("merge", "p1", "p2", "p3", "--output", ".").output.contains("holds `p1`"))
    let foreign = try repository.gazette("merge", "p1", "p2", "p3", "--output", "foreign")
    #expect(foreign.status == 1 && foreign.output.contains("error[S004]"))
    let forced = try repository.gazette("merge", "p1", "p2", "p3", "--output", "foreign", "--force")
    #expect(forced.status == 0 && repository.text("foreign/a.txt") == "x")

    try repository.write("gazette part 1\n", to: "p3/.gazette-part")
    try refusal("p1", "p2", "p3", code: "S031", "its `.gazette-part` is not as Gazette wrote it")
  }

  @Test("parts of another commit, moment, audience, number or content are refused by name") func otherBuilds() throws {
    let repository = try builtInParts()
    func refusal(_ words: String, _ arguments: String...) throws {
      let build = ["build", "--shard", "2/3", "--output", "other"]
      let part = try GazetteProcess.run(build + arguments, in: repository.path)
      #expect(part.status == 0, "\(part.output)\(part.errors)")
      let outcome = try repository.gazette("merge", "p1", "other", "p3", "--output", "out")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("error[S032]: `other` ") && outcome.output.contains(words), "\(outcome.output)")
      #expect(!repository.exists("out"))
      try repository.remove("other")
    }
    try refusal(
      "is true for 2024-02-01T00:00:00Z, and `p1` is true for 2024-01-01T12:00:00Z", "--as-of", "2024-02-01T00:00Z")
    try refusal("is of the public and the internal site, and `p1` is of the public site", "--audience", "all")
    try refusal("is of the internal site, and `p1` is of the public site", "--audience", "internal")
    let count = try repository.gazette("build", "--shard", "2/2", "--output", "other")
    #expect(count.status == 0)
    let few = try repository.gazette("merge", "p1", "other", "--output", "out")
    #expect(few.output.contains("`other` is one of 2 parts, and `p1` is one of 3 parts"), "\(few.output)")
    try repository.remove("other")
    try repository.write("# Notes\n\n- Another thing\n", to: SmallSite.notes)
    try refusal("was made from other files or tags than `p1`")
    try repository.commit("Say it better")
    try refusal("is of the commit ")
  }

  @Test("a file of a part that was changed, removed or swapped is named") func changed() throws {
    let repository = try builtInParts()
    let page = try #require(repository.files(in: "p2").sorted().first { $0.hasSuffix(".html") })
    let was = try #require(repository.text("p2/" + page))
    for (now, words) in [(was + " ", "is not what was built"), (nil, "is missing")] {
      try repository.remove("p2/" + page)
      if let now { try repository.write(now, to: "p2/" + page) }
      let outcome = try repository.gazette("merge", "p1", "p2", "p3", "--output", "out")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("error[S034]: `p2/\(page)` \(words)"), "\(outcome.output)")
      #expect(!repository.exists("out"))
    }
    try repository.write(was, to: "p2/" + page)
    try repository.write("not in the list", to: "p2/more.html")
    #expect(try repository.gazette("merge", "p1", "p2", "p3", "--output", "out").status == 0)
    #expect(repository.contents(of: "out") == repository.contents(of: "whole"))
  }

  @Test("links that lead nowhere are found by the merge, in the words of one build") func brokenLinks() throws {
    let repository = try SmallSite.repository()
    let site = "https://releases.harbor.example"
    let links = "[Gone](\(site)/gone/), [nowhere](\(site)/security/#nowhere)"
    try repository.write("# Notes\n\n- \(links)\n", to: SmallSite.notes)
    try repository.commit("Link")
    let whole = try repository.gazette("build", "--output", "whole")
    #expect(whole.status == 1)
    #expect(whole.output.contains("/gone/") && whole.output.contains("#nowhere"), "\(whole.output)")
    for number in 1...3 {
      #expect(try repository.gazette("build", "--shard", "\(number)/3", "--output", "p\(number)").status == 0)
    }
    let merged = try repository.gazette("merge", "p3", "p1", "p2", "--output", "whole")
    #expect(merged.status == 1)
    #expect(merged.output == whole.output)
    #expect(!repository.exists("whole"))
  }

  @Test("a part shows failed outcomes and tells them by its status; gated, it writes nothing")
  func failedOutcomes() throws {
    let repository = try SmallSite.repository()
    try repository.write("rules: {evidence-present: {kinds: [tests]}}\n", to: "content/policy/releases.yml")
    try repository.commit("Ask for tests")
    let whole = try repository.gazette("build", "--audience", "all", "--output", "whole")
    #expect(whole.status == 1 && repository.exists("whole/internal/seal.json"), "\(whole.output)")
    for number in 1...2 {
      let arguments = ["build", "--audience", "all", "--shard", "\(number)/2", "--output", "p\(number)"]
      let gated = try GazetteProcess.run(arguments + ["--gated"], in: repository.path)
      #expect(gated.status == 1 && !repository.exists("p\(number)"))
      let part = try GazetteProcess.run(arguments + ["--report", "json=p\(number).json"], in: repository.path)
      #expect(part.status == 1)
      #expect(repository.text("p\(number).json")?.contains("evidence-present") == true)
    }
    let report = try repository.gazette("build", "--audience", "all", "--output", "again", "--report", "json").output
    let merged = try repository.gazette("merge", "p2", "p1", "--output", "joined", "--report", "json")
    #expect(merged.status == 1)
    #expect(merged.output == report && report.contains("evidence-present"), "\(merged.output)\(merged.errors)")
    #expect(repository.contents(of: "joined") == repository.contents(of: "whole"))
    let spoken = try repository.gazette("merge", "p1", "p2", "--output", "joined")
    #expect(spoken.status == 1 && spoken.output.contains("error[evidence-present]: "), "\(spoken.output)")
    #expect(spoken.output.contains("joined/ has ") && spoken.output.contains("nothing changed"), "\(spoken.output)")
  }

  @Test("a merge takes a baseline, and warnings for errors, as a build does") func baseline() throws {
    let repository = try SmallSite.repository()
    try repository.write("rules: {evidence-present: {kinds: [tests]}}\n", to: "content/policy/releases.yml")
    try repository.commit("Ask for tests")
    for number in 1...2 {
      #expect(try repository.gazette("build", "--shard", "\(number)/2").status == 1)
    }
    let written = try repository.gazette("merge", "_part-1", "_part-2", "--write-baseline", "known.yml")
    #expect(written.output.contains("known.yml accepts 1 finding"), "\(written.output)\(written.errors)")
    let baseline = try #require(repository.text("known.yml"))
    #expect(baseline.contains("evidence-present"), "\(baseline)")
    let lines = baseline.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      if line.contains("reason:") { return String(line.prefix { $0 != "r" }) + "reason: known" }
      if line.contains("expires:") { return String(line.prefix { $0 != "e" }) + "expires: 2024-06-01" }
      return String(line)
    }
    try repository.write(lines.joined(separator: "\n"), to: "known.yml")
    let accepted = try repository.gazette("merge", "_part-1", "_part-2", "--baseline", "known.yml")
    #expect(accepted.status == 0, "\(accepted.output)\(accepted.errors)")
    #expect(try repository.gazette("merge", "_part-1", "_part-2").status == 1)

    try repository.write(
      "rules: {evidence-present: {severity: warning, kinds: [tests]}}\n", to: "content/policy/releases.yml")
    try repository.commit("Only warn")
    for number in 1...2 { _ = try repository.gazette("build", "--shard", "\(number)/2") }
    #expect(try repository.gazette("merge", "_part-1", "_part-2").status == 0)
    #expect(try repository.gazette("merge", "_part-1", "_part-2", "--strict").status == 1)
  }

  @Test("a leak or a broken template is found by the part, which then writes nothing") func leaks() throws {
    let repository = try SmallSite.repository()
    try repository.write(
      "title: Harbor\nurl: https://releases.harbor.example/\nprivate: {patterns: ['HARB-\\d+']}\n",
      to: "content/gazette.yml")
    try repository.write("# Notes\n\n- A thing (HARB-4711)\n", to: SmallSite.notes)
    try repository.commit("Leak")
    let whole = try repository.gazette("build")
    #expect(whole.status == 1 && !repository.exists("_site"), "\(whole.output)")
    let parts = try (1...3).map { try repository.gazette("build", "--shard", "\($0)/3") }
    #expect(parts.contains { $0.status == 1 && $0.output.contains("HARB-4711") })
    for (number, part) in parts.enumerated() { #expect(repository.exists("_part-\(number + 1)") == (part.status == 0)) }
  }

  @Test("a merge signs as a build does, and nothing that no commit holds") func signed() throws {
    let repository = try SmallSite.repository()
    #expect(try repository.shell("openssl genpkey -algorithm ed25519 -out key.pem").status == 0)
    func parts() throws {
      for number in 1...2 { #expect(try repository.gazette("build", "--shard", "\(number)/2").status == 0) }
    }
    try parts()
    #expect(try repository.gazette("build", "--output", "whole", "--sign", "key.pem").status == 0)
    let merged = try repository.gazette("merge", "_part-1", "_part-2", "--sign", "key.pem")
    #expect(merged.status == 0, "\(merged.output)\(merged.errors)")
    #expect(repository.contents(of: "_site") == repository.contents(of: "whole"))
    #expect(try repository.gazette("merge", "_part-1", "_part-2", "--sign", "none.pem").status == 2)

    try repository.write("# Notes\n\n- Not committed\n", to: SmallSite.notes)
    try parts()
    let refused = try repository.gazette("merge", "_part-1", "_part-2", "--sign", "key.pem")
    #expect(refused.status == 1 && refused.output.contains("error[S029]"), "\(refused.output)")
    #expect(repository.contents(of: "_site") == repository.contents(of: "whole"))
  }
}
