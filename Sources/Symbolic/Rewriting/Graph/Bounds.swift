/// Between which values a part of a formula lies, as far as the domains of its names tell.
///
/// Rules about roots, logarithms and absolute values ask for signs. An ``Interval`` is closed, so that
/// it cannot say that a name is positive and comes as near to zero as it likes: that is said beside it.
struct Bounds: Equatable {
  /// The values, wherever the part is defined.
  var range: Interval

  /// Whether zero is not among the values, although it may be a bound.
  var excludesZero: Bool

  static let everything = Bounds(.whole)
  static let nonnegative = Bounds(.nonNegative)
  static let positive = Bounds(.nonNegative, excludesZero: true)

  /// A part that is defined nowhere may be anything.
  init(_ range: Interval, excludesZero: Bool = false) {
    self.range = range.isEmpty ? .whole : range
    self.excludesZero = excludesZero || range.lower > 0 || range.upper < 0
  }

  init(_ value: Double) {
    self.init(value.isFinite ? Interval(value) : .whole)
  }

  var isNonnegative: Bool { range.lower >= 0 }
  var isPositive: Bool { isNonnegative && excludesZero }
  var isNonpositive: Bool { range.upper <= 0 }
  var isNegative: Bool { isNonpositive && excludesZero }

  /// What both know; the first alone if they contradict each other, as where nothing is defined.
  func intersection(_ other: Bounds) -> Bounds {
    let common = range.intersection(other.range)
    return common.isEmpty
      ? self : Bounds(common, excludesZero: excludesZero || other.excludesZero)
  }

  static func + (a: Bounds, b: Bounds) -> Bounds {
    let isSigned =
      (a.isPositive && b.isNonnegative) || (a.isNonnegative && b.isPositive)
      || (a.isNegative && b.isNonpositive) || (a.isNonpositive && b.isNegative)
    return Bounds(a.range + b.range, excludesZero: isSigned)
  }

  static func * (a: Bounds, b: Bounds) -> Bounds {
    Bounds(a.range * b.range, excludesZero: a.excludesZero && b.excludesZero)
  }

  /// The bounds of a real power, where it is defined.
  func raised(to exponent: Coefficient) -> Bounds {
    let excludesZero = excludesZero || exponent.isNegative
    if let integer = exponent.integer {
      let power = range.raised(to: integer)
      // Zero divides nothing: what is left has the sign of the rest.
      if isNonnegative || integer % 2 == 0 {
        return Bounds(power.intersection(.nonNegative), excludesZero: excludesZero)
      }
      if isNonpositive {
        return Bounds(power.intersection(-.nonNegative), excludesZero: excludesZero)
      }
      return Bounds(power, excludesZero: excludesZero)
    }
    guard exponent.value.isFinite else { return .nonnegative }
    let power = range.intersection(.nonNegative).raised(to: Interval(exponent.value))
    return Bounds(power.intersection(.nonNegative), excludesZero: excludesZero)
  }

  /// The bounds of a function of one operand, where it is defined.
  static func of(_ operation: Operator, _ operand: Bounds) -> Bounds {
    let operands = Enclosure(operand.range, .continuous)
    let range = operation.enclosure(operands, operands).range
    return switch operation {
    case .exp, .cosh: Bounds(range, excludesZero: true)
    case .abs, .tanh, .sinh, .asinh, .erf, .sign, .atan, .asin, .cbrt:
      // Zero at zero and nowhere else.
      Bounds(range, excludesZero: operand.excludesZero)
    default: Bounds(range)
    }
  }
}
