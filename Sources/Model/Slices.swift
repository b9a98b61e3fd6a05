/// Does work on consecutive slices of `0..<count` in parallel and gives the results in the order of the slices.
///
/// - Parameters:
///   - count: How many elements there are.
///   - slices: How many slices to make at most; about four for each core keeps the cores busy to the end.
///   - work: Called once for each slice, from any thread.
package func inSlices<Result: Sendable>(
  of count: Int, slices: Int, _ work: @escaping @Sendable (Range<Int>) -> Result
) async -> [Result] {
  let slices = max(1, min(slices, count))
  let bounds = (0..<slices).map { count * $0 / slices..<count * ($0 + 1) / slices }
  guard slices > 1 else { return bounds.map(work) }
  return await withTaskGroup(of: (Int, Result).self) { group in
    for (index, range) in bounds.enumerated() {
      group.addTask { (index, work(range)) }
    }
    var results = [Result?](repeating: nil, count: slices)
    for await (index, result) in group { results[index] = result }
    return results.compactMap { $0 }
  }
}
