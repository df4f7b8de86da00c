extension Expression {
  /// The partial derivative, every other name held constant.
  ///
  /// The result is differentiated rule by rule and only tidied locally (no `0*a`, `1*a`); call
  /// ``simplified()`` for a readable form. `abs` has the derivative `sign`; piecewise constant
  /// functions have 0, their jumps notwithstanding; `min` and `max` average their operands' slopes
  /// where the operands are equal. The order of `polygamma` is taken for a constant.
  ///
  /// - Parameter symbol: The name to differentiate by.
  /// - Returns: The derivative; the number 0 if the name does not occur.
  public func derivative(withRespectTo symbol: Symbol) -> Expression {
    // One entry for each waiting subtree; nil is a derivative of zero.
    var slopes: [Expression?] = []
    for (index, node) in nodes.enumerated() {
      switch node.arity {
      case 0:
        slopes.append(node.symbol == symbol ? .one : nil)
      case 1:
        let inner = slopes.removeLast()
        slopes.append(
          inner.flatMap { inner in
            let operand = subtree(endingAt: index - 1)
            return slope(of: node.operation, at: operand).map { scaled(inner, by: $0) }
          })
      default:
        let right = slopes.removeLast()
        let left = slopes.removeLast()
        guard left != nil || right != nil else {
          slopes.append(nil)
          continue
        }
        let a = subtree(endingAt: index - 1 - nodes[index - 1].length)
        let b = subtree(endingAt: index - 1)
        slopes.append(slope(of: node.operation, a, left, b, right))
      }
    }
    return slopes[0] ?? .zero
  }

  /// The partial derivative by several names in turn: `[x, x, t]` is ∂³/∂x²∂t.
  ///
  /// Each step is simplified, which keeps high orders short.
  ///
  /// - Parameter symbols: The names to differentiate by, in order.
  /// - Returns: The derivative.
  public func derivative(withRespectTo symbols: [Symbol]) -> Expression {
    symbols.reduce(self) { $0.derivative(withRespectTo: $1).simplified() }
  }
}

/// The derivative of an operator of one operand by that operand; nil where it is zero.
private func slope(of operation: Operator, at a: Expression) -> Expression? {
  switch operation {
  case .negate: -1
  case .square: 2 * a
  case .cube: 3 * pow(a, 2)
  case .reciprocal: -1 / pow(a, 2)
  case .sqrt: 1 / (2 * sqrt(a))
  case .cbrt: 1 / (3 * pow(Expression(.cbrt, a), 2))
  case .exp: exp(a)
  case .log: 1 / a
  case .sin: cos(a)
  case .cos: -sin(a)
  case .tan: 1 + pow(tan(a), 2)
  case .asin: 1 / sqrt(1 - pow(a, 2))
  case .acos: -1 / sqrt(1 - pow(a, 2))
  case .atan: 1 / (1 + pow(a, 2))
  case .sinh: Expression(.cosh, a)
  case .cosh: Expression(.sinh, a)
  case .tanh: 1 - pow(tanh(a), 2)
  case .abs: Expression(.sign, a)
  case .erf: 2 / sqrt(.pi) * exp(-pow(a, 2))
  case .erfc: -2 / sqrt(.pi) * exp(-pow(a, 2))
  case .log2: 1 / (log(2) * a)
  case .log10: 1 / (log(10) * a)
  case .log1p: 1 / (1 + a)
  case .expm1: exp(a)
  case .asinh: 1 / sqrt(1 + pow(a, 2))
  // Two roots, so that there is no slope where there is no value.
  case .acosh: 1 / (sqrt(a - 1) * sqrt(a + 1))
  case .atanh: 1 / (1 - pow(a, 2))
  case .gamma: Expression(.gamma, a) * Expression(.digamma, a)
  case .lgamma: Expression(.digamma, a)
  case .digamma: Expression(.polygamma, 1, a)
  case .besselJ0: -Expression(.besselJ1, a)
  case .besselJ1: Expression(.besselJ0, a) - Expression(.besselJ1, a) / a
  case .besselY0: -Expression(.besselY1, a)
  case .besselY1: Expression(.besselY0, a) - Expression(.besselY1, a) / a
  case .relu: Expression(.step, a)
  case .sign, .step, .floor, .ceil, .round: nil
  case .constant, .symbol, .pi, .add, .subtract, .multiply, .divide, .power, .min, .max, .atan2,
    .hypot, .mod, .greater, .cond, .logicalOr, .logicalAnd, .polygamma:
    preconditionFailure("\(operation) does not take one operand")
  }
}

