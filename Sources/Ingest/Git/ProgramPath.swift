#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The absolute path of a program in the folders of the `PATH`; `nil` when none of them has it.
func programPath(_ name: String) -> String? {
  guard let folders = getenv("PATH").map({ String(cString: $0) }) else { return nil }
  for folder in folders.split(separator: ":") where folder.hasPrefix("/") {
    let path = folder + "/" + name
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 { return String(path) }
  }
  return nil
}
