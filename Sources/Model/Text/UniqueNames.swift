/// Names that are given out once; who asks for one that is taken gets a number behind it.
package struct UniqueNames {
  private var taken: Set<String>
  private var next: [String: Int] = [:]

  package init(reserved: Set<String> = []) {
    taken = reserved
  }

  package mutating func name(_ wanted: String) -> String {
    if taken.insert(wanted).inserted { return wanted }
    var number = next[wanted] ?? 2
    while !taken.insert("\(wanted)-\(number)").inserted { number += 1 }
    next[wanted] = number + 1
    return "\(wanted)-\(number)"
  }
}
