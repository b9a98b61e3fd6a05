package import Diagnostics

extension GitRepository {
  /// The address of the remote that work is shared through: `origin`, else the first by name; `nil` without one.
  package func remoteURL() async throws(FileError) -> String? {
    let (bytes, _) = try await git.output(["config", "-z", "--get-regexp", #"^remote\..*\.url$"#], in: folder)
    var remotes: [(name: String, url: String)] = []
    for entry in bytes.split(separator: 0) {
      let parts = String(decoding: entry, as: UTF8.self).split(separator: "\n", maxSplits: 1)
      if parts.count == 2 { remotes.append((String(parts[0]), String(parts[1]))) }
    }
    return (remotes.first { $0.name == "remote.origin.url" } ?? remotes.min { $0.name < $1.name })?.url
  }
}
