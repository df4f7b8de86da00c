public import Tensors

/// A formula with its constants fitted to a whole table in Double, and how certain they are.
///
/// The covariance of the constants under independent errors of equal variance is
/// `σ² (JᵀWJ)⁻¹` with `σ² = Σ w r² / (n − p)`. Residuals of a network are smooth, not independent: then
/// the caller multiplies by the ratio of rows to independent rows. Fits by the table's loss, where that
/// is none of squares, have the covariance of `LossStatistics`.
public struct ConstantFit: Sendable {
  /// The formula with the fitted constants.
  public let expression: Expression

  /// The weighted mean of squared residuals, or of the table's loss.
  public let loss: Double

  /// The part of ``loss`` that errors of the data explain; outliers take the rest.
  ///
  /// When the loss rises by so much, χ² rises by the number of rows. All of the loss for squares.
  public let noise: Double

  /// What a mean squared error of the prediction adds to the loss; 1 for squares.
  let curvature: Double

  /// The loss that the rounding of a fit leaves.
  let roundingLoss: Double

  /// `1 − Σ w r² / Σ w (y − ȳ)²`, whatever the loss.
  public let rSquared: Double

  /// `(JᵀWJ)⁻¹`, or nil if the constants are not independent.
  ///
  /// Shape `[constants, constants]` in the order of ``Expression/constants``; zero in the rows and
  /// columns of fixed constants.
  public let inverseGram: Matrix<Double>?

  /// `Σ w r² / (n − p)`, or the variance of errors that would leave least squares as uncertain as the
  /// loss; nil with no more rows than free constants.
  public let residualVariance: Double?

  /// The standard error of each constant, zero for fixed ones; nil where it is not defined.
  public var standardErrors: [Double]? {
    guard let inverseGram, let residualVariance else { return nil }
    return (0..<inverseGram.rows).map { (inverseGram[$0, $0] * residualVariance).squareRoot() }
  }

  /// Fits the constants of a formula.
  ///
  /// - Parameters:
  ///   - expression: The formula; its constants are the start, fixed ones stay.
  ///   - table: What it should compute.
  /// - Throws: ``SearchError/unknownVariable(name:columns:)`` for a name that is no column, and
  ///   ``SearchError/undefinedFormula(_:)`` if the formula is not finite on every row.
  public init(refining expression: Expression, to table: SearchTable) throws(SearchError) {
    guard let genes = expression.genes(variables: table.variables) else {
      let names = expression.symbols.filter { !table.variables.contains($0) }
      throw .unknownVariable(
        name: names.first?.name ?? "", columns: table.variables.map(\.name))
    }
    let isRelative = table.loss == .relative
    let rows = RowBlock<Double>(
      isRelative ? table.weightedByTarget : table, rows: Array(0..<table.rowCount)
    ).measured(by: table.loss)
    let refiner = ConstantRefiner(rows)
    guard let outcome = refiner(genes, steps: 200) else {
      throw .undefinedFormula(expression.description)
    }
    self.init(
      outcome, rows: rows, variables: table.variables,
      statistics: LossStatistics(refiner, outcome),
      lossScale: isRelative ? table.weightedByTarget.meanInverseSquare : 1,
      rSquared: table.loss == .l2
        ? 1 - outcome.squares / rows.variation
        : Self.rSquared(refiner.values(of: outcome.genes), table))
  }

  /// Describes a fit that was made.
  private init(
    _ outcome: ConstantRefiner.Outcome, rows: RowBlock<Double>, variables: [Symbol],
    statistics: LossStatistics?, lossScale: Double, rSquared: Double
  ) {
    expression = Expression(outcome.genes, variables: variables)
    loss = lossScale * outcome.squares / Double(rows.count)
    self.rSquared = rSquared
    noise = statistics?.noise ?? loss
    curvature = statistics?.curvature ?? lossScale
    roundingLoss = 16 * lossScale * rows.resolution
    let freedom = rows.count - outcome.fitted.count
    let variance = statistics.map { $0.errorVariance * Double(rows.count) } ?? outcome.squares
    residualVariance = freedom > 0 ? variance / Double(freedom) : nil
    let inverse = statistics.map(\.inverseGram) ?? Self.inverse(outcome.gram)
    let constants = outcome.genes.indices.filter { outcome.genes[$0].isConstant }
    let positions = outcome.fitted.map { gene in constants.firstIndex(of: gene) ?? 0 }
    inverseGram = inverse.map { inverse in
      var full = Matrix<Double>(rows: constants.count, columns: constants.count)
      for (i, row) in positions.enumerated() {
        for (j, column) in positions.enumerated() { full[row, column] = inverse[i, j] }
      }
      return full
    }
  }

  private static func rSquared(_ predictions: [Double], _ table: SearchTable) -> Double {
    let weights = table.weights ?? table.target.map { _ in 1 }
    let total = weights.reduce(0, +)
    let mean = zip(weights, table.target).reduce(0) { $0 + $1.0 * $1.1 } / total
    var (residual, variation) = (0.0, 0.0)
    for row in table.target.indices {
      let (error, deviation) = (predictions[row] - table.target[row], table.target[row] - mean)
      residual += weights[row] * error * error
      variation += weights[row] * deviation * deviation
    }
    return 1 - residual / variation
  }

  // Scaled to a unit diagonal first: constants differ by orders of magnitude.
  static func inverse(_ gram: Matrix<Double>) -> Matrix<Double>? {
    let n = gram.rows
    let scale = (0..<n).map { gram[$0, $0].squareRoot() }
    guard scale.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var scaled = gram
    for i in 0..<n { for j in 0..<n { scaled[i, j] /= scale[i] * scale[j] } }
    guard let factor = try? Cholesky(scaled) else { return nil }
    var inverse = factor.inverse
    for i in 0..<n { for j in 0..<n { inverse[i, j] /= scale[i] * scale[j] } }
    return inverse
  }
}
