public import Tensors

/// A formula with its constants fitted to a whole table in Double, and how certain they are.
///
/// The covariance of the constants under independent errors of equal variance is
/// `σ² (JᵀWJ)⁻¹` with `σ² = Σ w r² / (n − p)`. Residuals of a network are smooth, not independent: then
/// the caller multiplies by the ratio of rows to independent rows.
public struct ConstantFit: Sendable {
  /// The formula with the fitted constants.
  public let expression: Expression

  /// The weighted mean of squared residuals.
  public let loss: Double

  /// `1 − Σ w r² / Σ w (y − ȳ)²`.
  public let rSquared: Double

  /// `(JᵀWJ)⁻¹`, or nil if the constants are not independent.
  ///
  /// Shape `[constants, constants]` in the order of ``Expression/constants``; zero in the rows and
  /// columns of fixed constants.
  public let inverseGram: Matrix<Double>?

  /// `Σ w r² / (n − p)`; nil with no more rows than free constants.
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
    let rows = RowBlock<Double>(table, rows: Array(0..<table.rowCount))
    guard let outcome = ConstantRefiner(rows)(genes, steps: 200) else {
      throw .undefinedFormula(expression.description)
    }
    self.init(outcome, rows: rows, variables: table.variables)
  }

  /// Describes a fit that was made.
  init(_ outcome: ConstantRefiner.Outcome, rows: RowBlock<Double>, variables: [Symbol]) {
    expression = Expression(outcome.genes, variables: variables)
    loss = outcome.squares / Double(rows.count)
    rSquared = 1 - outcome.squares / rows.variation
    let freedom = rows.count - outcome.fitted.count
    residualVariance = freedom > 0 ? outcome.squares / Double(freedom) : nil
    let constants = outcome.genes.indices.filter { outcome.genes[$0].isConstant }
    let positions = outcome.fitted.map { gene in constants.firstIndex(of: gene) ?? 0 }
    inverseGram = Self.inverse(outcome.gram).map { inverse in
      var full = Matrix<Double>(rows: constants.count, columns: constants.count)
      for (i, row) in positions.enumerated() {
        for (j, column) in positions.enumerated() { full[row, column] = inverse[i, j] }
      }
      return full
    }
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
