extension Algebra {
  /// A sum with products of sines and cosines written as sums over their angles.
  ///
  /// `2·sin x·cos x` becomes `sin 2x` and `cos x·cos y - sin x·sin y` becomes `cos(x + y)`: each
  /// function is taken apart into e^{iθ} and e^{-iθ}, the products are multiplied out, and what
  /// belongs to one angle is put together again.
  ///
  /// - Parameter sum: A sum in a style meant for reading.
  /// - Returns: The same function; nil if there are no such products or too many.
  func harmonics(_ sum: Polynomial) -> Polynomial? {
    guard sum.terms.contains(where: { circularDegree($0.monomial) > 1 }) else { return nil }
    var waves = Polynomial.zero
    for term in sum.terms {
      guard circularDegree(term.monomial) <= 6 else { return nil }
      var product = Polynomial(Term(coefficient: term.coefficient, monomial: .one))
      for factor in term.monomial.factors {
        let part: Polynomial
        if isCircular(factor), case .function(let operation, let argument) = atom(factor) {
          part = power(circularByExponentials(operation, argument), factor.exponent)
        } else {
          part = Polynomial(Term(coefficient: .one, monomial: Monomial(factors: [factor])))
        }
        product = multiply(product, part)
      }
      waves = add(waves, product)
      if isExhausted { return nil }
    }
    return joined(waves: waves)
  }

  /// An amplitude without the parts that turn, and the angle of those.
  private struct Wave: Hashable {
    let amplitude: Monomial
    let angle: Polynomial
  }

  /// Puts c·e^{iθ} and its conjugate together: 2·Re c·cos θ - 2·Im c·sin θ.
  private func joined(waves: Polynomial) -> Polynomial? {
    var order: [Wave] = []
    var real: [Wave: Coefficient] = [:]
    var imaginary: [Wave: Coefficient] = [:]
    for term in waves.terms {
      let (wave, isImaginary) = wave(of: term.monomial)
      if real[wave] == nil && imaginary[wave] == nil { order.append(wave) }
      if isImaginary { imaginary[wave] = term.coefficient } else { real[wave] = term.coefficient }
    }
    var result = Polynomial.zero
    var isDone: Set<Wave> = []
    for wave in order where isDone.insert(wave).inserted {
      let mirror = Wave(amplitude: wave.amplitude, angle: -wave.angle)
      isDone.insert(mirror)
      let (c, s) = (real[wave] ?? .zero, imaginary[wave] ?? .zero)
      guard real[mirror] ?? .zero == c, imaginary[mirror] ?? .zero == -s else { return nil }
      // An angle of zero is its own mirror image.
      let count: Coefficient = wave.angle.isZero ? 1 : 2
      let amplitude = Polynomial(Term(coefficient: count, monomial: wave.amplitude))
      let even = circular(.cos, wave.angle).scaled(by: c)
      let odd = circular(.sin, wave.angle).scaled(by: -s)
      result = add(result, multiply(amplitude, add(even, odd)))
    }
    return isExhausted ? nil : result
  }

  private func wave(of monomial: Monomial) -> (wave: Wave, isImaginary: Bool) {
    var amplitude: [Factor] = []
    var angle: [Term] = []
    var isImaginary = false
    for factor in monomial.factors {
      switch atom(factor) {
      case .imaginaryUnit: isImaginary = true
      case .exponential(let exponent) where !isReal(exponent):
        let direction = exponent.removing(number(of: .imaginaryUnit))
        angle.append(Term(coefficient: factor.exponent, monomial: direction))
      default: amplitude.append(factor)
      }
    }
    let wave = Wave(
      amplitude: Monomial(factors: amplitude), angle: Polynomial(collecting: angle))
    return (wave, isImaginary)
  }

  private func isCircular(_ factor: Factor) -> Bool {
    guard case .function(let operation, _) = atom(factor), factor.exponent.isInteger,
      !factor.exponent.isNegative
    else { return false }
    return operation == .sin || operation == .cos
  }

  private func circularDegree(_ monomial: Monomial) -> Int {
    monomial.factors.reduce(0) { $0 + (isCircular($1) ? $1.exponent.integer ?? 0 : 0) }
  }
}
