import Limbeck

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension BenchmarkProblem {
  /// Values of the variables.
  ///
  /// - Parameters:
  ///   - rows: The number of rows unless grids or trajectories decide it.
  ///   - random: The stream to draw from.
  /// - Returns: One column for each variable.
  /// - Throws: `ProgramError` if a rate of change is absurdly long.
  func columns(
    rows: Int, _ random: inout RandomStream
  ) throws(ProgramError) -> [[Double]] {
    switch measurement {
    case .trajectories(let flow):
      let start = variables.map { $0.draw(flow.count, &random) }
      return try flow.observe(variables.map(\.symbol), from: start)
    case .independent:
      let grids = variables.map(\.grid)
      guard grids.contains(where: { $0 != nil }) else {
        return variables.map { $0.draw(rows, &random) }
      }
      let rows = grids.reduce(1) { $0 * ($1?.count ?? 1) }
      // The last grid varies fastest.
      var repeats = rows
      return zip(variables, grids).map { variable, grid in
        guard let grid else { return variable.draw(rows, &random) }
        repeats /= grid.count
        return (0..<rows).map { grid[$0 / repeats % grid.count] }
      }
    }
  }
}

extension Variable {
  /// The values of the variable's grid; nil if it has none.
  var grid: [Double]? {
    guard case .grid(let step) = sampling else { return nil }
    // A bound that rounding puts just outside belongs to the grid.
    let count = Int(((range.upperBound - range.lowerBound) / step + 1e-9).rounded(.down)) + 1
    return (0..<count).map { range.lowerBound + Double($0) * step }
  }

  /// Random values; those of a grid are drawn from its range.
  func draw(_ count: Int, _ random: inout RandomStream) -> [Double] {
    let (lower, upper) = (range.lowerBound, range.upperBound)
    return (0..<count).map { _ in
      switch sampling {
      case .uniform, .grid: random.uniform(lower, upper)
      case .logarithmic: lower * pow(upper / lower, random.uniform())
      case .integer: lower.rounded(.up) + Double(random.below(Int(upper - lower) + 1))
      }
    }
  }
}
