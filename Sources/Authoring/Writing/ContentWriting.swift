package import Diagnostics
package import Ingest
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Does an edit of the content: all of it, or nothing.
package struct ContentWriting: ~Copyable {
  private let root: String
  /// What takes back what was done, in the order in which it was done.
  private var undoing: [Step] = []

  private enum Step {
    case removeFile(String)
    case removeFolder(String)
    case write([UInt8], String)
  }

  /// - Parameter root: The top of the checkout, absolute and without links.
  package init(in root: String) {
    self.root = root
  }

  /// Writes new files first and removes old ones last, so that whoever is interrupted has too much rather than too
  /// little. No file is ever written over unless the edit replaces it, and nobody ever sees half of one.
  /// - Parameter copies: The bytes of files that stand nowhere yet, which are no texts.
  /// - Throws: When something cannot be done; then everything is as it was.
  package mutating func apply(_ edit: ContentEdit, copies: [String: [UInt8]] = [:]) throws(FileError) {
    do throws(FileError) {
      let created = edit.created.mapValues { Array($0.utf8) }.merging(copies) { text, _ in text }
      for (path, bytes) in created.sorted(by: { $0.key < $1.key }) { try create(path, bytes) }
      for (path, text) in edit.replaced.sorted(by: { $0.key < $1.key }) { try replace(path, Array(text.utf8)) }
      for path in edit.removed.sorted() { try remove(path) }
    } catch {
      undo()
      throw error
    }
  }

  /// Takes everything back, as far as the machine lets us.
  package mutating func undo() {
    for step in undoing.reversed() {
      switch step {
      case .removeFile(let path): unlink(path)
      case .removeFolder(let path): rmdir(path)
      case .write(let bytes, let path): _ = Result { try ContentWriting.write(bytes, to: path) }
      }
    }
    undoing = []
  }

  // MARK: Steps

  private mutating func create(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let (folder, name) = try folder(of: path)
    let place = folder + "/" + name
    // The same name in another process means the same bytes, so that it does not matter whose file this is.
    let draft = "\(folder)/.\(name).\(getpid())"
    try ContentWriting.failing(path) { try ContentWriting.write(bytes, to: draft) }
    defer { unlink(draft) }
    // Unlike a rename, a link never takes the place of a file that another process has just written.
    if link(draft, place) != 0 {
      let code = errno
      guard code != EEXIST else { throw .exists(path) }
      guard [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK].contains(code) else {
        throw .unwritable(path, Errno(rawValue: code).description)
      }
      try ContentWriting.failing(path) { try ContentWriting.write(bytes, to: place, isNew: true) }
    }
    undoing.append(.removeFile(place))
  }

  private mutating func replace(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let (folder, name) = try folder(of: path)
    let place = folder + "/" + name
    let old = try ContentWriting.failing(path) { try ContentWriting.bytes(of: place) }
    let draft = "\(folder)/.\(name).\(getpid())"
    try ContentWriting.failing(path) { try ContentWriting.write(bytes, to: draft) }
    guard rename(draft, place) == 0 else {
      let code = errno
      unlink(draft)
      throw .unwritable(path, Errno(rawValue: code).description)
    }
    undoing.append(.write(old, place))
  }

  private mutating func remove(_ path: String) throws(FileError) {
    let (folder, name) = try folder(of: path)
    let place = folder + "/" + name
    let old = try ContentWriting.failing(path) { try ContentWriting.bytes(of: place) }
    guard unlink(place) == 0 else { throw .unwritable(path, Errno(rawValue: errno).description) }
    undoing.append(.write(old, place))
  }

  /// The folder of a file, made where it is missing, and the name of the file in it.
  private mutating func folder(of path: String) throws(FileError) -> (folder: String, name: String) {
    guard let steps = CheckoutPath(path)?.text.split(separator: "/"), let name = steps.last else {
      throw .unwritable(path, "it is no path in the checkout")
    }
    var folder = root
    for step in steps.dropLast() {
      try stayInside(folder, for: path)
      folder += "/" + step
      if mkdir(folder, 0o777) == 0 {
        undoing.append(.removeFolder(folder))
      } else if errno != EEXIST {
        throw .unwritable(path, Errno(rawValue: errno).description)
      }
    }
    return (try stayInside(folder, for: path), String(name))
  }

  /// Where a folder is: a link may lead anywhere, but what is written stays in the checkout.
  @discardableResult
  private func stayInside(_ folder: String, for path: String) throws(FileError) -> String {
    guard let resolved = try resolvedPath(folder), resolved == root || resolved.hasPrefix(root + "/") else {
      throw .unwritable(path, "its folder leads out of the checkout")
    }
    return resolved
  }

  private static func write(_ bytes: [UInt8], to place: String, isNew: Bool = false) throws {
    let file = try FileDescriptor.open(
      FilePath(place), .writeOnly, options: [.create, isNew ? .exclusiveCreate : .truncate, .closeOnExec],
      permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
    do {
      try file.closeAfter { _ = try file.writeAll(bytes) }
    } catch {
      unlink(place)
      throw error
    }
  }

  private static func bytes(of place: String) throws -> [UInt8] {
    let file = try FileDescriptor.open(FilePath(place), .readOnly, options: [.closeOnExec])
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
        if count == 0 { return bytes }
        bytes += piece[..<count]
      }
    }
  }

  private static func failing<Result>(_ path: String, _ body: () throws -> Result) throws(FileError) -> Result {
    do {
      return try body()
    } catch Errno.fileExists {
      throw .exists(path)
    } catch {
      throw .unwritable(path, "\(error)")
    }
  }
}

extension FileError {
  fileprivate static func exists(_ path: String) -> FileError {
    FileError(path, "the file is there already", help: "nothing was changed; look at the file first")
  }

  fileprivate static func unwritable(_ path: String, _ reason: String) -> FileError {
    FileError(path, reason, help: "nothing was changed; see whether the folder can be written to")
  }
}
