/// The shape of a part of a formula, with names for what may stand anywhere.
///
/// Patterns are written as formulas and brought to the sums and products of an ``EGraph``, so that
/// `a - b`, `b/a` and `sqrt(a)` mean in a pattern what they mean in the graph.
indirect enum Pattern: Equatable, Sendable {
  /// Any class; the same name stands for the same class everywhere in a rule.
  case variable(Int)
  case number(Coefficient)
  case pi
  case sum(Coefficient, [Part])
  case product([Part])
  case function(Operator, [Pattern])

  /// An operand with its coefficient or exponent.
  struct Part: Equatable, Sendable {
    var pattern: Pattern
    var number: Coefficient
  }

  /// Reads a pattern.
  ///
  /// - Parameters:
  ///   - formula: A formula whose names are variables.
  ///   - names: The names met so far, in the order of their numbers; new ones are added.
  init(_ formula: Expression, names: inout [Symbol]) {
    self = formula.fold { node, operands in
      let operands = Array(operands)
      switch node.operation {
      case .constant: return .number(Coefficient(reading: node.value))
      case .pi: return .pi
      case .symbol:
        guard let symbol = node.symbol else { return .number(.zero) }
        if let index = names.firstIndex(of: symbol) { return .variable(index) }
        names.append(symbol)
        return .variable(names.count - 1)
      case .add: return .sum(of: [(operands[0], .one), (operands[1], .one)])
      case .subtract: return .sum(of: [(operands[0], .one), (operands[1], .minusOne)])
      case .negate: return .sum(of: [(operands[0], .minusOne)])
      case .multiply: return .product(of: [(operands[0], .one), (operands[1], .one)])
      case .divide: return .product(of: [(operands[0], .one), (operands[1], .minusOne)])
      case .reciprocal: return .product(of: [(operands[0], .minusOne)])
      case .square: return .product(of: [(operands[0], Coefficient(2))])
      case .cube: return .product(of: [(operands[0], Coefficient(3))])
      case .sqrt: return .product(of: [(operands[0], .half)])
      case .power:
        if case .number(let exponent) = operands[1] {
          return .product(of: [(operands[0], exponent)])
        }
        return .function(.power, operands)
      default: return .function(node.operation, operands)
      }
    }
  }

  private static func sum(of terms: [(Pattern, Coefficient)]) -> Pattern {
    var constant = Coefficient.zero
    var parts: [Part] = []
    for (pattern, number) in terms {
      switch pattern {
      case .number(let value): constant = constant + number * value
      case .sum(let inner, let nested):
        constant = constant + number * inner
        parts += nested.map { Part(pattern: $0.pattern, number: number * $0.number) }
      default: parts.append(Part(pattern: pattern, number: number))
      }
    }
    if parts.isEmpty { return .number(constant) }
    if constant.isZero, parts.count == 1, parts[0].number.isOne { return parts[0].pattern }
    return .sum(constant, parts)
  }

  private static func product(of factors: [(Pattern, Coefficient)]) -> Pattern {
    var coefficient = Coefficient.one
    var parts: [Part] = []
    for (pattern, exponent) in factors {
      switch pattern {
      case .number(let value):
        coefficient = coefficient * value.raised(to: exponent.integer ?? 1)
      case .product(let nested):
        parts += nested.map { Part(pattern: $0.pattern, number: $0.number * exponent) }
      case .sum(let constant, let terms) where constant.isZero && terms.count == 1:
        coefficient = coefficient * terms[0].number.raised(to: exponent.integer ?? 1)
        parts.append(Part(pattern: terms[0].pattern, number: exponent))
      default: parts.append(Part(pattern: pattern, number: exponent))
      }
    }
    let unit: Pattern =
      parts.count == 1 && parts[0].number.isOne ? parts[0].pattern : .product(parts)
    if parts.isEmpty { return .number(coefficient) }
    return coefficient.isOne ? unit : .sum(.zero, [Part(pattern: unit, number: coefficient)])
  }
}
