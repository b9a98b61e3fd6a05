/// The policy that a page gives itself, widened so far that the server's own script may run and ask for events.
///
/// The built-in pages allow both already; templates of a site may be stricter.
enum PagePolicy {
  /// The page with each policy in a `meta` element allowing scripts and connections to its own origin.
  static func widened(_ page: [UInt8]) -> [UInt8] {
    guard let text = String(validating: page, as: UTF8.self), let policy = content(in: text) else { return page }
    let wide = allowingOwn("script-src", in: allowingOwn("connect-src", in: String(text[policy])))
    guard wide != text[policy] else { return page }
    return Array((text[..<policy.lowerBound] + wide + text[policy.upperBound...]).utf8)
  }

  /// Where the text of the policy stands.
  private static func content(in page: String) -> Range<String.Index>? {
    guard let meta = page.firstRange(of: "http-equiv=\"Content-Security-Policy\""),
      let start = page[meta.upperBound...].firstRange(of: "content=\""),
      page[meta.upperBound..<start.lowerBound].allSatisfy(\.isWhitespace),
      let end = page[start.upperBound...].firstIndex(of: "\"")
    else { return nil }
    return start.upperBound..<end
  }

  private static func allowingOwn(_ name: String, in policy: String) -> String {
    var directives = policy.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    let fallback = directives.first { $0.first == "default-src" }
    let index = directives.firstIndex { $0.first == name }
    guard let sources = index.map({ directives[$0] }) ?? fallback, !sources.contains("'self'"), !sources.contains("*")
    else { return policy }
    let kept = sources.dropFirst().filter { $0 != "'none'" }
    if let index {
      directives[index] = [name] + kept + ["'self'"]
    } else {
      directives.append([name] + kept + ["'self'"])
    }
    return directives.map { $0.joined(separator: " ") }.joined(separator: "; ")
  }
}
