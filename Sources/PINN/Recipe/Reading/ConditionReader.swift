import Symbolic

/// Reads one condition: `{at: "t = 0", equation: "u - sin(pi*x)"}`.
struct ConditionReader {
  let variables: [Problem.Variable]
  let domain: Domain?
  let formulas: FormulaReader

  /// The highest derivative of each unknown by each variable in the equations,
  /// `[unknowns][variables]`: a period continues all that are lower.
  let orders: [[Int]]

  /// What errors call the condition.
  let place: String

  /// Reads a condition; a periodic one without an equation stands for several.
  func conditions(_ node: RecipeNode) throws(RecipeError) -> [Condition] {
    let section = try RecipeNode(
      node.node, path: node.path, place: place, enclosingLine: node.line
    ).section(["at", "periodic_with", "equation", "weight"])
    let at = try section.required("at")
    let location = try LocationReader(variables: variables, domain: domain, place: place)
      .location(at)
    let weight = try section["weight"]?.positiveNumber() ?? 1
    guard let period = section["periodic_with"] else {
      let equation = try formulas.residual(
        section.required("equation"), place, normal: normal(location))
      return [
        Condition(
          location: location.fixed, ranges: location.ranges, boundary: location.boundary,
          equation: equation, weight: weight)
      ]
    }
    let partner = try partner(period, of: location, at: try at.text())
    var quantities = [
      try section["equation"].map { (node) throws(RecipeError) in
        try formulas.residual(node, place)
      }
    ].compactMap { $0 }
    if quantities.isEmpty { quantities = continued(location.fixed.map(\.variable)) }
    return quantities.map {
      Condition(
        location: location.fixed, ranges: location.ranges, partner: partner, equation: $0,
        weight: weight)
    }
  }

  /// The other side of a period, with the variables in the location's order.
  private func partner(
    _ node: RecipeNode, of location: Location, at text: String
  ) throws(RecipeError) -> [Condition.FixedVariable] {
    let there = try LocationReader(variables: variables, domain: domain, place: place)
      .location(node)
    let ordered = location.fixed.compactMap { fixed in
      there.fixed.first { $0.variable == fixed.variable }
    }
    guard location.boundary == nil, there.boundary == nil, there.ranges.isEmpty,
      !ordered.isEmpty, ordered.count == location.fixed.count, ordered.count == there.fixed.count,
      ordered != location.fixed
    else {
      throw node.error(.invalidPeriod(place: place, found: try node.text(), location: text))
    }
    return ordered
  }

  /// The unknowns and those of their derivatives that a period continues.
  private func continued(_ fixed: [Int]) -> [Expression] {
    formulas.names.unknowns.enumerated().flatMap { index, unknown in
      fixed.flatMap { variable in
        (0..<max(1, orders[index][variable])).map { order in
          let suffix = String(repeating: variables[variable].name, count: order)
          return Expression(Symbol(order == 0 ? unknown : "\(unknown)_\(suffix)"))
        }
      }
    }
  }

  /// The outward normal at a location by variable: names on a boundary that may bend, numbers on a
  /// face of the box, nothing inside.
  private func normal(_ location: Location) -> [(variable: Int, component: Expression)] {
    if location.boundary != nil {
      return (domain?.variables ?? Array(variables.indices)).map {
        ($0, Expression(Symbol("n_\(variables[$0].name)")))
      }
    }
    guard location.fixed.count == 1, let face = location.fixed.first else { return [] }
    let variable = variables[face.variable]
    guard [variable.lower, variable.upper].contains(face.value) else { return [] }
    return [(face.variable, face.value == variable.lower ? -1 : 1)]
  }
}
