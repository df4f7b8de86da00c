extension Algebra {
  // MARK: Circular functions

  func circular(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    if style == .proof { return circularByExponentials(operation, a) }
    if a.isZero { return operation == .cos ? .one : .zero }
    if let inverse = undone(operation, a) { return inverse }
    let (rest, quarters) = withoutQuarterTurns(a)
    if rest.isZero, let value = cardinalValue(operation, quarters) { return value }
    if let value = specialValue(operation, a) { return value }
    switch (operation, quarters) {
    case (.sin, 0): return odd(.sin, rest)
    case (.sin, 1): return even(.cos, rest)
    case (.sin, 2): return -odd(.sin, rest)
    case (.sin, _): return -even(.cos, rest)
    case (.cos, 0): return even(.cos, rest)
    case (.cos, 1): return -odd(.sin, rest)
    case (.cos, 2): return -even(.cos, rest)
    case (.cos, _): return odd(.sin, rest)
    default: return quarters % 2 == 0 ? odd(.tan, rest) : odd(.tan, a)
    }
  }

  /// `sin a = (e^{ia} - e^{-ia})/(2i)`, and so on: identities of circular functions become
  /// identities of polynomials.
  func circularByExponentials(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    let forward = exponential(multiply(a, factorOfImaginaryUnit))
    let backward = exponential(multiply(-a, factorOfImaginaryUnit))
    let sine = multiply(add(forward, -backward), factorOfImaginaryUnit)
      .scaled(by: -.half)
    let cosine = add(forward, backward).scaled(by: .half)
    switch operation {
    case .sin: return sine
    case .cos: return cosine
    default: return multiply(sine, power(cosine, -1))
    }
  }

  /// `exp(i·asin a) = √(1-a²) + i·a` and `exp(i·atan a) = (1 + i·a)/√(1+a²)`.
  func rotation(_ term: Term) -> Polynomial? {
    guard term.monomial.factors.count == 2, let count = term.coefficient.integer else { return nil }
    var argument: (Operator, Polynomial)?
    var isImaginary = false
    for factor in term.monomial.factors where factor.exponent.isOne {
      switch atom(factor) {
      case .imaginaryUnit: isImaginary = true
      case .function(let operation, let a) where operation == .asin || operation == .atan:
        argument = (operation, a)
      default: return nil
      }
    }
    guard isImaginary, let (operation, a) = argument else { return nil }
    let square = power(a, 2)
    let imaginary = multiply(a, factorOfImaginaryUnit)
    let turn =
      operation == .asin
      ? add(power(add(.one, -square), .half), imaginary)
      : multiply(add(.one, imaginary), power(add(.one, square), -.half))
    if count > 0 { return power(turn, Coefficient(Int64(count))) }
    // The inverse of a rotation is its conjugate.
    let conjugate =
      operation == .asin
      ? add(power(add(.one, -square), .half), -imaginary)
      : multiply(add(.one, -imaginary), power(add(.one, square), -.half))
    return power(conjugate, Coefficient(Int64(-count)))
  }

  /// Takes multiples of π/2 out of an angle; returns how many, modulo 4.
  private func withoutQuarterTurns(_ a: Polynomial) -> (Polynomial, Int) {
    let pi = monomial(.pi)
    guard let term = a.terms.first(where: { $0.monomial == pi }),
      let quarters = (term.coefficient * 2).integer
    else { return (a, 0) }
    return (a - Polynomial(term), ((quarters % 4) + 4) % 4)
  }

  private func cardinalValue(_ operation: Operator, _ quarters: Int) -> Polynomial? {
    let sines: [Coefficient] = [0, 1, 0, -1]
    let sine = sines[quarters]
    let cosine = sines[(quarters + 1) % 4]
    switch operation {
    case .sin: return Polynomial(sine)
    case .cos: return Polynomial(cosine)
    default: return cosine.isZero ? nil : Polynomial(sine / cosine)
    }
  }

  /// Sines and cosines of multiples of π/6 and π/4.
  func specialValue(_ operation: Operator, _ a: Polynomial) -> Polynomial? {
    guard let term = a.single, term.monomial == monomial(.pi),
      let twelfths = (term.coefficient * 12).integer
    else { return nil }
    if operation == .tan {
      guard let sine = specialValue(.sin, a), let cosine = specialValue(.cos, a) else { return nil }
      return multiply(sine, power(cosine, -1))
    }
    let angle = (((operation == .sin ? twelfths : twelfths + 6) % 24) + 24) % 24
    let value: Polynomial
    switch angle % 12 {
    case 2, 10: value = Polynomial(.half)
    case 3, 9: value = power(Polynomial(2), -.half)
    case 4, 8: value = power(Polynomial(3), .half).scaled(by: .half)
    default: return nil
    }
    return angle < 12 ? value : -value
  }

  /// `sin(asin x) = x`, and so on.
  private func undone(_ operation: Operator, _ a: Polynomial) -> Polynomial? {
    guard let term = a.single, term.coefficient.isOne, term.monomial.factors.count == 1,
      term.monomial.factors[0].exponent.isOne,
      case .function(let inner, let argument) = atom(term.monomial.factors[0])
    else { return nil }
    switch (operation, inner) {
    case (.sin, .asin), (.cos, .acos), (.tan, .atan): return argument
    case (.cos, .asin), (.sin, .acos): return power(add(.one, -power(argument, 2)), .half)
    default: return nil
    }
  }

  func inverseCircular(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    let quarter = factor(.pi).scaled(by: .half)
    if style == .proof && operation == .acos {
      return add(quarter, -odd(.asin, a))
    }
    switch (operation, a.number?.integer) {
    case (.acos, 1): return .zero
    case (.acos, 0), (.asin, 1): return quarter
    case (.asin, -1): return -quarter
    case (.acos, -1): return factor(.pi)
    case (.atan, 1): return quarter.scaled(by: .half)
    case (.atan, -1): return quarter.scaled(by: -.half)
    case (.acos, _): return factor(.function(.acos, a))
    default: return odd(operation, a)
    }
  }

  // MARK: Hyperbolic functions

  func hyperbolic(_ operation: Operator, _ a: Polynomial) -> Polynomial {
    if a.isZero { return operation == .cosh ? .one : .zero }
    guard style == .proof || isLogarithmic(a) else {
      return operation == .cosh ? even(.cosh, a) : odd(operation, a)
    }
    let forward = exponential(a)
    let backward = exponential(-a)
    switch operation {
    case .sinh: return add(forward, -backward).scaled(by: .half)
    case .cosh: return add(forward, backward).scaled(by: .half)
    default: return multiply(add(forward, -backward), power(add(forward, backward), -1))
    }
  }

  /// Whether an argument is made of logarithms, so that `tanh(log(p/q))` is a fraction of powers.
  private func isLogarithmic(_ a: Polynomial) -> Bool {
    a.terms.allSatisfy { term in
      guard term.monomial.factors.count == 1, term.monomial.factors[0].exponent.isOne,
        case .function(.log, _) = atom(term.monomial.factors[0])
      else { return false }
      return term.coefficient.isExact
    }
  }
}
