import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Hostile evidence") struct HostileEvidenceTests {
  @Test("billion laughs, quadratic blow-up and entities in attributes are refused where they begin") func laughs() {
    let laughs = """
      <?xml version="1.0"?><!DOCTYPE testsuite [<!ENTITY a "ha">
      \((1..<10).map { "<!ENTITY a\($0) \"&a\($0 - 1);&a\($0 - 1);\">" }.joined(separator: "\n"))]><testsuite name="&a9;"/>
      """
    #expect(reading(laughs).problem == "1:54 E005")
    let long = String(repeating: "x", count: 100_000)
    let quadratic =
      "<!DOCTYPE testsuite [<!ENTITY x '\(long)'>]><testsuite name='\(String(repeating: "&x;", count: 10_000))'/>"
    #expect(reading(quadratic, as: .junit).problem.hasSuffix("E005"))
    #expect(
      reading("<!DOCTYPE t [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><testsuite/>", as: .junit).problem.hasSuffix(
        "E005"))
  }

  @Test("100,000 opening brackets or elements end at the limit") func depth() {
    let brackets = String(repeating: "[", count: 100_000)
    #expect(reading("{\"version\": \"2.1.0\", \"runs\": " + brackets).problem == "1:541 E004")
    #expect(reading(brackets, as: .sarif).problem == "1:513 E004")
    let elements = "<testsuite>" + String(repeating: "<a>", count: 100_000)
    #expect(reading(elements).problem.hasSuffix("E004"))
    let keys = String(repeating: "{\"a\":", count: 100_000)
    #expect(reading(keys, as: .sarif).problem.hasSuffix("E004"))
  }

  @Test(
    "JSON is read strictly, with the place of what is wrong",
    arguments: [
      ("{\"version\": \"2.1.0\",\n \"runs\": [],}", "2:13 E002"),
      ("{\"version\": \"2.1.0\", \"runs\": []} x", "1:34 E002"),
      ("{\"version\": \"a\tb\", \"runs\": []}", "1:15 E002"),
      ("{\"version\": \"2.1.0\", \"runs\": [], \"runs\": []}", "1:34 E002"),
      ("{\"version\": \"2.1.0\", \"runs\": [], \"r\\u0075ns\": []}", "1:34 E002"),
      ("{\"version\": \"\\ud800\", \"runs\": []}", "1:14 E002"), ("{\"version\": 1e999, \"runs\": []}", "1:13 E004"),
      ("{\"version\": 01, \"runs\": []}", "1:13 E002"), ("{\"version\": \"2.1.0\", \"runs\": [NaN]}", "1:31 E002"),
      ("{\"version\": \"2.1.0\", \"runs\": [] // x\n}", "1:33 E002"),
      ("{\"version\": \"é\", \"runs\": [}", "1:27 E002"),
      ("{\"version\": 3, \"runs\": []}", "1:13 E003"), ("{\"version\": \"2.1.0\", \"runs\": {}}", "1:30 E003"),
      ("{\"version\": \"2.1.0\",\n\"runs\": [{\"tool\":\n {\"driver\": {}}}]}", "3:13 E003"),
      ("{\"version\": \"2.1.0\", \"runs\": [1, 2", "1:35 E002"),
      ("", "1:1 E002"), ("{}\n{}", "2:1 E002"), ("{\"runs\": []}", "1:1 E003"),
    ])
  func strictJSON(text: String, problem: String) {
    #expect(reading(text, as: .sarif).problem == problem)
  }

  @Test("bytes that are no UTF-8 are refused, a mark and UTF-16 are read") func encodings() {
    let text = "{\"version\": \"2.1.0\", \"runs\": []}"
    #expect(reading([0xEF, 0xBB, 0xBF] + Array(text.utf8)).findings != nil)
    let little = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [little, big, [0xFF, 0xFE] + little, [0xFE, 0xFF] + big] { #expect(reading(bytes).findings != nil) }
    #expect(reading([0xFF, 0xFE, 0x7B, 0x00, 0x00, 0xD8], as: .sarif).problem == "- E006")
    #expect(
      reading(Array("{\"version\": \"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8), as: .sarif).problem == "1:14 E006")
    #expect(
      reading(Array("{\"x\": \"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8), as: .sarif).problem == "1:8 E006")
  }

  @Test("a file that breaks off anywhere is refused or is another file, and never read in half")
  func truncated() throws {
    let suite =
      "<testsuites>"
      + (0..<40).map { "<testcase name='é case \($0)'><failure message='no'>x</failure></testcase>" }.joined()
      + "</testsuites>"
    let results = (0..<40).map { "{\"ruleId\": \"a\", \"message\": {\"text\": \"é \($0)\\n\"}}" }.joined(
      separator: ", ")
    let log =
      "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"x\"}}, \"results\": [\(results)]}]}"
    let trace = "TN:\n" + (0..<20).map { "SF:\($0).c\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nend_of_record\n" }.joined()
    for (text, format, step) in [(suite, EvidenceFormat.junit, 41), (log, .sarif, 31), (trace, .lcov, 7)] {
      let bytes = Array(text.utf8)
      var refused = 0
      for end in stride(from: 0, to: bytes.count, by: step) {
        let outcome = reading(Array(bytes[..<end]), as: format)
        if outcome.problems.isEmpty { #expect(format == .lcov) } else { refused += 1 }
      }
      #expect(refused > 50)
    }
  }

  @Test("a report beyond the limit is refused by its size, and a document of any size is hashed")
  func size() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // A file of holes: it has the size and takes no room.
    let path = folder.appendingPathComponent("big.xml").path
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: UInt64(EvidenceContent.largest) + 1)
    try handle.close()
    let files = EvidenceFiles(checkout: FileReader(root: folder.resolvingSymlinksInPath().path), store: nil)
    let outcome = try files.outcome(of: EvidenceJob(source: .file("big.xml"), format: .junit))
    #expect(
      outcome.refusal == .tooLarge(size: EvidenceContent.largest + 1)
        && outcome.reading.reason?.contains("268435456") == true)
  }

  @Test("paths and links that leave the checkout are refused") func paths() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-\(UUID().uuidString)")
    let checkout = folder.appendingPathComponent("checkout")
    try FileManager.default.createDirectory(at: checkout, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("<testsuite/>".utf8).write(to: folder.appendingPathComponent("secret.xml"))
    try Data("<testsuite/>".utf8).write(to: checkout.appendingPathComponent("a b'\"\n<é>.xml"))
    try FileManager.default.createSymbolicLink(
      atPath: checkout.appendingPathComponent("link.xml").path, withDestinationPath: "../secret.xml")
    let files = EvidenceFiles(checkout: FileReader(root: checkout.resolvingSymlinksInPath().path), store: nil)
    func outcome(_ path: String) throws -> EvidenceOutcome {
      try files.outcome(of: EvidenceJob(source: .file(path), format: nil))
    }
    for path in ["../secret.xml", "/etc/passwd", "link.xml", "x/../../secret.xml", ".git/config"] {
      #expect(try outcome(path).refusal == .outside, "\(path)")
    }
    #expect(try outcome("a b'\"\n<é>.xml").tests != nil)
    #expect(try outcome(".").refusal == .notAFile)
  }

  @Test("what begins like one format and is another is never half of it") func confusion() {
    #expect(reading("<coverage clover='3'/>").reading.file?.format == .document)
    #expect(reading("<!DOCTYPE html><html></html>").reading.file?.format == .document)
    #expect(reading("{\"a\": 1}").reading.file?.format == .document)
    #expect(reading("<testsuite/>", as: .sarif).problem == "1:1 E002")
    #expect(reading("{}", as: .junit).problem.hasSuffix("E002"))
    #expect(EvidenceFiles.outcome(of: Array("{\"a\": ".utf8), path: "x.json", as: nil).problem == "1:7 E002")
    #expect(EvidenceFiles.outcome(of: Array("{\"a\": ".utf8), path: "x.txt", as: nil).problem == "")
  }

  @Test("flipped bytes never trap") func flipped() {
    var random = SeededGenerator(seed: 7)
    let texts = [
      "<?xml version='1.0' encoding='UTF-8'?><testsuites><testsuite name='a'><testcase name='b' time='1'><failure message='c'>d</failure></testcase></testsuite></testsuites>",
      "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"x\", \"rules\": [{\"id\": \"a\"}]}}, \"results\": [{\"ruleId\": \"a\", \"ruleIndex\": 0, \"message\": {\"text\": \"\\u00e9\", \"arguments\": [\"q\"]}}]}]}",
      "TN:\nSF:a\nDA:1,1\nBRDA:1,0,0,-\nLF:1\nend_of_record\n", "metric,value,unit,limit\n\"a\",1,ms,<= 2\n",
    ]
    for text in texts {
      for _ in 0..<500 {
        var bytes = Array(text.utf8)
        for _ in 0..<2 {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        for format in [nil, EvidenceFormat.junit, .sarif, .lcov, .performance, .axe] { _ = reading(bytes, as: format) }
      }
    }
  }
}
