package import Diagnostics
import Ingest
package import Model

/// A part on its way into the content: where it goes, and the commit that brings it.
package struct Recording: Sendable {
  package let part: Part
  package let release: ReleaseID
  /// Where the part will stand, relative to the checkout.
  package let path: String
  /// Files that come with it, by their paths.
  package var copies: [String: [UInt8]] = [:]
  /// A file that stands there and that Git does not know yet: what the part says is about it.
  package var untracked: String?

  package init(_ part: Part, of release: ReleaseID, in content: OpenContent) {
    (self.part, self.release) = (part, release)
    path = content.path("releases/\(release.product)/\(release.version).d/\(part.name)")
  }

  /// Every file that is new, the part first.
  package var paths: [String] { [path] + copies.keys.sorted() }

  /// Writes the part when the content is as sound with it as it was without.
  ///
  /// - Returns: Whether it was written; otherwise the report says why not.
  package func write(to content: OpenContent, clock: Moment, into report: inout Report) async throws -> Bool {
    guard try !content.checkout.hasFile(path) else {
      throw Refusal("this \(part.kind.rawValue) is recorded already, in \(path)", help: "there is nothing to do")
    }
    let edit = ContentEdit(created: [path: part.text])
    _ = try await content.trial(of: edit, clock: clock, into: &report)
    guard !report.hasErrors else { return false }
    var writing = ContentWriting(in: content.checkout.root)
    try writing.apply(edit, copies: copies)
    return true
  }

  /// Commits what was written; takes it back when that cannot be.
  package func commit(
    in content: OpenContent, during turn: CommitTurn, approvedBy approver: Commit.Identity? = nil
  ) async throws {
    do {
      try await WorkingGit(in: content.checkout.root).commit(
        paths + [untracked].compactMap(\.self), message: message(approvedBy: approver), in: turn)
    } catch {
      // Git may have failed when the commit was there.
      if try await WorkingGit(in: content.checkout.root).isCommitted(path) { return }
      var writing = ContentWriting(in: content.checkout.root)
      try writing.apply(ContentEdit(removing: paths))
      throw error
    }
  }

  /// The subject, and the trailers that tools and rules look for.
  func message(approvedBy approver: Commit.Identity?) -> String {
    let noun =
      switch part.kind {
      case .approval: "an approval"
      case .acceptance: "an acceptance"
      case .environment: "an environment"
      case .evidence: "evidence"
      case .deployment, .communication, .validation, .review, .gate: "a \(part.kind.rawValue)"
      }
    var trailers = ["Release: \(release)"]
    if let approver { trailers.append("Approved-by: \(approver.name) <\(approver.email)>") }
    return "Record \(noun) of \(release)\n\n" + trailers.joined(separator: "\n") + "\n"
  }
}

extension ContentEdit {
  fileprivate init(removing paths: [String]) {
    self.init()
    removed = Set(paths)
  }
}
