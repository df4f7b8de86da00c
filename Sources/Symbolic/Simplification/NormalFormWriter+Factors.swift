extension NormalFormWriter {
  // MARK: Powers

  /// An atom to the magnitude of its exponent, and whether its sign was changed.
  func power(_ factor: Factor, mayFlip: Bool) -> (expression: Expression, flips: Bool) {
    var flips = false
    let base: Expression
    switch algebra.atom(factor) {
    case .base(let sum):
      flips = mayFlip && isOddInteger(factor.exponent) && isFlippable(sum)
      base = write(flips ? -sum : sum)
    case .function(let operation, let a) where isOdd(operation):
      flips = mayFlip && isOddInteger(factor.exponent) && isFlippable(a)
      base = Expression(operation, write(flips ? -a : a))
    case .function(let operation, let a):
      base = Expression(operation, write(a))
    case .binary(let operation, let a, let b):
      base = Expression(operation, write(a), write(b))
    case .symbol(let symbol): base = Expression(symbol)
    case .pi: base = .pi
    case .prime(let prime): base = Expression(Double(prime))
    case .imaginaryUnit: base = Expression(.sqrt, -1)
    case .exponential(let exponent):
      base = exp(write(Polynomial(Term(coefficient: .one, monomial: exponent))))
    }
    return (power(base, factor.exponent.magnitude), flips)
  }

  private func power(_ base: Expression, _ exponent: Coefficient) -> Expression {
    if exponent.isOne { return base }
    if exponent == .half { return sqrt(base) }
    return pow(base, Expression(exponent.value))
  }

  private func isOddInteger(_ exponent: Coefficient) -> Bool {
    exponent.isInteger && !exponent.isEven
  }

  private func isOdd(_ operation: Operator) -> Bool {
    switch operation {
    case .sin, .tan, .sinh, .tanh, .asin, .atan, .erf, .sign, .cbrt, .asinh, .atanh,
      .besselJ1, .round:
      true
    default: false
    }
  }

  /// Whether the negative of a sum is no longer than the sum.
  private func isFlippable(_ sum: Polynomial) -> Bool {
    sum.terms.contains { $0.coefficient.isNegative }
  }

  // MARK: Exponentials

  /// All exponentials of a product as one `exp`, but powers `a^x` apart.
  func exponentials(_ factors: [Factor]) -> (powers: [Expression], exponential: Expression?) {
    var powers: [(base: Polynomial, exponent: Polynomial)] = []
    var exponent: [Term] = []
    for factor in algebra.inDisplayOrder(factors) {
      guard case .exponential(let monomial) = algebra.atom(factor) else { continue }
      let term = Term(coefficient: factor.exponent, monomial: monomial)
      if let (base, rest) = baseAndExponent(term) {
        if let known = powers.firstIndex(where: { $0.base == base }) {
          powers[known].exponent = powers[known].exponent + Polynomial(rest)
        } else {
          powers.append((base, Polynomial(rest)))
        }
      } else {
        exponent.append(term)
      }
    }
    let sum = Polynomial(collecting: exponent)
    let written = powers.map { pow(write($0.base), write($0.exponent)) }
    return (written, sum.isZero ? nil : exp(write(sum)))
  }

  /// Reads `exp(x·log a)` as `a^x`.
  private func baseAndExponent(_ term: Term) -> (Polynomial, Term)? {
    for factor in term.monomial.factors where factor.exponent.isOne {
      if case .function(.log, let argument) = algebra.atom(factor) {
        let rest = term.monomial.removing(factor.atom)
        return (argument, Term(coefficient: term.coefficient, monomial: rest))
      }
    }
    return nil
  }

  // MARK: Ratios

  /// Factors without the exponentials, and with sin/cos read as tan and sinh/cosh as tanh.
  func withRatios(_ factors: [Factor]) -> (plain: [Factor], ratios: [Expression]) {
    var plain: [Factor] = []
    var ratios: [Expression] = []
    var used: Set<Int32> = []
    for factor in factors {
      if case .exponential = algebra.atom(factor) { continue }
      guard case .function(let operation, let argument) = algebra.atom(factor),
        let (partner, ratio) = partner(of: operation), factor.exponent.isInteger,
        let other = factors.first(where: {
          algebra.atom($0) == .function(partner, argument) && $0.exponent == -factor.exponent
        })
      else {
        plain.append(factor)
        continue
      }
      if used.insert(factor.atom).inserted && used.insert(other.atom).inserted {
        let isUpright = (operation == .sin || operation == .sinh) != factor.exponent.isNegative
        let base = Expression(ratio, write(argument))
        let whole = power(base, factor.exponent.magnitude)
        ratios.append(isUpright ? whole : Expression(.reciprocal, whole))
      }
    }
    return (plain, ratios)
  }

  private func partner(of operation: Operator) -> (Operator, Operator)? {
    switch operation {
    case .sin: (.cos, .tan)
    case .cos: (.sin, .tan)
    case .sinh: (.cosh, .tanh)
    case .cosh: (.sinh, .tanh)
    default: nil
    }
  }

  // MARK: Numbers

  /// Whether a factor is a number: beside an inexact number it is absorbed.
  func isNumeric(_ factor: Factor) -> Bool {
    switch algebra.atom(factor) {
    case .pi, .prime: true
    default: false
    }
  }

  func numericValue(_ factor: Factor) -> Coefficient {
    let (expression, _) = power(factor, mayFlip: false)
    let value = expression.evaluate()
    return Coefficient(inexact: factor.exponent.isNegative ? 1 / value : value)
  }
}
