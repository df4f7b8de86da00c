/// A product of powers of the input variables; it names a derivative, and a channel of a jet.
///
/// The monomial `x² t` stands for the derivative `∂³/∂x²∂t` and for the Taylor coefficient
/// `u_xxt / (2! · 1!)`.
public struct Monomial: Hashable, Sendable {
  /// The power of each input variable.
  public let exponents: [Int]

  /// Creates a monomial.
  ///
  /// - Parameter exponents: The power of each input variable, none negative.
  public init(_ exponents: [Int]) {
    precondition(exponents.allSatisfy { $0 >= 0 }, "exponents of a monomial are not negative")
    self.exponents = exponents
  }

  /// The sum of the exponents: the order of the derivative.
  public var degree: Int { exponents.reduce(0, +) }

  /// The product of the factorials of the exponents: derivative = factorial × Taylor coefficient.
  public var factorial: Double {
    exponents.reduce(1.0) { total, exponent in
      (0..<exponent).reduce(total) { $0 * Double($1 + 1) }
    }
  }

  /// The product of two monomials.
  public static func * (left: Monomial, right: Monomial) -> Monomial {
    Monomial(zip(left.exponents, right.exponents).map(+))
  }

  /// All monomials that divide this one, itself included.
  public var divisors: [Monomial] {
    exponents.reduce([[]]) { prefixes, exponent in
      prefixes.flatMap { prefix in (0...exponent).map { prefix + [$0] } }
    }.map(Monomial.init)
  }
}

extension Monomial: Comparable {
  /// Order by degree, then by exponents with the first variable's highest power first.
  public static func < (left: Monomial, right: Monomial) -> Bool {
    if left.degree != right.degree { return left.degree < right.degree }
    return right.exponents.lexicographicallyPrecedes(left.exponents)
  }
}
