/// A regular grid over a problem's domain, corners included, or over one of its faces.
public struct ValidationGrid: Sendable {
  /// Coordinates, one array for each variable; the last variable varies fastest.
  public let columns: [[Double]]

  /// Number of points along each variable.
  public let shape: [Int]

  /// Lays a grid.
  ///
  /// - Parameters:
  ///   - problem: The problem whose domain is covered.
  ///   - side: Number of points along each variable; fewer where the grid would exceed a million.
  ///   - condition: The face to stay on, nil for the whole domain.
  public init(_ problem: Problem, side: Int, fixing condition: Condition? = nil) {
    let count = problem.variables.count
    let fixed = Dictionary(
      uniqueKeysWithValues: (condition?.location ?? []).map { ($0.variable, $0.value) })
    let free = count - fixed.count
    var side = max(2, side)
    func total(_ side: Int) -> Double { (0..<free).reduce(1.0) { n, _ in n * Double(side) } }
    while side > 2 && total(side) > 1e6 { side -= 1 }
    let shape = (0..<count).map { fixed[$0] == nil ? side : 1 }
    self.shape = shape
    let points = shape.reduce(1, *)
    columns = (0..<count).map { i in
      let stride = shape[(i + 1)...].reduce(1, *)
      return (0..<points).map { p in
        fixed[i]
          ?? problem.variables[i].coordinate(
            Double((p / stride) % shape[i]) / Double(shape[i] - 1))
      }
    }
  }

  /// Number of points.
  public var count: Int { shape.reduce(1, *) }
}
