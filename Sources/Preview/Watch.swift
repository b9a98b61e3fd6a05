import Diagnostics
import Ingest
import SystemPackage

/// The files whose change makes another site: those that it was made from, and what Git keeps of HEAD and refs.
struct Watch: Hashable, Sendable {
  /// Absolute paths of files and folders; what is not there may yet come.
  var paths: [String]
  /// The folders of Git that hold HEAD, each with the one that holds its refs.
  var repositories: [Repository]

  struct Repository: Hashable, Sendable {
    var own: String
    var common: String
  }

  /// What the files look like from outside.
  struct Look: Hashable, Sendable {
    /// Of paths, sizes, times and inodes.
    fileprivate(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    /// How many were looked at.
    fileprivate(set) var count = 0

    fileprivate mutating func add(_ value: UInt64) {
      digest = (digest ^ value) &* 0x100_0000_01B3
      digest ^= digest >> 29
    }

    fileprivate mutating func add(_ status: FileStatus?, at path: String) {
      count += 1
      for byte in path.utf8 { add(UInt64(byte)) }
      guard let status else { return add(1) }
      add(status.inode)
      // The size of a folder and its times change with its names, which are looked at anyway.
      guard status.kind != .folder else { return }
      add(UInt64(bitPattern: Int64(status.size)))
      add(UInt64(bitPattern: Int64(status.modified)))
      add(UInt64(bitPattern: Int64(status.changed)))
    }
  }

  /// Looks at everything once. What vanishes meanwhile is taken as gone.
  func look() -> Look {
    var look = Look()
    for path in paths { add(path, to: &look) }
    for repository in repositories {
      look.add(status(repository.own + "/HEAD"), at: repository.own + "/HEAD")
      look.add(status(repository.common + "/packed-refs"), at: repository.common + "/packed-refs")
      add(repository.common + "/refs", to: &look)
    }
    return look
  }

  /// Every folder in which a change would be one of the files that are looked at.
  var folders: [String] {
    var found: [String] = []
    for path in paths { addFolders(path, to: &found) }
    for repository in repositories {
      found += [repository.own, repository.common]
      addFolders(repository.common + "/refs", to: &found)
    }
    return Set(found).sorted()
  }

  private func addFolders(_ path: String, to found: inout [String]) {
    // What appears in place of a file or folder is told by the folder above.
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { found.append(String(path[..<slash])) }
    guard status(path)?.kind == .folder else { return }
    found.append(path)
    for child in children(of: path) where status(child)?.kind == .folder { addFolders(child, to: &found) }
  }

  /// Whether Git is at work, as while it switches branches.
  var isGitAtWork: Bool { repositories.contains { status($0.own + "/index.lock") != nil } }

  private func add(_ path: String, to look: inout Look) {
    let found = status(path)
    look.add(found, at: path)
    guard found?.kind == .folder else { return }
    for child in children(of: path) { add(child, to: &look) }
  }

  /// `nil` also for what may not be looked at, which the build says better.
  private func status(_ path: String) -> FileStatus? {
    do { return try FileStatus(ofLinkAt: path) } catch { return nil }
  }

  /// What is in a folder but hidden files and the copies that editors leave, sorted by bytes.
  private func children(of folder: String) -> [String] {
    do {
      return try Ingest.names(inFolder: folder).compactMap { name in
        name.first == UInt8(ascii: ".") || name.last == UInt8(ascii: "~")
          ? nil : folder + "/" + String(decoding: name, as: UTF8.self)
      }
    } catch {
      return []
    }
  }
}

extension Watch.Repository {
  /// The repository that a folder is the top of; `nil` where there is none.
  ///
  /// - Source: gitrepository-layout(5): `.git` may be a file, and `commondir` names where the refs are.
  init?(at top: String) {
    let place = top + "/.git"
    var own = place
    if let line = Watch.Repository.line(of: place) {
      guard line.hasPrefix("gitdir: ") else { return nil }
      own = Watch.Repository.joined(top, String(line.dropFirst(8)))
    }
    self.own = own
    common = Watch.Repository.line(of: own + "/commondir").map { Watch.Repository.joined(own, $0) } ?? own
  }

  private static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  /// The first line of a small file; `nil` where there is no such file.
  private static func line(of path: String) -> String? {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
      let text = try file.closeAfter {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
        return String(decoding: bytes[..<count], as: UTF8.self)
      }
      return text.split(separator: "\n").first.map(String.init)
    } catch {
      return nil
    }
  }
}
