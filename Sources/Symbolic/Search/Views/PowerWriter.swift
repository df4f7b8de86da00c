/// Writes powers and products of powers with the operators of a grammar: `x^1.5` as `x*sqrt(x)` where
/// there is no `^`.
package struct PowerWriter: Sendable {
  private let operators: Set<Operator>

  /// Prepares for the operators that formulas may contain.
  package init(operators: [Operator]) {
    self.operators = Set(operators)
  }

  /// A power.
  ///
  /// - Parameters:
  ///   - base: A tree.
  ///   - exponent: Any number but zero.
  /// - Returns: The tree of `base^exponent`; nil if the grammar cannot write it.
  package func write(_ base: [Gene], exponent: Double) -> [Gene]? {
    if exponent == 1 { return base }
    if exponent < 0 {
      guard let denominator = write(base, exponent: -exponent) else { return nil }
      let one = [Gene(constant: 1, isFixed: true)]
      if operators.contains(.divide) { return one.combined(.divide, denominator) }
      return operators.contains(.reciprocal) ? denominator.applying(.reciprocal) : nil
    }
    if exponent == exponent.rounded(), exponent <= 6 { return whole(base, Int(exponent)) }
    if 2 * exponent == (2 * exponent).rounded(), exponent < 6, operators.contains(.sqrt) {
      let root = base.applying(.sqrt)
      if exponent == 0.5 { return root }
      return whole(base, Int(exponent)).flatMap { product($0, root) }
    }
    return general(base, exponent)
  }

  /// A product of powers, those with negative exponents in one denominator.
  ///
  /// - Parameters:
  ///   - factor: A free factor in front, or nil.
  ///   - powers: The bases with their exponents, none of them zero.
  /// - Returns: The tree; nil if the grammar cannot write it.
  package func product(factor: Double?, powers: [(base: [Gene], exponent: Double)]) -> [Gene]? {
    var numerator: [Gene]? = factor.map { [Gene(constant: $0)] }
    var denominator: [Gene]?
    for (base, exponent) in powers {
      // Without division, a negative power has to come as a factor.
      let isBelow = exponent < 0 && operators.contains(.divide)
      guard let power = write(base, exponent: isBelow ? -exponent : exponent) else { return nil }
      if isBelow {
        guard let joined = denominator.map({ product($0, power) }) ?? power else { return nil }
        denominator = joined
      } else {
        guard let joined = numerator.map({ product($0, power) }) ?? power else { return nil }
        numerator = joined
      }
    }
    let top = numerator ?? [Gene(constant: 1, isFixed: true)]
    return denominator.map { top.combined(.divide, $0) } ?? top
  }

  private func whole(_ base: [Gene], _ exponent: Int) -> [Gene]? {
    switch exponent {
    case 1: return base
    case 2:
      if operators.contains(.square) { return base.applying(.square) }
      if base.count > 1, operators.contains(.power) { return general(base, 2) }
      return product(base, base) ?? general(base, 2)
    case 3 where operators.contains(.cube): return base.applying(.cube)
    case 4, 6:
      if operators.contains(.square) { return whole(base, exponent / 2)?.applying(.square) }
    default: break
    }
    if let power = general(base, Double(exponent)) { return power }
    return whole(base, exponent - 1).flatMap { product($0, base) }
  }

  private func general(_ base: [Gene], _ exponent: Double) -> [Gene]? {
    let isRound = 12 * exponent == (12 * exponent).rounded()
    let number = Gene(constant: exponent, isFixed: isRound)
    return operators.contains(.power) ? base.combined(.power, [number]) : nil
  }

  private func product(_ left: [Gene], _ right: [Gene]) -> [Gene]? {
    operators.contains(.multiply) ? left.combined(.multiply, right) : nil
  }
}

extension [Gene] {
  /// The tree under an operator of one operand.
  func applying(_ operation: Operator) -> [Gene] {
    self + [Gene(operation, length: count + 1)]
  }

  /// Two trees under an operator of two operands.
  func combined(_ operation: Operator, _ right: [Gene]) -> [Gene] {
    self + right + [Gene(operation, length: count + right.count + 1)]
  }

  /// The tree with columns exchanged for trees; others stay.
  ///
  /// - Parameter replacement: The tree for a column, or nil.
  /// - Returns: The new tree.
  func substituting(_ replacement: (Int) -> [Gene]?) -> [Gene] {
    var result: [Gene] = []
    for gene in self {
      if gene.operation == .symbol, let tree = replacement(Int(gene.variable)) {
        result += tree
      } else {
        result.append(gene)
      }
    }
    result.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { restoreLengths(start, count: buffer.count) }
    }
    return result
  }
}
