internal import CGSL

/// How points are scattered over a box.
public enum PointSampler: String, Sendable, Codable, CaseIterable {
  /// Independent uniform points.
  case uniform

  /// Cell centres of the most nearly cubic regular grid that has at least as many cells; the
  /// surplus is dropped evenly.
  case grid

  /// Sobol's sequence with a seeded shift modulo 1 (Cranley & Patterson (1976),
  /// [doi:10.1137/0713071](https://doi.org/10.1137/0713071)); up to 40 dimensions.
  case sobol

  /// Halton's sequence with a seeded shift modulo 1; up to 1229 dimensions.
  case halton

  /// A Latin hypercube: each of `count` slices of each axis holds exactly one point. McKay, Beckman
  /// & Conover (1979), [doi:10.2307/1268522](https://doi.org/10.2307/1268522).
  case latin

  /// Scatters points over the unit cube.
  ///
  /// - Parameters:
  ///   - count: Number of points.
  ///   - dimension: Number of coordinates; 1 to 40.
  ///   - random: Where the randomness comes from.
  /// - Returns: Shape `[count, dimension]`, every coordinate in [0, 1).
  public func points(
    count: Int, dimension: Int, random: inout RandomStream
  ) -> Matrix<Double> {
    precondition(count >= 0 && dimension >= 1 && dimension <= 40, "1 to 40 dimensions")
    var result = Matrix<Double>(rows: count, columns: dimension)
    guard count > 0 else { return result }
    result.withUnsafeMutablePointer { p in
      switch self {
      case .uniform:
        for i in 0..<count * dimension { p[i] = random.uniform() }
      case .grid:
        Self.fillGrid(p, count: count, dimension: dimension)
      case .sobol:
        Self.fillSequence(
          limbeck_gsl_sobol(), p, count: count, dimension: dimension, random: &random)
      case .halton:
        Self.fillSequence(
          limbeck_gsl_halton(), p, count: count, dimension: dimension, random: &random)
      case .latin:
        for j in 0..<dimension {
          for (i, slice) in random.permutation(count).enumerated() {
            p[i * dimension + j] = (Double(slice) + random.uniform()) / Double(count)
          }
        }
      }
    }
    return result
  }

  private static func fillGrid(_ p: UnsafeMutablePointer<Double>, count: Int, dimension: Int) {
    var side = 1
    func power(_ base: Int) -> Double {
      (0..<dimension).reduce(1.0) { total, _ in total * Double(base) }
    }
    while power(side) < Double(count) { side += 1 }
    let cells = Int(power(side))
    for i in 0..<count {
      var cell = Int((Double(i) * Double(cells) / Double(count)).rounded(.down))
      for j in 0..<dimension {
        p[i * dimension + j] = (Double(cell % side) + 0.5) / Double(side)
        cell /= side
      }
    }
  }

  private static func fillSequence(
    _ kind: UnsafePointer<gsl_qrng_type>?, _ p: UnsafeMutablePointer<Double>, count: Int,
    dimension: Int, random: inout RandomStream
  ) {
    guard let generator = gsl_qrng_alloc(kind, UInt32(dimension)) else {
      preconditionFailure("GSL has no sequence of \(dimension) dimensions")
    }
    defer { gsl_qrng_free(generator) }
    let shift = (0..<dimension).map { _ in random.uniform() }
    for i in 0..<count {
      gsl_qrng_get(generator, p + i * dimension)
      for j in 0..<dimension {
        let moved = p[i * dimension + j] + shift[j]
        p[i * dimension + j] = moved < 1 ? moved : moved - 1
      }
    }
  }
}
