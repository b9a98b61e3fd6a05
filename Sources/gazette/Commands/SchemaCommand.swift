import ArgumentParser
import Authoring
import Diagnostics
import Foundation
import Ingest
import Publishing

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "JSON Schemas of all content files, for editors.",
    usage: "gazette schema [KIND] [OPTION]…",
    discussion: """
      A YAML language server then offers keys and words, and shows what each means.
      In a file:
        # yaml-language-server: $schema=../../../schemas/release.schema.json

      Examples:
        gazette schema                     lists the kinds and the files they are for
        gazette schema release
        gazette schema --output schemas    writes one file for each kind
      """)

  @Argument(help: ArgumentHelp("A kind of file, such as release.", valueName: "KIND"))
  var kind: String?

  @Option(help: ArgumentHelp("Write the schemas into that folder.", valueName: "DIR"))
  var output: String?

  func run() throws {
    let known = ContentShape.described
    let wanted = try kind.map { name in
      guard let kind = known.first(where: { $0.name == name }) else {
        throw UsageError(
          "there is no kind `\(name)`", help: suggestion(for: name, among: known.map(\.name)))
      }
      return [kind]
    }
    if let output {
      try write(wanted ?? known, to: output)
    } else if let kind = wanted?.first {
      Console.standardOutput.write(schema(of: kind).document.text)
    } else {
      let width = known.map(\.name.count).max() ?? 0
      let lines = known.map { kind in
        kind.name + String(repeating: " ", count: width - kind.name.count) + "  " + place(of: kind) + "\n"
      }
      Console.standardOutput.write(lines.joined())
    }
  }

  private func schema(of kind: ContentShape) -> ContentSchema {
    ContentSchema(of: kind, rules: Explanation.rules.map { ($0.id, $0.title) })
  }

  private func place(of kind: ContentShape) -> String {
    switch kind.name {
    case ContentShape.baseline.name: "what `check --baseline` reads"
    default: "content/" + kind.files + (kind.isFrontMatter ? " (front matter)" : "")
    }
  }

  private func write(_ kinds: [ContentShape], to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(folder, "the folder cannot be made", help: "name one that may be written")
    }
    for kind in kinds {
      let schema = schema(of: kind)
      try OutputFile.write(Array(schema.document.text.utf8), to: folder + "/" + schema.fileName)
    }
    Console.standardOutput.write("\(folder)/ has \(counted(kinds.count, "schema")).\n")
  }
}
