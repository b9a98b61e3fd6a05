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

    /// Of what is added, the order counts.
    fileprivate mutating func add(_ value: UInt64) {
      digest = (digest ^ value) &* 0x100_0000_01B3
      digest ^= digest >> 29
    }

    fileprivate mutating func add(_ status: FileStatus?, named name: some Sequence<UInt8>) {
      count += 1
      for byte in name { add(UInt64(byte)) }
      guard let status else { return add(1) }
      add(status.inode)
      // The size of a folder and its times change with its names, which are looked at anyway.
      guard status.kind != .folder else { return }
      add(UInt64(bitPattern: Int64(status.size)))
      add(UInt64(bitPattern: Int64(status.modified)))
      add(UInt64(bitPattern: Int64(status.changed)))
    }
  }

  /// A folder in which a change may be one of the files that are looked at.
  struct Folder: Hashable, Sendable {
    var path: String
    /// What in it; `nil` for all that is looked at in folders.
    var names: Set<String>?

    /// Whether a change of what has this name counts.
    func counts(_ name: String) -> Bool { names?.contains(name) ?? Watch.isVisible(Array(name.utf8)) }
  }

  /// Looks at everything once. What vanishes meanwhile is taken as gone.
  func look() -> Look {
    var look = Look()
    for path in paths { add(path, to: &look) }
    for repository in repositories {
      add(repository.own + "/HEAD", to: &look)
      add(repository.common + "/packed-refs", to: &look)
      add(repository.common + "/refs", to: &look)
    }
    return look
  }

  /// Every folder in which a change may be one of the files that are looked at.
  var folders: [Folder] {
    var found: [String: Folder] = [:]
    for path in paths { addFolders(path, to: &found) }
    for repository in repositories {
      for path in [repository.own + "/HEAD", repository.common + "/packed-refs", repository.common + "/refs"] {
        addFolders(path, to: &found)
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }

  private func addFolders(_ path: String, to found: inout [String: Folder]) {
    // What appears in place of a file or folder is told by the folder above.
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      let above = String(path[..<slash])
      found[above, default: Folder(path: above, names: [])].names?.insert(String(path[path.index(after: slash)...]))
    }
    if status(path)?.kind == .folder { addTree(path, to: &found) }
  }

  private func addTree(_ path: String, to found: inout [String: Folder]) {
    found[path] = Folder(path: path, names: nil)
    for child in children(of: path) where child.status.kind == .folder { addTree(path + "/" + child.text, to: &found) }
  }

  /// Whether Git is at work, as while it switches branches.
  var isGitAtWork: Bool { repositories.contains { status($0.own + "/index.lock") != nil } }

  private func add(_ path: String, to look: inout Look) {
    let found = status(path)
    look.add(found, named: path.utf8)
    if found?.kind == .folder { addChildren(of: path, to: &look) }
  }

  private func addChildren(of folder: String, to look: inout Look) {
    for child in children(of: folder) {
      look.add(child.status, named: child.name)
      if child.status.kind == .folder { addChildren(of: folder + "/" + child.text, to: &look) }
    }
    look.add(2)
  }

  /// `nil` also for what may not be looked at, which the build says better.
  private func status(_ path: String) -> FileStatus? {
    do { return try FileStatus(ofLinkAt: path) } catch { return nil }
  }

  private func children(of folder: String) -> [FolderEntry] {
    do { return try entries(inFolder: folder).filter { Watch.isVisible($0.name) } } catch { return [] }
  }

  /// Whether it is neither a hidden file nor one of the copies that editors leave.
  private static func isVisible(_ name: [UInt8]) -> Bool {
    name.first != UInt8(ascii: ".") && name.last != UInt8(ascii: "~")
  }
}

extension FolderEntry {
  fileprivate var text: String { String(decoding: name, as: UTF8.self) }
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
