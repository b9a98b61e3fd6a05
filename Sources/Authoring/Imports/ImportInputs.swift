package import Diagnostics
import Foundation
import Ingest

/// Files that are to be imported. They may lie anywhere: whoever names them may read them.
package struct ImportInputs: Sendable {
  package struct File: Sendable {
    /// As it was named, or below the folder that was.
    package var path: String
    package var bytes: [UInt8]

    /// The last step of its path without its ending.
    var stem: String {
      let name = path.split(separator: "/").last ?? ""
      return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    }

    var ending: String {
      let name = path.split(separator: "/").last ?? ""
      return name.lastIndex(of: ".").map { name[$0...].dropFirst().lowercased() } ?? ""
    }

    var start: SourceLocation { SourceLocation(file: path) }
  }

  package private(set) var files: [File] = []
  package private(set) var report = Report()

  /// Reads files, and of folders all that have one of the endings, in the order of their bytes.
  /// - Parameter folder: What relative paths are relative to.
  package init(_ paths: [String], in folder: String, endings: [String]) throws(FileError) {
    for path in paths {
      let place = path.hasPrefix("/") ? path : folder + "/" + path
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
        throw FileError(path, "no such file or folder", help: "name what is to be imported")
      }
      if isFolder.boolValue {
        let found = try ImportInputs.names(below: place, endings: endings)
        if found.isEmpty {
          report.error(
            .importUnreadable,
            "the folder `\(path)` has no files ending in "
              + endings.map { "`.\($0)`" }.joined(separator: " or "),
            help: "name another folder, or the files themselves")
        }
        for name in found { try read(path.hasSuffix("/") ? path + name : path + "/" + name, at: place + "/" + name) }
      } else {
        try read(path, at: place)
      }
    }
  }

  private static func names(below folder: String, endings: [String]) throws(FileError) -> [String] {
    do {
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      return names.filter { name in
        let steps = name.split(separator: "/")
        return endings.contains { name.hasSuffix("." + $0) } && !steps.contains { $0.hasPrefix(".") }
      }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw FileError(folder, error.localizedDescription)
    }
  }

  private mutating func read(_ path: String, at place: String) throws(FileError) {
    do {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: place).resolvingSymlinksInPath().path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw FileError(path, "is no file", help: "name a file, or a folder of files")
      }
      guard (attributes[.size] as? Int ?? 0) <= Checkout.largestText else {
        report.error(
          .importUnreadable, "the file is larger than \(Checkout.largestText >> 20) MiB",
          at: SourceLocation(file: path), help: "import a part of it")
        return
      }
      files.append(File(path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: place)))))
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(path, error.localizedDescription)
    }
  }
}
