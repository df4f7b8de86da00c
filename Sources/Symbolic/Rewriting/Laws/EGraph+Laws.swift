extension EGraph {
  /// The classes that arithmetic finds equal to that of a node.
  ///
  /// These are the rules that speak of sums and products of any length, or of any function, which a
  /// ``RewriteRule`` cannot say.
  mutating func laws(for node: Node) -> [ClassID] {
    switch node {
    case .number, .symbol, .pi: []
    case .sum(let constant, let parts): sumLaws(constant, parts)
    case .product(let parts): productLaws(parts)
    case .function(let operation, let operands): functionLaws(operation, operands)
    }
  }

  private mutating func sumLaws(_ constant: Coefficient, _ parts: [Part]) -> [ClassID] {
    [
      mergingLogarithms(constant, parts), factoringAll(constant, parts),
      factoringSome(constant, parts),
    ].compactMap(\.self) + rescaling(constant, parts)
  }

  private mutating func productLaws(_ parts: [Part]) -> [ClassID] {
    [openingPowers(parts), mergingExponentials(parts)].compactMap(\.self)
      + multiplyingOut(parts) + dividingThrough(parts)
  }

  private mutating func functionLaws(
    _ operation: Operator, _ operands: [ClassID]
  ) -> [ClassID] {
    switch operation {
    case .exp: openingExponential(operands[0])
    case .log: openingLogarithm(operands[0])
    case .abs: openingAbsolute(operands[0])
    case .sin, .tan, .asin, .atan, .sinh, .tanh, .erf, .cbrt, .sign:
      mirroring(operation, operands[0], sign: .minusOne)
    case .cos, .cosh: mirroring(operation, operands[0], sign: .one)
    default: []
    }
  }

  /// f(-a) = ±f(a) for odd and even functions, where the operand begins with a minus.
  private mutating func mirroring(
    _ operation: Operator, _ operand: ClassID, sign: Coefficient
  ) -> [ClassID] {
    let sums = self[operand].nodes.filter { node in
      guard case .sum(_, let parts) = node else { return false }
      return parts[0].number.isNegative
    }
    guard !sums.isEmpty else { return [] }
    let mirrored = sum(.zero, [Part(id: operand, number: .minusOne)])
    return [sum(.zero, [Part(id: function(operation, [mirrored]), number: sign)])]
  }

  /// The absolute value of a product is the product of absolute values.
  private mutating func openingAbsolute(_ operand: ClassID) -> [ClassID] {
    self[operand].nodes.compactMap { node -> ClassID? in
      switch node {
      case .product(let parts):
        guard parts.count > 1 || !parts[0].number.isOne else { return nil }
        return product(
          parts.map { Part(id: function(.abs, [$0.id]), number: $0.number) })
      case .sum(let constant, let parts)
      where constant.isZero && parts.count == 1:
        let magnitude = function(.abs, [parts[0].id])
        return sum(.zero, [Part(id: magnitude, number: parts[0].number.magnitude)])
      case .sum(let constant, let parts) where parts[0].number.isNegative:
        let mirrored = parts.map { Part(id: $0.id, number: -$0.number) }
        return function(.abs, [sum(-constant, mirrored)])
      default: return nil
      }
    }
  }
}
