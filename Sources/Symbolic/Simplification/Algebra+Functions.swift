extension Algebra {
  /// Applies an operator to normal forms.
  func apply(_ operation: Operator, _ operands: ArraySlice<Polynomial>) -> Polynomial {
    guard let a = operands.first, let b = operands.last else { return .zero }
    switch operation {
    case .add: return add(a, b)
    case .subtract: return add(a, -b)
    case .multiply: return multiply(a, b)
    case .divide: return multiply(a, power(b, -1))
    case .power: return power(a, b)
    case .negate: return -a
    case .square: return power(a, 2)
    case .cube: return power(a, 3)
    case .reciprocal: return power(a, -1)
    case .sqrt: return power(a, .half)
    case .min, .max: return extremum(operation, a, b)
    case .atan2, .hypot, .mod, .greater, .cond, .logicalOr, .logicalAnd, .polygamma:
      return opaque(operation, a, b)
    case .constant, .symbol, .pi: return .zero
    default: return function(operation, style == .proof ? overCommonDenominator(a) : a)
    }
  }

  private func function(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    if let number = a.number, !number.isExact {
      return Polynomial(Coefficient(inexact: operation(number.value)))
    }
    switch operation {
    case .exp: return exponential(a)
    case .log: return logarithm(a)
    case .abs: return absoluteValue(a)
    case .sign: return sign(a)
    case .cbrt: return cubeRoot(a)
    case .sin, .cos, .tan: return circular(operation, a)
    case .sinh, .cosh, .tanh: return hyperbolic(operation, a)
    case .asin, .acos, .atan: return inverseCircular(operation, a)
    case .erf, .asinh, .atanh, .besselJ1, .round: return odd(operation, a)
    case .besselJ0: return even(operation, a)
    case .log2, .log10, .log1p, .expm1, .erfc, .relu: return elementary(operation, a)
    default: return factor(.function(operation, a))
    }
  }

  /// Functions that are sums and products of others: by their definitions where formulas are
  /// compared, as they are where they are printed.
  private func elementary(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    guard style == .proof else { return factor(.function(operation, a)) }
    switch operation {
    case .log2: return multiply(logarithm(a), power(logarithm(ofNumber: 2), -1))
    case .log10: return multiply(logarithm(a), power(logarithm(ofNumber: 10), -1))
    case .log1p: return logarithm(add(.one, a))
    case .expm1: return add(exponential(a), -.one)
    case .erfc: return add(.one, -odd(.erf, a))
    default: return add(a, absoluteValue(a)).scaled(by: .half)
    }
  }

  /// A function of two operands about which nothing is known but its values.
  private func opaque(_ operation: Operator, _ a: Polynomial, _ b: Polynomial) -> Polynomial {
    if let left = a.number, let right = b.number, !(left.isExact && right.isExact) {
      return Polynomial(Coefficient(inexact: operation(left.value, right.value)))
    }
    if style == .proof && operation == .hypot {
      return power(add(power(a, 2), power(b, 2)), .half)
    }
    let isSwapped = operation.isCommutative && text(of: b) < text(of: a)
    return factor(.binary(operation, isSwapped ? b : a, isSwapped ? a : b))
  }

  /// Arguments of functions are compared as fractions: 1 + 1/x and (x + 1)/x are one.
  private func overCommonDenominator(_ a: Polynomial) -> Polynomial {
    let (numerator, denominator) = fraction(a)
    if denominator.isOne { return numerator }
    let inverse = Polynomial(Term(coefficient: .one, monomial: denominator.inverse))
    return multiply(numerator, inverse)
  }

  // MARK: Exponentials, powers and logarithms

  private func power(_ base: Polynomial, _ exponent: Polynomial) -> Polynomial {
    if let number = exponent.number { return power(base, number) }
    return exponential(multiply(exponent, logarithm(base)))
  }

  /// `exp` of a sum is the product of the exponentials of its terms.
  func exponential(_ exponent: Polynomial) -> Polynomial {
    exponent.terms.reduce(.one) { multiply($0, exponential(of: $1)) }
  }

  private func exponential(of term: Term) -> Polynomial {
    let factors = term.monomial.factors
    if factors.isEmpty && !term.coefficient.isExact {
      return Polynomial(Coefficient(inexact: Operator.exp(term.coefficient.value)))
    }
    if factors.count == 1, factors[0].exponent.isOne,
      case .function(.log, let argument) = atom(factors[0])
    {
      return power(argument, term.coefficient)
    }
    if style == .proof, let turn = rotation(term) { return turn }
    return normalized(
      Term(
        coefficient: .one, monomial: monomial(.exponential(term.monomial), term.coefficient)))
  }

  private func logarithm(_ a: Polynomial) -> Polynomial {
    if let number = a.number { return logarithm(ofNumber: number) }
    guard let term = a.single else {
      let scale = a.content
      guard style == .proof, !scale.isOne else { return factor(.function(.log, a)) }
      return add(
        logarithm(ofNumber: scale), factor(.function(.log, a.scaled(by: .one / scale))))
    }
    // Real exponentials leave the logarithm, and so does the exponent of a lone power.
    var sum = Polynomial.zero
    var inside: [Factor] = []
    for factor in term.monomial.factors {
      if case .exponential(let exponent) = atom(factor), isNonnegative(factor) {
        sum = add(sum, Polynomial(Term(coefficient: factor.exponent, monomial: exponent)))
      } else {
        inside.append(factor)
      }
    }
    var coefficient = term.coefficient
    if style == .proof, !coefficient.isNegative {
      sum = add(sum, logarithm(ofNumber: coefficient))
      coefficient = .one
    }
    if inside.isEmpty { return add(sum, logarithm(ofNumber: coefficient)) }
    if inside.count == 1, coefficient.isOne, !inside[0].exponent.isOne {
      let lone = Factor(atom: inside[0].atom, exponent: .one)
      let argument =
        inside[0].exponent.isEven
        ? absoluteValue(of: lone)
        : Polynomial(Term(coefficient: .one, monomial: Monomial(factors: [lone])))
      return add(sum, factor(.function(.log, argument)).scaled(by: inside[0].exponent))
    }
    let rest = Polynomial(Term(coefficient: coefficient, monomial: Monomial(factors: inside)))
    return add(sum, factor(.function(.log, rest)))
  }

  /// The logarithm of a positive fraction is a sum over its prime factors.
  private func logarithm(ofNumber number: Coefficient) -> Polynomial {
    if number.isOne { return .zero }
    guard number.isExact, number > .zero else {
      return Polynomial(Coefficient(inexact: Operator.log(number.value)))
    }
    guard style == .proof, let upper = primeFactors(number.numerator),
      let lower = primeFactors(number.denominator)
    else { return factor(.function(.log, Polynomial(number))) }
    let terms = upper.map { ($0.prime, $0.count) } + lower.map { ($0.prime, -$0.count) }
    return terms.reduce(.zero) { sum, prime in
      let atom = factor(.function(.log, Polynomial(Coefficient(prime.0))))
      return add(sum, atom.scaled(by: Coefficient(Int64(prime.1))))
    }
  }

  // MARK: Absolute values, signs and roots

  func absoluteValue(_ a: Polynomial) -> Polynomial {
    if let term = a.single, isReal(term.monomial) {
      let product = term.monomial.factors.reduce(Polynomial.one) {
        multiply($0, absoluteValue(of: $1))
      }
      return product.scaled(by: term.coefficient.magnitude)
    }
    var scale = a.content
    if isLeadingNegative(a) { scale = -scale }
    return factor(.function(.abs, a.scaled(by: .one / scale))).scaled(by: scale.magnitude)
  }

  func absoluteValue(of factor: Factor) -> Polynomial {
    let whole = Polynomial(Term(coefficient: .one, monomial: Monomial(factors: [factor])))
    if isPowerNonnegative(factor) { return whole }
    let lone = Factor(atom: factor.atom, exponent: .one)
    var argument = Polynomial(Term(coefficient: .one, monomial: Monomial(factors: [lone])))
    if case .base(let sum) = atom(factor) { argument = sum }
    return power(self.factor(.function(.abs, argument)), factor.exponent)
  }

  private func sign(_ a: Polynomial) -> Polynomial {
    if let number = a.number {
      return Polynomial(number.isZero ? .zero : number.isNegative ? .minusOne : .one)
    }
    if style == .proof { return multiply(a, power(absoluteValue(a), -1)) }
    return odd(.sign, a)
  }

  private func cubeRoot(_ a: Polynomial) -> Polynomial {
    if let number = a.number {
      let root = Operator.cbrt(number.value)
      return Coefficient(reading: root).raised(to: 3) == number
        ? Polynomial(Coefficient(reading: root)) : odd(.cbrt, a)
    }
    return odd(.cbrt, a)
  }

  private func extremum(_ operation: Operator, _ a: Polynomial, _ b: Polynomial) -> Polynomial {
    if a == b { return a }
    if style == .proof {
      // min and max are the mean of the two plus or minus half their distance.
      let distance = absoluteValue(add(a, -b))
      return add(add(a, b), operation == .min ? -distance : distance).scaled(by: .half)
    }
    if let a = a.number, let b = b.number {
      return Polynomial((operation == .min) == (a < b) ? a : b)
    }
    let isOrdered = text(of: a) <= text(of: b)
    return factor(.binary(operation, isOrdered ? a : b, isOrdered ? b : a))
  }

  /// A function with f(-x) = -f(x).
  func odd(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    if a.isZero { return .zero }
    let isFlipped = isLeadingNegative(a)
    let value = factor(.function(operation, isFlipped ? -a : a))
    return isFlipped ? -value : value
  }

  /// A function with f(-x) = f(x).
  func even(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    factor(.function(operation, isLeadingNegative(a) ? -a : a))
  }
}
