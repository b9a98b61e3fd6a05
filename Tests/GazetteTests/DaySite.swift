import Foundation
import Testing

/// A checkout with a product, people and environments, in which Ana, Ben and Dana work.
enum DaySite {
  static let settings = """
    title: Harbor
    people:
      ana: {name: Ana, emails: [ana@harbor.example], roles: [{id: release-manager}]}
      ben: {name: Ben, emails: [ben@harbor.example]}
      dana: {name: Dana, emails: [dana@harbor.example], roles: [{id: security}]}
    bots: ['ci@*']
    environments: [{id: staging}, {id: production, name: Production, production: true}]

    """
  static let report = """
    <testsuite name="search"><testcase name="finds" classname="search"/></testsuite>

    """

  /// - Parameter record: Of `gw` 1.0.0; `nil` for no release.
  static func repository(record: String? = "status: candidate\n") throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": settings, "content/products/gw.yml": "name: Gateway\n",
      "content/products/auth.yml": "name: Auth\n", "build/unit.xml": report,
    ])
    if let record { try repository.write(record, to: "content/releases/gw/1.0.0.yml") }
    try repository.commit("Begin")
    return repository
  }

  /// The environment of somebody who works there, at a moment.
  static func person(_ name: String, at date: String? = nil) -> [String: String] {
    var environment = [
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": name.capitalized, "GIT_AUTHOR_EMAIL": "\(name)@harbor.example",
      "GIT_COMMITTER_NAME": name.capitalized, "GIT_COMMITTER_EMAIL": "\(name)@harbor.example",
    ]
    if let date { (environment["GIT_AUTHOR_DATE"], environment["GIT_COMMITTER_DATE"]) = (date, date) }
    return environment
  }
}

extension TemporaryRepository {
  /// Runs the command as somebody, at a moment that is theirs and Git's.
  func gazette(
    _ arguments: [String], as person: String, at date: String? = nil, in folder: String? = nil
  ) throws -> GazetteProcess.Outcome {
    try GazetteProcess.run(arguments, in: folder ?? path, environment: DaySite.person(person, at: date))
  }

  /// What Git says; the work tree's state, for instance.
  func answer(_ arguments: String..., in folder: String? = nil) throws -> String {
    let outcome = try GazetteProcess.run(
      ["git"] + arguments, in: folder ?? path, environment: DaySite.person("ana"), program: "/usr/bin/env")
    try #require(outcome.status == 0, "git \(arguments.joined(separator: " ")): \(outcome.errors)")
    return outcome.output
  }

  /// The names of the parts of a release.
  func parts(of release: String) -> [String] { files(in: "content/releases/\(release).d").sorted() }
}
