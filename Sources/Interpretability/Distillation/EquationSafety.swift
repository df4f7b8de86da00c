public import Symbolic

/// Whether an equation can be trusted between the points it was fitted to, and beside them.
public struct EquationSafety: Sendable, Equatable {
  /// Whether it is finite everywhere on the data's box.
  public let domain: DomainSafety

  /// The largest magnitude on a box twice as wide, over the largest on the box; nil where it is
  /// undefined there.
  public let growth: Double?

  /// Whether a pole or the end of a function's domain lies between the data.
  public var isUnsafe: Bool {
    if case .unsafe = domain { true } else { false }
  }

  /// Inspects an equation.
  ///
  /// - Parameters:
  ///   - formula: The equation over the table's variables alone.
  ///   - table: The data.
  init(of formula: Expression, over table: SearchTable) {
    let bounds = table.columns.map { column in
      (lower: column.min() ?? 0, upper: column.max() ?? 0)
    }
    var box: [Symbol: Interval] = [:]
    for (name, bound) in zip(table.variables, bounds) {
      box[name] = Interval(bound.lower, bound.upper)
    }
    domain = formula.domainSafety(over: box)
    growth = Self.growth(formula, table.variables, bounds)
  }

  private static func growth(
    _ formula: Expression, _ variables: [Symbol], _ bounds: [(lower: Double, upper: Double)]
  ) -> Double? {
    guard let program = try? Program(formula, inputs: variables) else { return nil }
    func largest(stretch: Double) -> Double? {
      // Corners, edges and inside: a lattice of up to a few thousand points.
      let side = variables.count > 4 ? 3 : [201, 41, 15, 7][variables.count - 1]
      let count = variables.reduce(1) { n, _ in min(n * side, 100_000) }
      let columns = bounds.enumerated().map { i, bound in
        let stride = (0..<i).reduce(1) { n, _ in min(n * side, 100_000) }
        return (0..<count).map { p in
          let fraction = Double((p / stride) % side) / Double(side - 1)
          let middle = 0.5 * (bound.lower + bound.upper)
          return middle + stretch * (fraction - 0.5) * (bound.upper - bound.lower)
        }
      }
      let values = program.evaluate(columns)
      return values.allSatisfy(\.isFinite) ? values.map(abs).max() : nil
    }
    guard let inside = largest(stretch: 1), let outside = largest(stretch: 2), inside > 0 else {
      return nil
    }
    return outside / inside
  }
}
