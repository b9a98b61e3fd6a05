import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

/// What a marked record of a release gives.
private func findings(_ marked: String) -> [String] {
  let input = MarkedText(marked)
  var check = ShapeCheck()
  _ = check.value(of: TextFile(path: "a.yml", text: input.text), as: .shape(ReleaseFields.shape))
  return input.findings(of: check.report, in: "a.yml")
}

private func help(_ text: String) -> [String] {
  var check = ShapeCheck()
  _ = check.value(of: TextFile(path: "a.yml", text: text), as: .shape(ReleaseFields.shape))
  return check.report.diagnostics.compactMap(\.help)
}

@Suite struct ShapeCheckTests {
  @Test("an unknown key is named, with the key that was meant")
  func unknownKey() {
    #expect(findings("status: released\n1️⃣relased: 2026-10-20\n") == ["1 C002"])
    #expect(help("status: released\nrelased: 2026-10-20\n") == ["did you mean `released`?"])
    #expect(findings("status: released\n1️⃣<<: {a: 1}\n") == ["1 C002"])
    #expect(help("status: released\n<<: {a: 1}\n") == ["merge keys are no part of the format; write the keys out"])
  }

  @Test("a missing key points at the mapping that lacks it")
  func missingKey() {
    #expect(findings("1️⃣title: Faster\n") == ["1 C004"])
    #expect(
      findings("status: released\nchanges:\n  - 1️⃣kind: fix\n  - 2️⃣{text: x, kind: fix, 3️⃣tect: y}\n  - 4️⃣{}\n")
        == ["1 C004", "3 C002", "4 C004", "4 C004"])
    #expect(findings("1️⃣") == ["1 C004"])
    #expect(findings("1️⃣status:\ntitle: x") == ["1 C004"])
  }

  @Test("every problem of a file is reported, not the first")
  func all() {
    #expect(
      findings(
        """
        status: 1️⃣relased
        owner: 2️⃣Ana Ruiz
        authors: 3️⃣ben
        unplanned: 4️⃣yes
        released: 5️⃣2026-02-30
        scope_frozen: 6️⃣2026-10-14T17:00
        build: 7️⃣[ci-1]
        previous: 8️⃣2.3 or so
        """) == ["1 C012", "2 C013", "3 C005", "4 C011", "5 C010", "6 C010", "7 C005", "8 C014"])
  }

  @Test("helps say what to write instead")
  func helps() {
    #expect(help("status: relased") == ["did you mean `released`?"])
    #expect(help("status: planned\nowner: Ana Ruiz") == ["use a–z, 0–9 and `-` only, such as `ana-ruiz`"])
    #expect(help("status: planned\nauthors: ben") == ["write `authors: [ben]`"])
    #expect(
      help("status: planned\nchanges: [just text]") == [
        "write a mapping, a change, such as `{kind: feature, text: …}`"
      ])
    #expect(help("status: planned\nchanges: just text") == ["write `changes: [{kind: feature, text: …}]`"])
    var site = ShapeCheck()
    let people = "title: x\npeople: {ana: {name: Ana, roles: [release-manager]}}"
    _ = site.value(of: TextFile(path: "a.yml", text: people), as: .shape(SiteFields.shape))
    #expect(
      site.report.diagnostics.compactMap(\.help) == [
        "write a mapping, a role, such as `{id: release-manager, from: 2026-01-01}`"
      ])
    #expect(help("status: planned\nunplanned: yes") == ["write `true`"])
    #expect(help("status: planned\nreleased: 2026-10-14T17:00") == ["add `Z` for UTC, or an offset such as `+01:00`"])
  }

  @Test("a look-alike letter in an id is shown by its number")
  func lookAlike() {
    var check = ShapeCheck()
    _ = check.value(of: TextFile(path: "a.yml", text: "status: planned\nowner: аna"), as: .shape(ReleaseFields.shape))
    #expect(check.report.diagnostics.map(\.message) == ["`owner` is `аna`, not an id: it holds `а` (U+0430)"])
  }

  @Test(
    "values that are not of their form",
    arguments: [
      ("build: {url: 1️⃣ci.example.org}", "1 C017"), ("artifacts: [{name: x, digest: 1️⃣'sha256:12'}]", "1 C016"),
      ("artifacts: [{name: x, size: 1️⃣ten}]", "1 C011"), ("security: [{id: CVE-2026-1, cvss: 1️⃣11}]", "1 C011"),
      ("upgrade: {guide: 1️⃣../secret.md}", "1 C015"), ("upgrade: {guide: 1️⃣/etc/passwd}", "1 C015"),
      ("upgrade: {from: 1️⃣'>='}", "1 C014"), ("commit: 1️⃣HEAD", "1 C016"), ("scheduled: 1️⃣tomorrow", "1 C010"),
      ("scheduled: 1️⃣{until: 2026-01-01}", "1 C004"), ("scheduled: {at: 2026-01-02, until: 1️⃣2026-01-01}", "1 C020"),
      ("title: 1️⃣''", "1 C005"), ("changes: [1️⃣null]", "1 C005"), ("changes: {1️⃣a: b}", "C005"),
      ("because_of: 1️⃣{}", "1 C004"), ("1️⃣commits: [{source: main}]\ntag: v1", "1 C019"),
      ("evidence: [1️⃣{id: a}]", "1 C004"), ("evidence: [{id: 1️⃣A/B, statement: x}]", "1 C013"),
      ("rollout: {stages: [{environment: production, baked: 1️⃣2h}]}", "1 C010"),
      ("rollout: {stages: [{environment: p, started: 2026-01-02, finished: 1️⃣2026-01-01}]}", "1 C020"),
      ("amendments: [{at: 2026-01-01, fields: [1️⃣securty], reason: x}]", "1 C002"),
    ])
  func forms(_ text: String, _ finding: String) {
    let found = findings("status: planned\n" + text)
    #expect(found.count == 1 && found[0].hasSuffix(finding))
  }

  @Test("several ways to write one field give the same value")
  func alternatives() throws {
    func schedule(_ text: String) -> String? {
      var check = ShapeCheck()
      let fields = check.value(of: TextFile(path: "a.yml", text: text), as: .shape(ReleaseFields.shape))
      return fields?.value(ReleaseFields.scheduled)?.at.value.iso
    }
    #expect(schedule("status: planned\nscheduled: 2026-10-20T09:00+01:00") == "2026-10-20T08:00:00Z")
    #expect(
      schedule("status: planned\nscheduled: {at: 2026-10-20T09:00+01:00, window: weekday}") == "2026-10-20T08:00:00Z")
    #expect(schedule("status: planned\nscheduled: null") == nil)
  }

  @Test("the shapes can be walked as data, with distinct names and a line about each key")
  func shapes() {
    var names: [String: Int] = [:]
    func walk(_ form: FormDeclaration) {
      switch form {
      case .scalar, .choice, .open: break
      case .list(let element), .keyed(let element): walk(element)
      case .either(let forms): forms.forEach(walk)
      case .shape(let shape):
        #expect(names[shape.name] == nil || names[shape.name] == shape.fields.count, "two shapes named \(shape.name)")
        names[shape.name] = shape.fields.count
        #expect(Set(shape.fields.map(\.key)).count == shape.fields.count)
        for field in shape.fields {
          #expect(field.about.hasSuffix("."))
          walk(field.form)
        }
      }
    }
    for shape in ContentShape.all { walk(shape.form) }
    #expect(names["release"] == 47)
    #expect(names["approval"] == 9)
  }
}
