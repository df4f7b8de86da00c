import Symbolic
import Tensors

/// Random formulas for property tests.
struct RandomExpressions {
  var stream: RandomStream
  var operators: [Operator] = Operator.allCases.filter { $0.arity > 0 }
  let symbols: [Symbol] = ["x", "y", "alpha"]

  /// Whether π occurs; `sign(sin(pi))` and `cbrt(sin(pi))` magnify the rounding of π.
  var includesPi = true

  init(seed: UInt64) {
    stream = RandomStream(seed: seed)
  }

  /// A formula of at most `size` nodes.
  mutating func expression(size: Int) -> Expression {
    if size <= 1 { return leaf() }
    let operation = operators[stream.below(operators.count)]
    if operation.arity == 1 || size == 2 {
      guard operation.arity == 1 else { return leaf() }
      return Expression(operation, expression(size: size - 1))
    }
    let left = 1 + stream.below(size - 2)
    return Expression(operation, expression(size: left), expression(size: size - 1 - left))
  }

  private mutating func leaf() -> Expression {
    switch stream.below(10) {
    case 0..<6: Expression(symbols[stream.below(symbols.count)])
    case 6, 7: Expression([0, 1, 2, 3, -1, 0.5, -2, 10][stream.below(8)])
    case 8: includesPi ? .pi : 4
    default: Expression((stream.normal() * 1000).rounded() / 256)
    }
  }

  /// A value for every symbol, positive or of either sign.
  mutating func point(positive: Bool) -> [Symbol: Double] {
    var point: [Symbol: Double] = [:]
    for symbol in symbols {
      point[symbol] = positive ? stream.uniform(0.3, 2.5) : stream.uniform(-2.5, 2.5)
    }
    return point
  }
}
