public import Symbolic
internal import Tensors

/// A regular grid over a problem's domain, corners included, or over the part of it where a
/// condition holds.
public struct ValidationGrid: Sendable {
  /// Coordinates, one array for each variable; the last variable varies fastest.
  public let columns: [[Double]]

  /// Number of points along each variable; nil where the points form no grid, because the domain is
  /// no box or they lie on its boundary.
  public let shape: [Int]?

  /// The components of the outward unit normal by name, where a condition holds on a boundary.
  public let normals: [Symbol: [Double]]

  /// The points across the period, where a condition is periodic.
  public let partners: [[Double]]?

  /// Lays a grid.
  ///
  /// - Parameters:
  ///   - problem: The problem whose domain is covered.
  ///   - side: Number of points along each variable; fewer where the grid would exceed a million.
  ///   - condition: Where to stay, nil for the whole domain.
  public init(_ problem: Problem, side: Int, fixing condition: Condition? = nil) {
    let fixed = condition?.location ?? []
    var ranges = problem.variables.map { ($0.lower, $0.upper) }
    for range in condition?.ranges ?? [] { ranges[range.variable] = (range.lower, range.upper) }
    for variable in fixed { ranges[variable.variable] = (variable.value, variable.value) }
    let free = ranges.count { $0 < $1 } - (condition?.boundary == nil ? 0 : 1)
    var side = max(2, side)
    func total(_ side: Int) -> Double { (0..<free).reduce(1.0) { n, _ in n * Double(side) } }
    while side > 2 && total(side) > 1e6 { side -= 1 }
    if let condition, condition.boundary != nil {
      let points = PointScatter(problem: problem, sampler: .grid).points(
        of: condition, count: Int(total(side)), random: RandomStream(seed: 0))
      columns = points.coordinates
      normals = points.normals
      shape = nil
      partners = nil
      return
    }
    normals = [:]
    let shape = ranges.map { $0 < $1 ? side : 1 }
    let points = shape.reduce(1, *)
    var columns = ranges.indices.map { i in
      let stride = shape[(i + 1)...].reduce(1, *)
      let (lower, upper) = ranges[i]
      return (0..<points).map { p in
        guard lower < upper else { return lower }
        return Problem.Variable(name: "", lower: lower, upper: upper).coordinate(
          Double((p / stride) % shape[i]) / Double(shape[i] - 1))
      }
    }
    if problem.domain != nil {
      let inside = (0..<points).filter { p in problem.contains(columns.map { $0[p] }) }
      columns = columns.map { column in inside.map { column[$0] } }
      self.shape = nil
    } else {
      self.shape = shape
    }
    var partners = columns
    for variable in condition?.partner ?? [] {
      partners[variable.variable] = Array(repeating: variable.value, count: columns[0].count)
    }
    self.partners = condition?.partner == nil ? nil : partners
    self.columns = columns
  }

  /// Number of points.
  public var count: Int { columns[0].count }
}
