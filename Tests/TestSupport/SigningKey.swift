import Foundation
import Subprocess
import SystemPackage

/// An SSH key made for a test, with which commits are signed; it and the ids of such commits are new each time.
package struct SigningKey: Hashable, Sendable {
  /// The path of the private half.
  package let path: String
  /// The public half as it stands in a list of signers, without an address.
  package let text: String

  /// The line of a list of signers.
  package func signer(_ address: String) -> String { "\(address) \(text)\n" }

  /// What makes Git sign.
  var settings: [String] {
    ["-c", "gpg.format=ssh", "-c", "user.signingKey=" + path, "-c", "commit.gpgSign=true"]
  }
}

extension TemporaryRepository {
  /// Makes a key beside the repository.
  package func signingKey(_ name: String) async throws -> SigningKey {
    let path = outer + "/key-" + name
    let result = try await run(
      .name("ssh-keygen"), arguments: ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], input: .none,
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else {
      throw GitFailure(command: "ssh-keygen", complaint: result.standardError)
    }
    let words = try String(contentsOfFile: path + ".pub", encoding: .utf8).split(separator: " ")
    return SigningKey(path: path, text: words.prefix(2).joined(separator: " "))
  }

  /// Whether this machine can make and check SSH signatures.
  package static let canSign =
    ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/ssh-keygen")
    }
}
