package import Tensors

/// Training activations with their columns centred, factored once for every target and penalty.
///
/// `A − 1āᵀ = Q R` by Householder reflections over pieces of rows, then `R = U S Vᵀ`. With
/// `z = Uᵀ Qᵀ(y − ȳ)` every least-squares fit of `y` is a scaling of `z`:
///
///     w = V diag(1/s) z            least squares, singular values below a cut-off left out
///     w = V diag(s/(s² + α)) z     ridge, α the penalty
///
/// The Gram matrix `AᵀA` would be cheaper by half, but squares the condition number: layers of trained
/// networks have condition numbers of 1e6 and more, and half of the digits would be lost.
package struct FactoredDesign: Sendable {
  /// Number of rows that were factored.
  package let rows: Int

  /// Mean of each column; shape `[columns]`.
  let means: [Double]

  /// Mean of each target.
  let targetMeans: [Double]

  /// Singular values of the centred activations, largest first.
  package let singularValues: [Double]

  /// `Vᵀ`, shape `[k, columns]`.
  private let rightTransposed: Matrix<Double>

  /// z for each target; shape `[k, targets]`.
  private let rotatedTargets: Matrix<Double>

  /// What no weights explain of each target: a sum of squares.
  private let unexplained: [Double]

  /// Rows are factored in this many streams, whatever the number of threads, so that no result depends
  /// on it.
  private static let streams = 4

  /// Rows that are eliminated at a time: a piece of 512 columns is 2 MB, about a second-level cache.
  private static let pieceRows = 256

  /// Factors the rows that a probe is fitted to.
  ///
  /// - Parameters:
  ///   - activations: Shape `[samples, columns]`.
  ///   - targets: One array of `samples` values for each target; at least one.
  ///   - rows: The rows to fit; at least two.
  ///   - threads: Number of threads.
  /// - Throws: `LinearAlgebraError` if the decomposition does not converge.
  /// - Complexity: O(2 · rows · columns²).
  package init(
    _ activations: Matrix<Double>, targets: [[Double]], rows: [Int], threads: Int
  ) throws(LinearAlgebraError) {
    precondition(!targets.isEmpty && rows.count > 1, "a probe is fitted to rows of a target")
    let columns = activations.columns
    self.rows = rows.count
    let centred = CentredRows(
      activations, targets: targets, rows: rows, streams: Self.streams, threads: threads)
    (means, targetMeans) = (centred.means, centred.targetMeans)
    let factors = parallelMap(count: Self.streams, threads: threads) { stream in
      let first = rows.count * stream / Self.streams
      let end = rows.count * (stream + 1) / Self.streams
      var factor = StreamedQR(columns: columns, targets: targets.count)
      let piece = AlignedBuffer(
        count: (columns + targets.count) * min(Self.pieceRows, max(1, end - first)), repeating: 0.0)
      for start in stride(from: first, to: end, by: Self.pieceRows) {
        let range = start..<min(end, start + Self.pieceRows)
        centred.copy(range, to: piece.pointer)
        factor.add(piece.pointer, rows: range.count)
      }
      return factor
    }
    var factor = factors[0]
    for other in factors.dropFirst() { factor.add(other) }
    let decomposition = try SingularValueDecomposition(factor.upper)
    singularValues = decomposition.values
    rightTransposed = decomposition.rightTransposed
    rotatedTargets = decomposition.left.transposed * factor.rotatedTargets
    unexplained = factor.unexplained
  }

  /// The number of singular values above a cut-off relative to the largest.
  ///
  /// - Parameter cutoff: The relative cut-off.
  /// - Returns: The rank at that precision.
  package func rank(cutoff: Double) -> Int {
    singularValues.count { $0 > cutoff * singularValues[0] && $0 > 0 }
  }

  /// The ratio of the largest singular value to the smallest; infinite for dependent columns.
  var condition: Double {
    guard let last = singularValues.last, last > 0 else { return .infinity }
    return singularValues[0] / last
  }

  /// The sum of squares that a least-squares probe leaves of a target on the rows it was fitted to.
  ///
  /// - Parameters:
  ///   - target: Index of the target.
  ///   - cutoff: Singular values below this part of the largest are left out.
  /// - Returns: `‖y − ȳ − (A − ā) w‖²`.
  func residual(_ target: Int, cutoff: Double) -> Double {
    (rank(cutoff: cutoff)..<singularValues.count).reduce(unexplained[target]) {
      $0 + rotatedTargets[$1, target] * rotatedTargets[$1, target]
    }
  }

  /// The sum of squares that a ridge probe leaves of a target on the rows it was fitted to.
  ///
  /// - Parameters:
  ///   - target: Index of the target.
  ///   - penalty: α, positive.
  /// - Returns: `‖y − ȳ − (A − ā) w‖²`.
  func residual(_ target: Int, penalty: Double) -> Double {
    var total = unexplained[target]
    for (i, s) in singularValues.enumerated() {
      let left = rotatedTargets[i, target] * penalty / (s * s + penalty)
      total += left * left
    }
    return total
  }

  /// How many rows a ridge probe leaves free, `rows − 1 − Σ s²/(s² + α)`.
  ///
  /// Summed as `rows − 1 − k + Σ α/(s² + α)`, which keeps its digits where rows are few.
  ///
  /// - Parameter penalty: α, positive.
  /// - Returns: The degrees of freedom that remain.
  func freedom(penalty: Double) -> Double {
    singularValues.reduce(Double(rows - 1 - singularValues.count)) {
      $0 + penalty / ($1 * $1 + penalty)
    }
  }

  /// The probe whose rotated coefficients are those of the target, scaled.
  ///
  /// - Parameters:
  ///   - target: Index of the target.
  ///   - scale: What each singular value makes of its coefficient.
  /// - Returns: Weights `[columns]` and intercept.
  func weights(_ target: Int, scale: (Double) -> Double) -> (weights: [Double], intercept: Double) {
    var weights = [Double](repeating: 0, count: means.count)
    for (i, s) in singularValues.enumerated() {
      let coefficient = rotatedTargets[i, target] * scale(s)
      guard coefficient != 0 else { continue }
      for j in weights.indices { weights[j] += coefficient * rightTransposed[i, j] }
    }
    let intercept = targetMeans[target] - zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
    return (weights, intercept)
  }

  /// A least-squares problem of a row for each singular value, with the solutions of the whole one.
  ///
  /// - Parameter target: Index of the target.
  /// - Returns: The columns of `S Vᵀ`, and z.
  func reducedProblem(_ target: Int) -> (columns: [[Double]], target: [Double]) {
    let columns = means.indices.map { j in
      singularValues.indices.map { singularValues[$0] * rightTransposed[$0, j] }
    }
    return (columns, singularValues.indices.map { rotatedTargets[$0, target] })
  }
}
