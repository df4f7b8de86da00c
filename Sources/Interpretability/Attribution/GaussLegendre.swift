#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Gauss and Legendre's rule on [0, 1].
enum GaussLegendre {
  /// Nodes and weights; exact for polynomials of degree `2 count − 1`.
  ///
  /// - Parameter count: Number of nodes, positive.
  /// - Returns: The nodes in ascending order.
  static func nodes(_ count: Int) -> [(place: Double, weight: Double)] {
    (0..<count).map { index in
      // Newton's iteration from Tricomi's estimate of the root.
      var x = -cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<100 {
        var (before, present) = (1.0, x)
        for degree in stride(from: 2, through: count, by: 1) {
          let d = Double(degree)
          (before, present) = (present, ((2 * d - 1) * x * present - (d - 1) * before) / d)
        }
        slope = Double(count) * (x * present - before) / (x * x - 1)
        let step = present / slope
        x -= step
        if abs(step) < 1e-15 { break }
      }
      return ((x + 1) / 2, 1 / ((1 - x * x) * slope * slope))
    }
  }
}
