internal import Networks
internal import Symbolic

extension Problem {
  /// What is odd about the problem; empty for one that looks well-posed.
  public var warnings: [RecipeWarning] { missingConditions + contradictions }

  /// Unknowns of which the conditions say too little.
  ///
  /// Of one unknown, each variable needs as many conditions as the order of its derivatives, which a
  /// condition on the whole boundary, a period, a transform and measurements may stand for. Of a
  /// system of partial equations only an unknown that no condition mentions is told: how many it
  /// needs depends on the system.
  private var missingConditions: [RecipeWarning] {
    guard data == nil, !transform.contains(where: { $0 != nil }) else { return [] }
    let names = ProblemNames(self)
    let orders = Self.orders(of: equations, names)
    func mentions(_ condition: Condition, _ unknown: Int) -> Bool {
      condition.equation.symbols.contains { derivative($0)?.unknown == unknown }
    }
    if unknowns.count > 1 && variables.count > 1 {
      return unknowns.indices.filter { unknown in !conditions.contains { mentions($0, unknown) } }
        .map { .unknownWithoutCondition(unknowns[$0]) }
    }
    var warnings: [RecipeWarning] = []
    for (unknown, name) in unknowns.enumerated() {
      for (index, variable) in variables.enumerated() where orders[unknown][index] > 0 {
        let order = orders[unknown][index]
        let found = conditions.reduce(0) { count, condition in
          guard mentions(condition, unknown) else { return count }
          // A boundary is met twice on the way along a variable.
          if condition.boundary != nil {
            return count + (effectiveDomain.variables.contains(index) ? 2 : 0)
          }
          return count + (condition.location.contains { $0.variable == index } ? 1 : 0)
        }
        // The members of an ordinary system may be given at either end and together.
        if found < order && (unknowns.count == 1 || found == 0) {
          warnings.append(
            .fewConditions(unknown: name, variable: variable.name, order: order, found: found))
        }
      }
    }
    return warnings
  }

  /// Pairs of conditions that state different values of one unknown where they meet.
  private var contradictions: [RecipeWarning] {
    var warnings: [RecipeWarning] = []
    let stated = conditions.enumerated().compactMap { index, condition in
      statedValue(condition).map { (index, condition, $0.unknown, $0.value) }
    }
    for (i, first) in stated.enumerated() {
      for second in stated[(i + 1)...] where first.2 == second.2 {
        guard let corner = corner(first.1, second.1) else { continue }
        let values = [first.3, second.3].map { withNumbers($0).evaluate(corner.point) }
        let scale = max(1, values.map { Swift.abs($0) }.max() ?? 1)
        // Ends of intervals such as pi/2 leave roundings in the values.
        guard values.allSatisfy(\.isFinite), Swift.abs(values[0] - values[1]) > 1e-6 * scale
        else { continue }
        warnings.append(
          .contradiction(
            first: first.0 + 1, second: second.0 + 1, place: corner.place, values: values))
      }
    }
    return warnings
  }

  /// The value that a condition gives to an unknown, if that is what it does: g of `c*u - c*g`.
  private func statedValue(_ condition: Condition) -> (unknown: Int, value: Expression)? {
    let fields = condition.equation.symbols.compactMap { derivative($0) }
    guard condition.partner == nil, condition.boundary == nil, condition.ranges.isEmpty,
      fields.count == 1, let field = fields.first, field.order == 0
    else { return nil }
    let slope = withNumbers(condition.equation.derivative(withRespectTo: field.symbol))
      .simplified().constantValue
    guard let slope, slope != 0 else { return nil }
    let rest = condition.equation.substituting([field.symbol: 0])
    return (field.unknown, rest / Expression(-slope))
  }

  /// A point where two conditions hold, in the middle of the variables that both leave free.
  private func corner(
    _ first: Condition, _ second: Condition
  ) -> (point: [Symbol: Double], place: String)? {
    var point = Dictionary(
      uniqueKeysWithValues: zip(variableSymbols, variables.map { $0.coordinate(0.5) }))
    var fixed: [Int: Double] = [:]
    for place in first.location + second.location {
      if let other = fixed[place.variable], other != place.value { return nil }
      fixed[place.variable] = place.value
      point[variableSymbols[place.variable]] = place.value
    }
    let place = fixed.sorted { $0.key < $1.key }.map { "\(variables[$0.key].name) = \($0.value)" }
    return (point, place.joined(separator: ", "))
  }
}
