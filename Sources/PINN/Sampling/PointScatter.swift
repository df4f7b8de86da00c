internal import Symbolic
internal import Tensors

/// Scatters points over a problem's domain and over the parts of it where conditions hold.
struct PointScatter {
  let problem: Problem
  let sampler: PointSampler

  /// Points of the domain, or of its first times: the share `reach` of the interval of t, or of the
  /// last variable where none is called t.
  func interior(count: Int, random: RandomStream, reach: Double = 1) -> PointSet {
    var ranges = problem.variables.map { ($0.lower, $0.upper) }
    if reach < 1 {
      let time = problem.variables.firstIndex { $0.name == "t" } ?? ranges.count - 1
      ranges[time].1 = problem.variables[time].coordinate(reach)
    }
    return PointSet(coordinates: coordinates(count: count, ranges: ranges, random: random))
  }

  /// Points of the part of the domain where a condition holds.
  func points(of condition: Condition, count: Int, random: RandomStream) -> PointSet {
    var ranges = problem.variables.map { ($0.lower, $0.upper) }
    for range in condition.ranges { ranges[range.variable] = (range.lower, range.upper) }
    for fixed in condition.location { ranges[fixed.variable] = (fixed.value, fixed.value) }
    if let name = condition.boundary {
      return boundary(problem.effectiveDomain, name, count: count, ranges: ranges, random: random)
    }
    var set = PointSet(coordinates: coordinates(count: count, ranges: ranges, random: random))
    if let partner = condition.partner {
      var partners = set.coordinates
      for fixed in partner {
        partners[fixed.variable] = Array(repeating: fixed.value, count: set.count)
      }
      set.partners = partners
    }
    return set
  }

  /// Points of a box that belong to the domain; sides of no width give one coordinate.
  private func coordinates(
    count: Int, ranges: [(lower: Double, upper: Double)], random: RandomStream
  ) -> [[Double]] {
    let free = ranges.indices.filter { ranges[$0].lower < ranges[$0].upper }
    // Where every variable is fixed there is one point, whatever was asked for.
    guard !free.isEmpty else { return ranges.map { [$0.lower] } }
    return collect(count: count, dimension: free.count, random: random) { sample in
      var point = ranges.map(\.lower)
      for (i, s) in zip(free, sample) { point[i] = Self.place(s, ranges[i]) }
      return problem.contains(point) ? point : nil
    }
  }

  /// Points of a domain's boundary, evenly by length or area, with the normals there.
  private func boundary(
    _ domain: Domain, _ name: String, count: Int, ranges: [(lower: Double, upper: Double)],
    random: RandomStream
  ) -> PointSet {
    let patches = domain.patches(of: name)
    let total = patches.reduce(0) { $0 + $1.measure }
    let surface = max(1, domain.variables.count - 1)
    let others = ranges.indices.filter {
      !domain.variables.contains($0) && ranges[$0].lower < ranges[$0].upper
    }
    // Coordinates, then the normal.
    let rows = collect(
      count: count, dimension: surface + others.count, random: random
    ) { sample in
      // The first number chooses the patch by its size; what is left of it is even again.
      var measure = sample[0] * total
      var patch = patches[0]
      for candidate in patches {
        patch = candidate
        if measure < candidate.measure { break }
        measure -= candidate.measure
      }
      let first = min(measure / patch.measure, 1)
      let (place, normal) = patch.place([first] + sample[1..<surface])
      guard let outward = domain.outwardNormal(at: place, normal: normal) else { return nil }
      var point = ranges.map(\.lower)
      for (i, s) in zip(others, sample[surface...]) { point[i] = Self.place(s, ranges[i]) }
      for (i, value) in zip(domain.variables, place) { point[i] = value }
      let isInRange = domain.variables.allSatisfy { i in
        point[i] >= ranges[i].lower && point[i] <= ranges[i].upper
      }
      return isInRange ? point + outward : nil
    }
    let names = domain.variables.map { problem.normalSymbol($0) }
    return PointSet(
      coordinates: Array(rows[..<problem.variables.count]),
      normals: Dictionary(
        uniqueKeysWithValues: zip(names, rows[problem.variables.count...].map { $0 })))
  }

  /// Draws until enough points were accepted.
  ///
  /// - Parameters:
  ///   - count: Number of points wanted.
  ///   - dimension: Numbers of one draw.
  ///   - random: Where the randomness comes from.
  ///   - accept: Turns a draw from the unit cube into a row, or nil to refuse it.
  /// - Returns: One array for each entry of a row; fewer than `count` rows only if next to nothing
  ///   is ever accepted.
  private func collect(
    count: Int, dimension: Int, random: RandomStream, accept: ([Double]) -> [Double]?
  ) -> [[Double]] {
    var rows: [[Double]] = []
    var drawn = count
    // A sequence is drawn anew at greater length rather than continued: then the points that are
    // kept are spread as evenly as the sequence is.
    for attempt in 0..<12 {
      var random = attempt == 0 ? random : random.child(attempt)
      let samples = sampler.points(count: drawn, dimension: dimension, random: &random)
      rows = (0..<drawn).compactMap { accept(Array(samples.row($0))) }
      if rows.count >= count { break }
      let share = max(Double(rows.count) / Double(drawn), 0.01)
      drawn = Int(1.05 * Double(count) / share) + 8
    }
    if sampler == .grid && rows.count > count {
      // A grid is in order: leave out evenly.
      rows = (0..<count).map { rows[$0 * rows.count / count] }
    }
    rows = Array(rows.prefix(count))
    return (0..<(rows.first?.count ?? problem.variables.count)).map { i in rows.map { $0[i] } }
  }

  private static func place(
    _ fraction: Double, _ range: (lower: Double, upper: Double)
  ) -> Double {
    Problem.Variable(name: "", lower: range.lower, upper: range.upper).coordinate(fraction)
  }
}
