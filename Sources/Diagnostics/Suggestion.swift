/// The known word that somebody probably meant, or `nil` when none is near.
///
/// Near is a third of the word's length in single-letter edits, swaps counted as one; the first of the nearest wins.
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
  let limit = max(1, word.unicodeScalars.count / 3)
  var best: (word: String, distance: Int)?
  let wanted = Array(word.lowercased().unicodeScalars)
  for candidate in known {
    // A scalar has up to four bytes; most candidates are far too short or too long to be looked at.
    let bytes = candidate.utf8.count
    guard bytes >= wanted.count - limit, bytes <= (wanted.count + limit) * 4 else { continue }
    let distance = editDistance(wanted, Array(candidate.lowercased().unicodeScalars), atMost: limit)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// `help: did you mean …` for an unknown word, or the list of what is possible when nothing is near and it is short.
package func suggestion(for word: String, among known: some Collection<String>) -> String? {
  if let near = nearest(to: word, among: known) { return "did you mean `\(near)`?" }
  guard !known.isEmpty, known.count <= 12 else { return nil }
  return "use one of " + known.map { "`\($0)`" }.joined(separator: ", ")
}

/// The optimal string alignment distance, or `limit + 1` when it is larger.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int) -> Int {
  guard abs(a.count - b.count) <= limit else { return limit + 1 }
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      row[j] = min(substituted, last[j] + 1, row[j - 1] + 1)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    // No later row has less than the least of two that follow each other.
    if min(row.min() ?? 0, last.min() ?? 0) > limit { return limit + 1 }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
