import Limbeck

extension ProblemStatement {
  /// States a recipe's problem in its own formulas.
  init(_ problem: Problem) {
    self.init(
      variables: problem.variables.map { ($0.name, $0.lower, $0.upper) },
      equations: problem.equations.map(\.description),
      conditions: problem.conditions.map { (Self.place($0, problem), $0.equation.description) },
      parameters: problem.parameters.map { ($0.name, $0.value) })
  }

  /// Where a condition holds: `t = 0`, `0 <= y <= 1, x = 0`.
  private static func place(_ condition: Condition, _ problem: Problem) -> String {
    func name(_ variable: Int) -> String { problem.variables[variable].name }
    var parts = condition.ranges.map {
      "\(NumberFormat.short($0.lower)) ≤ \(name($0.variable)) ≤ \(NumberFormat.short($0.upper))"
    }
    parts += condition.location.map {
      "\(name($0.variable)) = \(NumberFormat.short($0.value))"
    }
    if let boundary = condition.boundary { parts.append("the boundary of \(boundary)") }
    if let partner = condition.partner {
      parts.append(
        "as at "
          + partner.map { "\(name($0.variable)) = \(NumberFormat.short($0.value))" }
          .joined(separator: ", "))
    }
    return parts.joined(separator: ", ")
  }
}
