package import Diagnostics
import Model

extension GitRepository {
  /// The paths below the folder whose files differ from HEAD, untracked ones included and ignored ones not, by bytes.
  /// - Parameter folder: Relative to the top of the repository.
  package func differences(under folder: String) async throws(FileError) -> [String] {
    guard hasWorkTree else { return [] }
    var paths: [String] = []
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(
      [
        "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=none", "--",
        ":(top,literal)\(folder)",
      ]
    ) { piece in
      // `XY path`, one field each since renames are off.
      stream.append(piece) { paths.append(repairedText($0[0].dropFirst(3))) }
    }
    return paths.sorted(by: precedesInBytes)
  }
}
