/// Writes normal forms back as formulas that read as a textbook would have them.
///
/// Factors stand in the order number, names, sums, functions, exponentials; negative exponents
/// become one denominator; a sum begins with a positive term where it has one, and common factors
/// are pulled out where that is shorter.
final class NormalFormWriter {
  let algebra: Algebra

  // Each sum is written in two ways, with all sums nested in it: without this, formulas of some
  // depth would take forever.
  private var written: [Polynomial: Expression] = [:]

  init(algebra: Algebra) {
    self.algebra = algebra
  }

  /// The shortest way to write a sum.
  func write(_ sum: Polynomial) -> Expression {
    if let known = written[sum] { return known }
    let expression = shortest(sum)
    written[sum] = expression
    return expression
  }

  private func shortest(_ sum: Polynomial) -> Expression {
    guard sum.terms.count > 1 else { return writeExpanded(sum) }
    if let root = algebra.squareRoot(of: sum) { return pow(write(root), 2) }
    let plain = writeExpanded(sum)
    guard sum.terms.count <= 40 else { return plain }
    let factored = writeSum(factoredTerms(sum))
    // One node saved, as by x*(x + 2) + 1, is not worth the form.
    return factored.complexity + 1 < plain.complexity ? factored : plain
  }

  /// A sum of products, nothing pulled out.
  func writeExpanded(_ sum: Polynomial) -> Expression {
    sum.isZero ? .zero : writeSum(algebra.inDisplayOrder(sum.terms).map(writeSigned))
  }

  /// A fraction of two sums.
  func write(_ numerator: Polynomial, over denominator: Monomial) -> Expression {
    if numerator.isZero { return .zero }
    if let term = numerator.single {
      let monomial = term.monomial * denominator.inverse
      return write(Term(coefficient: term.coefficient, monomial: monomial))
    }
    let common = algebra.inOnePiece(numerator)
    let monomial = common.monomial * denominator.inverse
    return write(Term(coefficient: common.coefficient, monomial: monomial))
  }

  // MARK: Sums

  /// A formula and the sign in front of it.
  private struct Signed {
    var isNegative: Bool
    var expression: Expression
  }

  private func writeSum(_ terms: [Signed]) -> Expression {
    var terms = terms
    if let first = terms.firstIndex(where: { !$0.isNegative }) {
      terms.insert(terms.remove(at: first), at: 0)
    }
    let leading = terms[0].isNegative ? negative(terms[0].expression) : terms[0].expression
    return terms.dropFirst().reduce(leading) { sum, term in
      term.isNegative ? sum - term.expression : sum + term.expression
    }
  }

  /// Terms with a common factor pulled out of all of them, or of those that share one.
  private func factoredTerms(_ sum: Polynomial) -> [Signed] {
    guard sum.terms.count > 1 else { return sum.terms.map(writeSigned) }
    let common = sharedFactors(sum)
    let scale = sum.content
    if !common.isOne || !scale.isOne {
      let rest = sum.shifted(by: common.inverse).scaled(by: .one / scale)
      return [writeSigned(Term(coefficient: scale, monomial: common), timesSum: rest)]
    }
    guard sum.terms.count > 2, let (shared, others) = split(sum) else {
      return algebra.inDisplayOrder(sum.terms).map(writeSigned)
    }
    return factoredTerms(shared) + factoredTerms(others)
  }

  /// The factors that occur in every term with exponents of one sign.
  private func sharedFactors(_ sum: Polynomial) -> Monomial {
    let factors = sum.terms[0].monomial.factors.compactMap { first -> Factor? in
      let exponents = sum.terms.map { $0.monomial.exponent(of: first.atom) }
      guard exponents.allSatisfy({ !$0.isZero && $0.isNegative == first.exponent.isNegative }),
        let least = exponents.min(by: { $0.magnitude < $1.magnitude })
      else { return nil }
      return Factor(atom: first.atom, exponent: least)
    }
    return Monomial(factors: factors)
  }

  /// The terms that share the most frequent factor, and the others.
  private func split(_ sum: Polynomial) -> (Polynomial, Polynomial)? {
    var counts: [Int32: Int] = [:]
    for term in sum.terms {
      for factor in term.monomial.factors where !factor.exponent.isNegative {
        counts[factor.atom, default: 0] += 1
      }
    }
    let best = counts.filter { $0.value > 1 && $0.value < sum.terms.count }.max { a, b in
      a.value != b.value
        ? a.value < b.value : algebra.key(of: a.key) > algebra.key(of: b.key)
    }
    guard let atom = best?.key else { return nil }
    let isShared = { (term: Term) in term.monomial.exponent(of: atom) > .zero }
    return (
      Polynomial(collecting: sum.terms.filter(isShared)),
      Polynomial(collecting: sum.terms.filter { !isShared($0) })
    )
  }

