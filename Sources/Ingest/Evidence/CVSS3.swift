/// The base score of a vector of CVSS 3.0 or 3.1.
///
/// - Source: CVSS 3.1, §7.1 "Base Metrics Equations" and §7.4 "Metric Values"; rounding by Appendix A.
enum CVSS3 {
  /// - Returns: `nil` when the text is no complete vector of that version.
  static func baseScore(of vector: String) -> Double? {
    var metrics: [Substring: Substring] = [:]
    let parts = vector.split(separator: "/")
    guard let first = parts.first, first == "CVSS:3.1" || first == "CVSS:3.0" else { return nil }
    for part in parts.dropFirst() {
      guard let colon = part.firstIndex(of: ":") else { return nil }
      metrics[part[..<colon]] = part[part.index(after: colon)...]
    }
    let isChanged = metrics["S"] == "C"
    guard isChanged || metrics["S"] == "U",
      let vectorWeight = weight(metrics["AV"], ["N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2]),
      let complexity = weight(metrics["AC"], ["L": 0.77, "H": 0.44]),
      let privileges = weight(
        metrics["PR"], isChanged ? ["N": 0.85, "L": 0.68, "H": 0.5] : ["N": 0.85, "L": 0.62, "H": 0.27]),
      let interaction = weight(metrics["UI"], ["N": 0.85, "R": 0.62]),
      let confidentiality = weight(metrics["C"], impacts), let integrity = weight(metrics["I"], impacts),
      let availability = weight(metrics["A"], impacts)
    else { return nil }
    let base = 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability)
    let impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * power(base - 0.02, 15) : 6.42 * base
    guard impact > 0 else { return 0 }
    let exploitability = 8.22 * vectorWeight * complexity * privileges * interaction
    return roundedUp(min((isChanged ? 1.08 : 1) * (impact + exploitability), 10))
  }

  private static let impacts: [Substring: Double] = ["H": 0.56, "L": 0.22, "N": 0]

  private static func weight(_ value: Substring?, _ weights: [Substring: Double]) -> Double? {
    value.flatMap { weights[$0] }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// To the next tenth, in whole numbers so that 4.000001 stays 4.0.
  private static func roundedUp(_ score: Double) -> Double {
    let hundredThousandths = Int((score * 100_000).rounded())
    return hundredThousandths % 10_000 == 0
      ? Double(hundredThousandths) / 100_000 : Double(hundredThousandths / 10_000 + 1) / 10
  }
}