/// The derivative of an operator of two operands, given theirs; nil stands for zero.
private func slope(
  of operation: Operator, _ a: Expression, _ da: Expression?, _ b: Expression, _ db: Expression?
) -> Expression? {
  switch operation {
  case .add: sum(da, db)
  case .subtract: sum(da, db.map { scaled($0, by: -1) })
  case .multiply: sum(da.map { scaled($0, by: b) }, db.map { scaled($0, by: a) })
  case .divide:
    if let db {
      sum(da.map { $0 / b }, scaled(db, by: -a / pow(b, 2)))
    } else {
      da.map { $0 / b }
    }
  case .power: powerSlope(a, da, b, db)
  case .min: sum(average(da, db), scaled(difference(da, db), by: -0.5 * Expression(.sign, a - b)))
  case .max: sum(average(da, db), scaled(difference(da, db), by: 0.5 * Expression(.sign, a - b)))
  case .atan2:
    sum(
      da.map { scaled($0, by: b / (pow(a, 2) + pow(b, 2))) },
      db.map { scaled($0, by: -a / (pow(a, 2) + pow(b, 2))) })
  case .hypot:
    sum(
      da.map { scaled($0, by: a / Expression(.hypot, a, b)) },
      db.map { scaled($0, by: b / Expression(.hypot, a, b)) })
  case .mod: sum(da, db.map { scaled($0, by: -Expression(.floor, a / b)) })
  case .cond: db.map { Expression(.cond, a, $0) }
  case .greater, .logicalOr, .logicalAnd: nil
  case .polygamma: db.map { scaled($0, by: Expression(.polygamma, next(a), b)) }
  default: preconditionFailure("\(operation) does not take two operands")
  }
}

/// `(a^b)' = b a^(b-1) a' + a^b log(a) b'`.
private func powerSlope(
  _ a: Expression, _ da: Expression?, _ b: Expression, _ db: Expression?
) -> Expression? {
  let fromBase = da.flatMap { da -> Expression? in
    if b.constantValue == 0 { return nil }
    let lower = b.constantValue.map { Expression($0 - 1) } ?? b - 1
    let power = lower.constantValue == 1 ? a : pow(a, lower)
    return scaled(da, by: b.constantValue == 1 ? 1 : b * power)
  }
  return sum(fromBase, db.map { scaled($0, by: pow(a, b) * log(a)) })
}

/// The order after one.
private func next(_ order: Expression) -> Expression {
  order.constantValue.map { Expression($0 + 1) } ?? order + 1
}

private func sum(_ a: Expression?, _ b: Expression?) -> Expression? {
  guard let a, let b else { return a ?? b }
  return a + b
}

private func difference(_ a: Expression?, _ b: Expression?) -> Expression {
  guard let a else { return b.map { scaled($0, by: -1) } ?? .zero }
  return b.map { a - $0 } ?? a
}

private func average(_ a: Expression?, _ b: Expression?) -> Expression? {
  sum(a, b).map { scaled($0, by: 0.5) }
}

/// A product without factors of one.
private func scaled(_ a: Expression, by factor: Expression) -> Expression {
  switch (a.constantValue, factor.constantValue) {
  case (_, 1): a
  case (1, _): factor
  case (_, -1): -a
  case (-1, _): -factor
  case (let a?, let factor?): Expression(a * factor)
  default: factor * a
  }
}
