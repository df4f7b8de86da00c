internal import Tensors

/// What a dictionary leaves of some samples, and which features it used for them.
///
/// Directions are looked for in the first half and judged by the second, since what fits the noise of
/// one half is nothing to the other.
struct ResidualSample {
  /// A feature and its activation.
  typealias Activity = (feature: Int, value: Float)

  /// Where a feature was active.
  struct Uses {
    var rows: [UInt32] = []
    var values: [Float] = []

    /// How many of them lie in the first half.
    var firstHalf = 0
  }

  /// Number of samples, even.
  let rowCount: Int

  /// Distance between rows of residuals, the width padded with zeros.
  let stride: Int

  /// What is left, `[rows, stride]`.
  let residuals: AlignedBuffer<Float>

  /// The samples as they are encoded, `[rows, inputWidth]`.
  var inputs: Matrix<Float>

  /// Where each feature was active.
  private(set) var uses: [Uses]

  /// Samples of either half.
  var half: Int { rowCount / 2 }

  /// Makes room.
  init(rows: Int, layout: ParameterLayout) {
    rowCount = rows
    stride = layout.outputStride
    residuals = AlignedBuffer(count: rows * layout.outputStride, repeating: 0)
    inputs = Matrix(rows: rows, columns: layout.inputWidth)
    uses = Array(repeating: Uses(), count: layout.featureCount)
  }

  /// Takes what the last evaluation left of a batch.
  ///
  /// - Parameters:
  ///   - gradient: What was evaluated.
  ///   - first: The sample that the batch's first row is.
  mutating func take(_ gradient: BatchGradient, at first: Int) {
    let rows = min(gradient.rowCount, rowCount - first)
    gradient.copyResiduals(of: rows, into: residuals.pointer + first * stride)
    gradient.copyInputs(of: rows, into: &inputs, at: first)
    for row in 0..<rows {
      for (feature, value) in gradient.activities(inRow: row) where value != 0 {
        uses[feature].rows.append(UInt32(first + row))
        uses[feature].values.append(value)
        if first + row < half { uses[feature].firstHalf += 1 }
      }
    }
  }

  /// The mean square of a residual's component.
  var variance: Double {
    innerProduct(residuals.pointer, residuals.pointer, count: residuals.count)
      / Double(rowCount * inputs.columns)
  }

  /// A residual.
  func residual(_ row: Int) -> UnsafeMutablePointer<Float> { residuals.pointer + row * stride }

  /// The projections of consecutive residuals on a direction.
  func projections(_ direction: [Float], rows: Range<Int>) -> [Float] {
    var projections = [Float](repeating: 0, count: rows.count)
    Float.gemv(
      transpose: false, m: rows.count, n: stride, alpha: 1, a: residual(rows.lowerBound),
      lda: stride, x: direction, beta: 0, y: &projections)
    return projections
  }

  /// The sum of the first residuals with a weight for each, scaled to length one.
  func direction(_ weights: [Float]) -> [Float] {
    var sum = [Float](repeating: 0, count: stride)
    Float.gemv(
      transpose: true, m: weights.count, n: stride, alpha: 1, a: residuals.pointer, lda: stride,
      x: weights, beta: 0, y: &sum)
    scaleToUnit(&sum, count: stride)
    return sum
  }
}
