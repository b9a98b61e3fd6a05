import Diagnostics
import SystemPackage

/// Reads files below a folder and nothing outside it, as they stand there or as a commit has them.
struct FileReader: Sendable {
  enum Reading: Sendable {
    case bytes([UInt8])
    case refused(Refusal)
  }

  enum Refusal: Error, Hashable, Sendable {
    case missing
    case outside
    case notAFile
    case tooLarge(size: Int)
  }

  /// Absolute and without links.
  let root: String
  /// What is read instead of what stands in the folder.
  var commit: CommitFiles?

  /// - Parameter path: Normal, as ``CheckoutPath`` makes it.
  func read(_ path: String, limit: Int) throws(FileError) -> Reading {
    if let commit { return try commit.read(path, limit: limit, workTree: FileReader(root: root)) }
    return try open(path) { file in try contents(of: file, at: path, limit: limit) }
  }

  /// Goes once over the bytes of a file of any size, piece by piece.
  /// - Returns: Why the file cannot be read; `nil` when all of it was.
  func pass(over path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> Refusal? {
    if let commit {
      if let path = commit.pathInWorkTree(path) { return try FileReader(root: root).pass(over: path, body) }
      switch try read(path, limit: .max) {
      case .refused(let refusal): return refusal
      case .bytes(let bytes): bytes.withUnsafeBytes(body)
      }
      return nil
    }
    let reading = try open(path) { file in
      guard try FileStatus(of: file, at: path).kind == .file else { return .refused(.notAFile) }
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
      defer { piece.deallocate() }
      while true {
        let count = try file.read(into: piece)
        if count == 0 { return .bytes([]) }
        body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      }
    }
    if case .refused(let refusal) = reading { return refusal }
    return nil
  }

  /// Whether a regular file is there, perhaps behind a link that stays inside.
  func hasFile(_ path: String) throws(FileError) -> Bool {
    if let commit {
      if case .success(.entry(_, .file)) = commit.place(of: path) { return true }
      return false
    }
    guard case .success(let place) = try resolve(path) else { return false }
    return try FileStatus(ofLinkAt: place)?.kind == .file
  }

  /// Opens a file inside the folder and does something with it.
  private func open(_ path: String, _ body: (FileDescriptor) throws -> Reading) throws(FileError) -> Reading {
    let place: String
    switch try resolve(path) {
    case .success(let found): place = found
    case .failure(let refusal): return .refused(refusal)
    }
    do {
      // Not blocking, for a named pipe would keep us waiting for its writer.
      let file = try FileDescriptor.open(place, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
      return try file.closeAfter { try body(file) }
    } catch let error as FileError {
      throw error
    } catch let error as Errno {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return .refused(.missing) }
      // What a socket or a device without a driver answers.
      if error == .noSuchAddressOrDevice || error == .operationNotSupportedByDevice { return .refused(.notAFile) }
      throw FileError(path, error.description)
    } catch {
      throw FileError(path, "\(error)")
    }
  }

  private func contents(of file: FileDescriptor, at path: String, limit: Int) throws -> Reading {
    let status = try FileStatus(of: file, at: path)
    guard status.kind == .file else { return .refused(.notAFile) }
    guard status.size <= limit else { return .refused(.tooLarge(size: status.size)) }
    // One byte more than it should have, to notice the end in the same call.
    var bytes = try [UInt8](unsafeUninitializedCapacity: status.size + 1) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    if bytes.count != status.size {
      try readRest(of: file, into: &bytes, limit: limit)
      guard bytes.count <= limit else { return .refused(.tooLarge(size: bytes.count)) }
    }
    return .bytes(bytes)
  }

  /// For files that grow while they are read, and for systems that give less than was asked.
  private func readRest(of file: FileDescriptor, into bytes: inout [UInt8], limit: Int) throws {
    while bytes.count <= limit {
      let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if piece.isEmpty { return }
      bytes += piece
    }
  }

  /// The absolute place of a file, links followed where they stay inside.
  ///
  /// Asks for each step below the root whether it is a link, which costs less than resolving the whole path.
  func resolve(_ path: String) throws(FileError) -> Result<String, Refusal> {
    let place = path.isEmpty ? root : root + "/" + path
    guard try holdsLink(path) else { return .success(place) }
    guard let resolved = try resolvedPath(place) else { return .failure(.missing) }
    return isInside(resolved) ? .success(resolved) : .failure(.outside)
  }

  /// Whether an absolute path without links stands below the root and not in a `.git` folder.
  func isInside(_ resolved: String) -> Bool {
    if resolved == root { return true }
    let prefix = root == "/" ? root : root + "/"
    guard resolved.utf8.starts(with: prefix.utf8) else { return false }
    return !resolved.dropFirst(prefix.count).split(separator: "/").contains(where: CheckoutPath.isGitFolder)
  }

  private func holdsLink(_ path: String) throws(FileError) -> Bool {
    var place = root
    for step in path.split(separator: "/") {
      place += "/" + step
      guard let status = try FileStatus(ofLinkAt: place) else { return false }
      if status.kind == .link { return true }
    }
    return false
  }
}
