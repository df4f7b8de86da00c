public import Symbolic
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Takes noise off a target before the search: the mean of a `GaussianProcess` in its place.
///
/// Lengths and noise are chosen on at most 400 rows. The mean then uses all rows through
/// m ≤ 800 of them, the regression on a subset (Rasmussen and Williams 2006, section 8.3.1):
///
///     f = K_nm (λ K_mm + K_mn K_nm)⁻¹ K_mn y
///
/// With as many rows as that it is the exact mean `R (R + λ I)⁻¹ y`. A search then looks at f; its equations are fitted to and
/// judged by the target as it was.
public struct TargetSmoother: Sendable {
  /// The target without noise, one value a row.
  public let smoothed: [Double]

  /// The standard deviation of what was taken off, in terms of the target's.
  public let noise: Double

  /// The most rows that choose lengths and noise.
  private static let fitRows = 400

  /// The most rows that the mean is written over.
  private static let basisRows = 800

  /// The share of noise in the variance below which a target has none.
  private static let leastNoise = 1e-6

  /// Smooths a target; nil if it shows no noise, or nothing but noise.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - seed: The seed of the draw of rows.
  public init?(_ table: SearchTable, seed: Int) {
    let n = table.rowCount
    let inputs = table.columns.map(Self.standardised)
    let mean = Statistics.mean(table.target) ?? 0
    let deviation = (Statistics.variance(table.target) ?? 0).squareRoot()
    let target = table.target.map { ($0 - mean) / deviation }
    var random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).child(1)
    let order = random.permutation(n)
    func rows(_ count: Int) -> ([[Double]], [Double]) {
      let chosen = order.prefix(count)
      return (inputs.map { column in chosen.map { column[$0] } }, chosen.map { target[$0] })
    }
    let (fitInputs, fitTarget) = rows(Self.fitRows)
    let process = GaussianProcess(fitting: fitInputs, to: fitTarget)
    guard process.noise > Self.leastNoise,
      let mean = Self.mean(process, inputs, target, basis: rows(Self.basisRows).0)
    else { return nil }
    let residuals = zip(target, mean).map { $0 - $1 }
    noise = Statistics.rootMeanSquare(residuals) ?? 0
    // A mean that explains nothing would leave a constant to search for.
    guard noise < 0.95 else { return nil }
    let offset = Statistics.mean(table.target) ?? 0
    smoothed = mean.map { offset + deviation * $0 }
  }

  private static func mean(
    _ process: GaussianProcess, _ inputs: [[Double]], _ target: [Double], basis: [[Double]]
  ) -> [Double]? {
    let m = basis.first?.count ?? 0
    var normal = process.correlations(basis, basis)
    for i in 0..<m {
      for j in 0..<m { normal[i, j] *= process.noise }
    }
    var right = [Double](repeating: 0, count: m)
    let blocks = stride(from: 0, to: target.count, by: 1000).map { start in
      start..<min(start + 1000, target.count)
    }
    func correlations(_ block: Range<Int>) -> Matrix<Double> {
      process.correlations(inputs.map { Array($0[block]) }, basis)
    }
    for block in blocks {
      let matrix = correlations(block)
      let gram = matrix.gram
      for i in 0..<m { for j in 0..<m { normal[i, j] += gram[i, j] } }
      for (row, index) in block.enumerated() {
        for j in 0..<m { right[j] += matrix[row, j] * target[index] }
      }
    }
    // Rounding leaves the matrix of a smooth kernel with eigenvalues a little below zero.
    let ridge = 1e-10 * (0..<m).reduce(0.0) { $0 + normal[$1, $1] } / Double(max(1, m))
    for i in 0..<m { normal[i, i] += ridge }
    guard let factor = try? Cholesky(normal) else { return nil }
    let weights = factor.solve(right)
    let mean = blocks.flatMap { block in
      let matrix = correlations(block)
      return (0..<matrix.rows).map { row in
        (0..<m).reduce(0.0) { $0 + matrix[row, $1] * weights[$1] }
      }
    }
    return mean.allSatisfy(\.isFinite) ? mean : nil
  }

  private static func standardised(_ column: [Double]) -> [Double] {
    let mean = Statistics.mean(column) ?? 0
    let deviation = (Statistics.variance(column) ?? 0).squareRoot()
    return column.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
  }
}
