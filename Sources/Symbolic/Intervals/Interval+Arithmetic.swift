extension Interval {
  /// All sums of a number of each set.
  static func + (a: Interval, b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return .empty }
    return Interval(Rounded.sum(a.lower, b.lower).below, Rounded.sum(a.upper, b.upper).above)
  }

  /// All differences of a number of each set.
  static func - (a: Interval, b: Interval) -> Interval { a + -b }

  /// All negatives.
  static prefix func - (a: Interval) -> Interval {
    a.isEmpty ? .empty : Interval(-a.upper, -a.lower)
  }

  /// All products of a number of each set.
  static func * (a: Interval, b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return .empty }
    let products = [
      Rounded.product(a.lower, b.lower), .product(a.lower, b.upper), .product(a.upper, b.lower),
      .product(a.upper, b.upper),
    ]
    return Interval(
      products.map(\.below).min() ?? -.infinity, products.map(\.above).max() ?? .infinity)
  }

  /// All quotients of a number of each set, the divisor not being zero.
  static func / (a: Interval, b: Interval) -> Interval { a * b.reciprocal }

  /// All values of `1/a`, `a` not being zero.
  var reciprocal: Interval {
    if isEmpty || (lower == 0 && upper == 0) { return .empty }
    if lower < 0 && upper > 0 { return .whole }
    // A bound of zero is approached from inside, whatever the sign of the zero.
    return Interval(
      upper == 0 ? -.infinity : Rounded.quotient(1, upper).below,
      lower == 0 ? .infinity : Rounded.quotient(1, lower).above)
  }

  /// All non-negative square roots.
  var squareRoot: Interval {
    let operand = intersection(.nonNegative)
    if operand.isEmpty { return .empty }
    return Interval(
      max(0, Rounded.squareRoot(operand.lower).below), Rounded.squareRoot(operand.upper).above)
  }

  /// All magnitudes.
  var magnitude: Interval {
    if isEmpty { return .empty }
    let greatest = max(lower.magnitude, upper.magnitude)
    return contains(0)
      ? Interval(0, greatest) : Interval(min(lower.magnitude, upper.magnitude), greatest)
  }

  /// All powers with a whole exponent; a base of zero has none with a negative one.
  ///
  /// - Parameter exponent: The exponent.
  /// - Returns: The set of powers.
  func raised(to exponent: Int) -> Interval {
    if isEmpty { return .empty }
    if exponent < 0 { return raised(to: -exponent).reciprocal }
    if exponent == 0 { return Interval(1) }
    if exponent == 1 { return self }
    let base = exponent.isMultiple(of: 2) ? magnitude : self
    if exponent == 2 {
      return Interval(
        max(0, Rounded.product(base.lower, base.lower).below),
        Rounded.product(base.upper, base.upper).above)
    }
    return base.increasing { power($0, Double(exponent)) }
      .intersection(exponent.isMultiple(of: 2) ? .nonNegative : .whole)
  }

  /// All powers with exponents of a set; bases that are negative have none.
  ///
  /// - Parameter exponents: The exponents, not all of them whole.
  /// - Returns: The set of powers.
  func raised(to exponents: Interval) -> Interval {
    let base = intersection(.nonNegative)
    if base.isEmpty || exponents.isEmpty { return .empty }
    // a^b is monotone in each operand, so that its extremes are at corners.
    let values = [base.lower, base.upper].flatMap { a in
      [exponents.lower, exponents.upper].map { power(a, $0) }
    }
    return Interval(values.min() ?? 0, values.max() ?? .infinity)
      .widened(by: Interval.libraryError).intersection(.nonNegative)
  }
}
