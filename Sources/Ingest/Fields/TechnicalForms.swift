import Diagnostics
package import Model

extension Form where Value == String {
  /// An address on the web.
  package static let url = Form(
    ScalarForm("url", "an address such as `https://example.org/`", format: "uri") { text in
      isWebAddress(text) ? nil : .init(.malformedAddress, "not a web address", help: "begin with `https://`")
    }
  ) { $0 }

  /// The path of a file or folder in the checkout.
  package static let path = Form(
    ScalarForm("path", "a path in the checkout") { pathProblem($0) }
  ) { $0 }

  /// Such as `sha256:` and 64 hexadecimal digits.
  package static let digest = Form(
    ScalarForm("digest", "a digest such as `sha256:…`", pattern: "^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$") {
      text in
      let isDigest =
        text.hasPrefix("sha256:") && isHexadecimal(text.dropFirst(7), digits: 64...64)
        || text.hasPrefix("sha512:") && isHexadecimal(text.dropFirst(7), digits: 128...128)
      return isDigest
        ? nil : .init(.malformedDigest, "not a digest", help: "write `sha256:` and 64 small hexadecimal digits")
    }
  ) { $0 }

  /// 64 hexadecimal digits.
  package static let sha256 = Form(
    ScalarForm("sha256", "a SHA-256 digest", pattern: "^[0-9a-f]{64}$") { text in
      isHexadecimal(text[...], digits: 64...64)
        ? nil
        : .init(
          .malformedDigest, "not a SHA-256 digest", help: "write 64 small hexadecimal digits, as `sha256sum` prints")
    }
  ) { $0 }

  /// A commit's hash, at least seven digits of it.
  package static let commit = Form(
    ScalarForm("commit", "the hash of a commit", pattern: "^[0-9a-f]{7,64}$") { text in
      isHexadecimal(text[...], digits: 7...64)
        ? nil
        : .init(.malformedDigest, "not the hash of a commit", help: "write the 40 digits that `git rev-parse` prints")
    }
  ) { $0 }

  /// A regular expression.
  package static let pattern = Form(
    ScalarForm("pattern", "a regular expression", format: "regex") { text in
      do {
        _ = try Regex(text)
        return nil
      } catch {
        return .init(
          .malformedPattern, "not a regular expression", help: "escape what is meant literally with a backslash")
      }
    }
  ) { $0 }

  /// An IANA time zone.
  package static let zone = Form(
    ScalarForm("time-zone", "a time zone such as `Europe/London`") { text in
      Zone(identifier: text) == nil
        ? .init(.malformedTime, "not a time zone", help: "write an IANA name such as `Europe/London`, or `UTC`") : nil
    }
  ) { $0 }

  /// A language tag. - Source: BCP 47; only the characters and the lengths of its parts are checked.
  package static let language = Form(
    ScalarForm("language", "a language tag such as `en-GB`", pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$") { text in
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      let isTag =
        parts.first.map { (2...8).contains($0.utf8.count) && $0.utf8.allSatisfy(isLetter) } ?? false
        && parts.dropFirst().allSatisfy { part in
          (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) }
        }
      return isTag ? nil : .init(.malformedValue, "not a language tag", help: "write `en`, `en-GB` or the like")
    }
  ) { $0 }

  /// A person's address.
  package static let email = Form(
    ScalarForm("email", "an e-mail address", format: "email") { text in
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      let isAddress = parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.allSatisfy { $0 > 0x20 }
      return isAddress ? nil : .init(.malformedAddress, "not an e-mail address", help: "write `name@example.org`")
    }
  ) { $0 }

  /// The id of a vulnerability, such as `CVE-2026-1234`.
  package static let vulnerability = Form(
    ScalarForm("vulnerability", "an id such as `CVE-2026-1234`", pattern: "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$") {
      text in
      let isName =
        (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy {
          isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) || ".:_-".utf8.contains($0)
        }
      return isName
        ? nil : .init(.malformedIdentifier, "not the id of a vulnerability", help: "write it as `CVE-2026-1234`")
    }
  ) { $0 }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private static func isHexadecimal(_ text: Substring, digits: ClosedRange<Int>) -> Bool {
    digits.contains(text.utf8.count)
      && text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }

  private static func isWebAddress(_ text: String) -> Bool {
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
      let rest = text.utf8.dropFirst(scheme.utf8.count)
      return !rest.isEmpty && rest.first != UInt8(ascii: "/") && rest.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
    return false
  }

  private static func pathProblem(_ text: String) -> ScalarForm.Problem? {
    let help = "write it relative to the top of the checkout, with `/` between folders"
    if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) {
      return .init(.malformedPath, "not a path: it holds a backslash or a control character", help: help)
    }
    if text.hasPrefix("/") { return .init(.malformedPath, "an absolute path", help: help) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains("..") { return .init(.malformedPath, "a path that leaves its folder with `..`", help: help) }
    if text.isEmpty || parts.dropLast().contains("") { return .init(.malformedPath, "not a path", help: help) }
    return nil
  }
}

extension Form where Value == TagPattern {
  package static let tagPattern = Form(
    ScalarForm("tag-pattern", "a pattern such as `v{version}`") { text in
      TagPattern(text) == nil
        ? .init(
          .malformedPattern, "not a pattern for tags",
          help: "write `{version}` in it exactly once, such as `v{version}`") : nil
    }
  ) { TagPattern($0) }
}
