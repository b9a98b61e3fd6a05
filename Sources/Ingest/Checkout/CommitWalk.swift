import Diagnostics
import Model

extension CommitFiles {
  /// The files below a folder, sorted by bytes, with what cannot be used reported; as ``FolderWalk`` does for a work
  /// tree.
  func walk(_ folder: String, into report: inout Report) -> [ContentFile] {
    var found: [String] = []
    switch place(of: folder) {
    case .failure(.missing): return []
    case .failure: report.add(.leavesCheckout(folder, at: SourceLocation(file: folder)))
    case .success(.folder(let real)): walk(real, as: folder, above: [real], into: &found, &report)
    case .success(.entry): return []
    }
    return found.sorted(by: precedesInBytes).map {
      ContentFile(path: $0, size: 0, modified: 0, changed: 0, inode: 0)
    }
  }

  /// - Parameters:
  ///   - folder: Without links.
  ///   - shown: How it was come by.
  private func walk(
    _ folder: String, as shown: String, above: [String], into found: inout [String], _ report: inout Report
  ) {
    for path in entries(below: folder) {
      let inside = folder.isEmpty ? path[...] : path.dropFirst(folder.count + 1)
      let name = shown.isEmpty ? String(inside) : shown + "/" + inside
      guard !path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
        report.add(.unusableName(Array(path.utf8), in: shown))
        continue
      }
      guard isLink(path) else {
        if case .success(.entry(_, .file)) = place(of: path) { found.append(name) }
        continue
      }
      switch place(of: path) {
      case .failure(.outside): report.add(.leavesCheckout(name, at: SourceLocation(file: name)))
      case .failure: report.add(.brokenLink(name))
      case .success(.entry(_, .file)): found.append(name)
      case .success(.entry): report.add(.notAFile(name, at: SourceLocation(file: name)))
      case .success(.folder(let target)):
        // A link may lead around in a circle, and several multiply.
        let isAround = above.contains { $0 == target || $0.hasPrefix(target + "/") } || target.isEmpty
        if isAround || above.count > 4 {
          report.add(.circularLink(name))
        } else {
          walk(target, as: name, above: above + [target], into: &found, &report)
        }
      }
    }
  }
}
