#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The value below which a Beta distribution has a share of its mass, to nine digits.
func betaQuantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
  var (low, high) = (0.0, 1.0)
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if betaShare(below: middle, a, b) < share { low = middle } else { high = middle }
  }
  return (low + high) / 2
}

/// The regularised incomplete beta function, by its continued fraction.
///
/// - Source: NIST Digital Library of Mathematical Functions, 8.17.22, evaluated by the modified Lentz method.
func betaShare(below x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  // The fraction converges fast on this side; the other is its mirror.
  guard x <= (a + 1) / (a + b + 2) else { return 1 - betaShare(below: 1 - x, b, a) }
  let scale: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
  let front: Double = exp(scale + a * log(x) + b * log(1 - x)) / a
  let tiny = 1e-300
  func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / kept(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...300 {
    let m = Double(step)
    let middle: Double = a + 2 * m
    let even: Double = m * (b - m) * x / ((middle - 1) * middle)
    let odd: Double = -(a + m) * (a + b + m) * x / (middle * (middle + 1))
    for term in [even, odd] {
      d = 1 / kept(1 + term * d)
      c = kept(1 + term / c)
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-14 { break }
  }
  return front * fraction
}
