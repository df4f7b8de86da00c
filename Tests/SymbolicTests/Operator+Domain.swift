import Symbolic
import Tensors

extension Operator {
  /// Boxes of operands inside the domain, clear of poles, kinks and jumps: one range for each
  /// operand.
  ///
  /// A range of a single number is an operand that can only be a constant.
  var boxes: [[ClosedRange<Double>]] {
    switch self {
    case .power: [[0.2...3, -2...2], [0.2...3, 2...2]]
    case .min, .max, .greater: [[-2 ... -0.1, 0.1...2], [0.3...2, -1...0.2]]
    case .atan2: [[0.1...2, -2...2], [-2 ... -0.1, -2...2]]
    case .hypot: [[0.1...2, -2...2]]
    case .mod: [[0.1...0.9, 1...3], [-0.9 ... -0.1, 1...3], [3.1...3.9, -1.5 ... -1.4]]
    case .cond, .logicalOr, .logicalAnd:
      [[0.1...2, 0.1...2], [-2 ... -0.1, 0.1...2], [-2 ... -0.1, -2 ... -0.1]]
    case .polygamma:
      [[0...0, 0.3...5], [1...1, 0.3...5], [4...4, 0.3...5], [2...2, -2.8 ... -2.2]]
    case .divide: [[-2...2, 0.3...2], [-2...2, -2 ... -0.3]]
    case .reciprocal, .abs, .sign, .relu, .step, .cbrt: [[0.1...3], [-3 ... -0.1]]
    case .sqrt, .log, .log2, .log10: [[0.1...5]]
    case .log1p: [[-0.8...3]]
    case .tan: [[-1.2...1.2], [2...4]]
    case .asin, .acos, .atanh: [[-0.9...0.9]]
    case .acosh: [[1.1...6]]
    case .erfc: [[-2...4]]
    case .gamma: [[0.2...6], [-0.9 ... -0.1], [-1.9 ... -1.1]]
    case .lgamma, .digamma: [[0.2...9], [-0.9 ... -0.1], [-1.9 ... -1.1]]
    case .besselY0, .besselY1: [[0.3...20]]
    case .besselJ0, .besselJ1: [[-20 ... -0.01], [0.01...20]]
    case .floor, .ceil: [[0.1...0.9], [-1.9 ... -1.1]]
    case .round: [[-0.4...0.4], [0.6...1.4], [-2.4 ... -1.6]]
    default: arity == 1 ? [[-2...2]] : [[-2...2, -2...2]]
    }
  }

  /// Seeded points of all ``boxes``.
  func points(in box: [ClosedRange<Double>], count: Int) -> [[Double]] {
    var stream = RandomStream(seed: UInt64(rawValue) + 1)
    return (0..<count).map { _ in
      box.map { $0.lowerBound + stream.uniform(0, 1) * ($0.upperBound - $0.lowerBound) }
    }
  }

  /// The operator applied to names, or to the only number that a range holds.
  func call(in box: [ClosedRange<Double>]) -> Expression {
    let operands = zip(["a", "b"], box).map { name, range in
      range.lowerBound == range.upperBound
        ? Expression(range.lowerBound) : Expression(Symbol(name))
    }
    return arity == 1
      ? Expression(self, operands[0]) : Expression(self, operands[0], operands[1])
  }
}
