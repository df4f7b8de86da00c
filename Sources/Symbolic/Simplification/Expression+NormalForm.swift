extension Expression {
  /// The deepest nesting of functions that is normalised.
  ///
  /// Normal forms refer to one another and are walked recursively; a thread's stack is finite.
  private static let nestingLimit = 48

  /// How deep functions and denominators are nested; sums and products do not count.
  private var nesting: Int {
    fold { node, operands in
      let deepest = operands.max() ?? 0
      return switch node.operation {
      case .constant, .symbol, .pi, .add, .subtract, .multiply, .negate: deepest
      case .divide: Swift.max(operands.first ?? 0, (operands.last ?? 0) + 1)
      default: deepest + 1
      }
    }
  }

  /// The formula as a sum of products; nil if it outgrew the limits.
  func normalForm(in algebra: Algebra) -> Polynomial? {
    guard nesting <= Expression.nestingLimit else { return nil }
    let form: Polynomial = fold { node, operands in
      switch node.operation {
      case _ where algebra.isExhausted: .zero
      case .constant: Polynomial(Coefficient(reading: node.value))
      case .symbol: node.symbol.map { algebra.factor(.symbol($0)) } ?? .zero
      case .pi: algebra.factor(.pi)
      default: algebra.requireFinite(algebra.apply(node.operation, operands))
      }
    }
    return algebra.isExhausted ? nil : form
  }

  /// Whether the formula is proved to be zero wherever it is defined.
  ///
  /// True only if the normal form is the empty sum and every number on the way was an exact
  /// fraction. Circular and hyperbolic functions are written as exponentials, fractions are brought
  /// over one denominator and roots multiplied out, so that their identities need no search. False
  /// means that there is no proof, not that the formula differs from zero. Decimal numbers count as
  /// what they say: 0.1 is 1/10, and 0.3333333333333333 is 1/3.
  public var isIdenticallyZero: Bool {
    let algebra = Algebra(style: .proof)
    guard constants.allSatisfy({ Coefficient(reading: $0).isExact }),
      let form = normalForm(in: algebra)
    else { return false }
    let (numerator, _) = algebra.fraction(form)
    return numerator.isZero && !algebra.isExhausted
  }

  /// Whether two formulas are proved to be equal wherever both are defined.
  ///
  /// - Parameter other: The formula to compare with.
  /// - Returns: Whether their difference ``isIdenticallyZero``.
  public func isProvablyEqual(to other: Expression) -> Bool {
    self == other || (self - other).isIdenticallyZero
  }
}
