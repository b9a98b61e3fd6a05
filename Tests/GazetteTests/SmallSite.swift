import Foundation
import Testing

/// A checkout with one product and one release, nothing wrong with it, for a test to spoil.
enum SmallSite {
  static let record = "content/releases/gw/1.0.0.yml"
  static let notes = "content/releases/gw/1.0.0.md"

  static func repository() throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": "title: Harbor\nurl: https://releases.harbor.example/\n",
      "content/products/gw.yml": "name: Gateway\nversioning: semver\n",
      record: "status: released\nreleased: 2024-01-01\n",
      notes: "# Notes\n\n- A thing\n",
    ])
    try repository.commit("Release")
    return repository
  }
}

extension TemporaryRepository {
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func link(_ name: String, to destination: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path + "/" + name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: destination)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  /// Every file below a folder with its bytes.
  func contents(of folder: String) -> [String: Data] {
    Dictionary(
      uniqueKeysWithValues: files(in: folder).map {
        ($0, FileManager.default.contents(atPath: "\(path)/\(folder)/\($0)") ?? Data())
      })
  }

  func shell(_ script: String, environment: [String: String] = [:]) throws -> GazetteProcess.Outcome {
    try GazetteProcess.run(
      ["-c", script, GazetteProcess.program], in: path, environment: environment, program: "/bin/bash")
  }
}
