import Foundation
import Testing

/// The built command, run as a person runs it.
enum GazetteProcess {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The program that the build has put beside the tests.
  static let program: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    let here = [bundle, bundle.deletingLastPathComponent(), Bundle.main.bundleURL].map {
      $0.appendingPathComponent("gazette").path
    }
    return here.first { FileManager.default.isExecutableFile(atPath: $0) } ?? here[0]
  }()

  static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:], program: String = program
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    // Files instead of pipes: a program that says much would otherwise wait for us.
    let base = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { for end in [".out", ".err"] { try? FileManager.default.removeItem(atPath: base + end) } }
    for end in [".out", ".err"] { _ = FileManager.default.createFile(atPath: base + end, contents: nil) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: base + ".out")
    process.standardError = FileHandle(forWritingAtPath: base + ".err")
    try process.run()
    process.waitUntilExit()
    func text(_ end: String) -> String {
      String(decoding: FileManager.default.contents(atPath: base + end) ?? Data(), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: text(".out"), errors: text(".err"))
  }
}

/// A Git repository that is there for one test.
final class TemporaryRepository {
  let path: String

  init(files: [String: String] = [:], isGit: Bool = true) throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).resolvingSymlinksInPath().path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    if isGit { try git("init", "--quiet", "--initial-branch=main") }
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  func files(in folder: String) -> Set<String> {
    let names =
      FileManager.default.enumerator(atPath: path + "/" + folder)?.allObjects.compactMap { $0 as? String } ?? []
    var isFolder: ObjCBool = false
    return Set(
      names.filter {
        FileManager.default.fileExists(atPath: "\(path)/\(folder)/\($0)", isDirectory: &isFolder) && !isFolder.boolValue
      })
  }

  /// One day passes with every commit.
  private var days = 0

  func commit(_ subject: String, tag: String? = nil) throws {
    days += 1
    let date = "2024-01-\(days < 10 ? "0" : "")\(days)T12:00:00Z"
    let environment = ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date]
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", subject, environment: environment)
    if let tag { try git("tag", "--annotate", "--message", tag, tag, environment: environment) }
  }

  func git(_ arguments: String..., environment: [String: String] = [:]) throws {
    let settings = [
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ana",
      "GIT_COMMITTER_NAME": "Ana",
      "GIT_AUTHOR_EMAIL": "ana@harbor.example", "GIT_COMMITTER_EMAIL": "ana@harbor.example",
    ]
    let outcome = try GazetteProcess.run(
      ["git"] + arguments, in: path, environment: settings.merging(environment) { _, new in new },
      program: "/usr/bin/env")
    try #require(outcome.status == 0, "git \(arguments.joined(separator: " ")): \(outcome.errors)")
  }

  func gazette(_ arguments: String..., environment: [String: String] = [:]) throws -> GazetteProcess.Outcome {
    try GazetteProcess.run(arguments, in: path, environment: environment)
  }
}