  // MARK: Terms

  private func write(_ term: Term) -> Expression {
    let signed = writeSigned(term)
    return signed.isNegative ? negative(signed.expression) : signed.expression
  }

  private func writeSigned(_ term: Term) -> Signed {
    writeSigned(term, timesSum: nil)
  }

  private func writeSigned(_ term: Term, timesSum sum: Polynomial?) -> Signed {
    var coefficient = term.coefficient
    var numerator: [Expression] = []
    var denominator: [Expression] = []
    let factors = withRatios(algebra.inDisplayOrder(term.monomial.factors))
    var sum = sum
    if let rest = sum, rest.terms.allSatisfy(\.coefficient.isNegative) {
      sum = -rest
      coefficient = -coefficient
    }
    for factor in factors.plain {
      let isInexactNumber = !coefficient.isExact && isNumeric(factor)
      if isInexactNumber {
        coefficient = coefficient * numericValue(factor)
        continue
      }
      let (expression, flips) = power(factor, mayFlip: coefficient.isNegative)
      if flips { coefficient = -coefficient }
      if factor.exponent.isNegative {
        denominator.append(expression)
      } else {
        numerator.append(expression)
      }
    }
    if let rest = sum, coefficient.isNegative, rest.terms.contains(where: \.coefficient.isNegative)
    {
      sum = -rest
      coefficient = -coefficient
    }
    if let sum {
      numerator.insert(write(sum), at: numerator.count - trailingFunctions(factors.plain))
    }
    for ratio in factors.ratios { numerator.append(ratio) }
    let (powers, exponential) = exponentials(term.monomial.factors)
    numerator += powers
    if let exponential { numerator.append(exponential) }
    let (upper, lower) = split(
      coefficient.magnitude, hasNumerator: !numerator.isEmpty, hasDenominator: !denominator.isEmpty)
    if let upper { numerator.insert(upper, at: 0) }
    if let lower { denominator.insert(lower, at: 0) }
    return Signed(
      isNegative: coefficient.isNegative, expression: quotient(numerator, denominator))
  }

  private func quotient(_ numerator: [Expression], _ denominator: [Expression]) -> Expression {
    let upper = numerator.dropFirst().reduce(numerator.first ?? .one) { $0 * $1 }
    guard let first = denominator.first else { return upper }
    let lower = denominator.dropFirst().reduce(first) { $0 * $1 }
    return numerator.isEmpty ? Expression(.reciprocal, lower) : upper / lower
  }

  /// The number of factors of a product that stand behind a sum.
  private func trailingFunctions(_ factors: [Factor]) -> Int {
    factors.filter { !$0.exponent.isNegative && algebra.key(of: $0.atom).rank > 2 }.count
  }

  /// A positive number as factor of the numerator and factor of the denominator.
  private func split(
    _ number: Coefficient, hasNumerator: Bool, hasDenominator: Bool
  ) -> (Expression?, Expression?) {
    if number.isOne { return hasNumerator || hasDenominator ? (nil, nil) : (.one, nil) }
    guard number.isExact, number.denominator != 1 else { return (Expression(number.value), nil) }
    let (upper, lower) = (number.numerator, number.denominator)
    if upper == 1 && hasNumerator && (lower <= 16 || !isDecimal(lower)) {
      return (nil, Expression(Double(lower)))
    }
    if isDecimal(lower) || (!hasNumerator && !hasDenominator) {
      return (Expression(number.value), nil)
    }
    return (upper == 1 ? nil : Expression(Double(upper)), Expression(Double(lower)))
  }

  /// Whether fractions with this denominator end after a few digits.
  private func isDecimal(_ denominator: Int64) -> Bool {
    var rest = denominator
    while rest % 2 == 0 { rest /= 2 }
    while rest % 5 == 0 { rest /= 5 }
    return rest == 1
  }

  private func negative(_ expression: Expression) -> Expression {
    // The number in front of a product takes the sign.
    let first = expression.nodes[0]
    if first.operation == .constant, isLeadingFactor(expression) {
      return Expression(
        postfix: [Expression.Node(constant: -first.value)] + expression.nodes.dropFirst())
    }
    return -expression
  }

  /// Whether the first node is reached from the root through left factors alone.
  private func isLeadingFactor(_ expression: Expression) -> Bool {
    var end = expression.nodes.count - 1
    while expression.nodes[end].length > 1 {
      switch expression.nodes[end].operation {
      case .multiply, .divide: end -= 1 + expression.nodes[end - 1].length
      default: return false
      }
    }
    return true
  }
}
