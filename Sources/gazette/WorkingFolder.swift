import Foundation

/// The folder that the command was started in.
struct WorkingFolder {
  let path = FileManager.default.currentDirectoryPath

  /// A path that was given on the command line, from the root.
  func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : self.path + "/" + path }
}
