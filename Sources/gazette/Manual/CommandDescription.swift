import ArgumentParser
import Foundation

/// A command as it describes itself, for manuals.
struct CommandDescription: Decodable {
  var commandName: String
  var superCommands: [String]?
  var abstract: String?
  var discussion: String?
  var subcommands: [CommandDescription]?
  var arguments: [Argument]?
  var shouldDisplay: Bool?

  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable {
      var kind: String
      var name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: Kind
    var isOptional: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?

    /// As it is typed, such as `--output DIR`.
    var usage: String {
      let value = valueName ?? "VALUE"
      switch kind {
      case .positional: return value
      case .flag: return names?.map(\.text).joined(separator: ", ") ?? ""
      case .option: return (names?.map(\.text).joined(separator: ", ") ?? "") + " " + value
      }
    }

    /// What it does, with its default where the words do not have it.
    var words: String {
      let text = abstract ?? ""
      guard let defaultValue, !text.contains("default"), kind != .flag else { return text }
      return text + " (default: \(defaultValue))"
    }
  }

  /// With the words before it, such as `gazette export csv`.
  var fullName: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// Those that people type, without `help`.
  var commands: [CommandDescription] {
    (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
  }

  /// All but those that each command has; also those that only `--help-hidden` shows.
  var ownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      Set(argument.names?.map(\.name) ?? []).isDisjoint(with: ["help", "h", "version", "timings"])
    }
  }

  /// Such as `gazette gate PRODUCT VERSION [--to ENVIRONMENT]`.
  var synopsis: String {
    let parts = ownArguments.filter { $0.kind == .positional }.map { $0.isOptional ? "[\($0.usage)]" : $0.usage }
    let options = ownArguments.contains { $0.kind != .positional } ? ["[OPTION]…"] : []
    return ([fullName] + (commands.isEmpty ? parts + options : ["COMMAND"])).joined(separator: " ")
  }

  private struct Tool: Decodable {
    var command: CommandDescription
  }

  static func ofProgram() throws -> CommandDescription {
    try JSONDecoder().decode(Tool.self, from: Data(Program._dumpHelp().utf8)).command
  }
}
