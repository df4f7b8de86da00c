/// The result of an operation that IEEE 754 rounds correctly, and whether it was rounded at all.
///
/// A bound that is exact need not move outwards: the square root of `x - 1` is defined on all of
/// [1, 2] only because `1 - 1` is exactly zero. The error of each operation is computed by the
/// error-free transformations of Dekker and Knuth (Ogita, Rump & Oishi 2005,
/// [doi:10.1137/030601818](https://doi.org/10.1137/030601818)).
struct Rounded {
  private let value: Double
  private let isExact: Bool

  // Below this size the error itself may be too small to be a number.
  private static let leastExact = 1e-290

  private init(_ value: Double, error: Double) {
    self.value = value
    // An infinite operand has a NaN as its error, and is not moved by a step away from zero.
    isExact = error == 0 && (value.magnitude > Self.leastExact)
  }

  private init(exact value: Double) {
    self.value = value
    isExact = true
  }

  /// The greatest number known not to be above the true result.
  var below: Double { isExact ? value : value.nextDown }

  /// The least number known not to be below the true result.
  var above: Double { isExact ? value : value.nextUp }

  /// The sum `a + b`.
  static func sum(_ a: Double, _ b: Double) -> Rounded {
    let sum = a + b
    // Sums do not underflow.
    if sum == 0 { return Rounded(exact: 0) }
    let second = sum - a
    return Rounded(sum, error: (a - (sum - second)) + (b - second))
  }

  /// The product `a*b`, zero if one of them is, for an infinite bound stands for all large numbers.
  static func product(_ a: Double, _ b: Double) -> Rounded {
    if a == 0 || b == 0 { return Rounded(exact: 0) }
    let product = a * b
    return Rounded(product, error: (-product).addingProduct(a, b))
  }

  /// The quotient `a/b` for `b` other than zero.
  static func quotient(_ a: Double, _ b: Double) -> Rounded {
    let quotient = a / b
    return Rounded(quotient, error: a.addingProduct(-quotient, b))
  }

  /// The square root of a number that is not negative.
  static func squareRoot(_ a: Double) -> Rounded {
    if a == 0 { return Rounded(exact: 0) }
    let root = a.squareRoot()
    return Rounded(root, error: a > leastExact ? (-a).addingProduct(root, root) : .nan)
  }
}
